import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import type { Icon } from './icon.ts'
import { Heading } from './card.tsx'

export interface BannerProps {
  kind: 'info' | 'warning' | 'error'
  /** what happened */
  title: ReactNode
  /** what it means, and whether anything was lost */
  means?: ReactNode
  /** what to do */
  todo?: ReactNode
  action?: ReactNode
  className?: string | undefined
}

const kinds = {
  info: { icon: Info, look: 'border-s-hold-dot', mark: 'text-hold' },
  warning: { icon: TriangleAlert, look: 'border-s-ring-dot', mark: 'text-ring' },
  error: { icon: CircleAlert, look: 'border-s-missed-dot', mark: 'text-missed' },
} as const

export function Banner({ kind, title, means, todo, action, className }: BannerProps) {
  const { icon: IconPart, look, mark } = kinds[kind]
  return (
    <div
      role={kind === 'error' ? 'alert' : 'status'}
      className={cx(
        'flex flex-wrap items-center gap-x-3 gap-y-2 rounded-card border border-s-4 border-line bg-surface px-3.5 py-2.5',
        look,
        className,
      )}
    >
      <IconPart className={cx('size-4.5 shrink-0 self-start', mark)} aria-hidden />
      <div className="min-w-48 flex-1">
        <p className="font-semibold">{title}</p>
        {means !== undefined && <p className="text-compact text-ink-2">{means}</p>}
        {todo !== undefined && <p className="text-compact text-ink-2">{todo}</p>}
      </div>
      {action}
    </div>
  )
}

export interface EmptyStateProps {
  icon: Icon
  title: string
  children?: ReactNode
  /** the button that does what the text proposes */
  action?: ReactNode
  level?: 2 | 3 | 4 | undefined
}

export function EmptyState({ icon: IconPart, title, children, action, level = 3 }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-100 flex-col items-center gap-2 px-6 py-10 text-center">
      <span className="mb-1 grid size-12 place-items-center rounded-full bg-off-weak text-off">
        <IconPart className="size-6" strokeWidth={1.7} aria-hidden />
      </span>
      <Heading level={level}>{title}</Heading>
      {children !== undefined && <p className="text-ink-2">{children}</p>}
      {action !== undefined && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}
