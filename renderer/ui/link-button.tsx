import { cx } from './cx.ts'
import type { Icon } from './icon.ts'

/** A link that looks like a Button: for what has an address of its own, such as a file to download. */
export function LinkButton({
  href,
  download,
  icon: IconPart,
  size = 'medium',
  children,
}: {
  href: string
  download?: boolean | string | undefined
  icon?: Icon | undefined
  size?: 'small' | 'medium' | undefined
  children: string
}) {
  return (
    <a
      href={href}
      download={download}
      className={cx(
        'inline-flex items-center justify-center rounded-field border border-line-strong bg-surface font-medium whitespace-nowrap text-ink transition-colors hover:bg-hover',
        size === 'small' ? 'min-h-7 gap-1.5 px-2.5 text-compact' : 'min-h-8 gap-2 px-3 text-base',
      )}
    >
      {IconPart && <IconPart className="size-4.5 shrink-0" strokeWidth={1.9} aria-hidden />}
      {children}
    </a>
  )
}
