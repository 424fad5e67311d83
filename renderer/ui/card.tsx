import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import type { Icon } from './icon.ts'
import { toneEdge, type StateTone } from './tone.ts'

export interface CardProps {
  children: ReactNode
  /** with it the card is a landmark region */
  label?: string | undefined
  /** a coloured edge at the start: something to look at */
  edge?: StateTone | undefined
  className?: string | undefined
}

export function Card({ children, label, edge, className }: CardProps) {
  const look = cx(
    'min-w-0 rounded-card border border-line bg-surface',
    edge && cx('border-s-4', toneEdge[edge]),
    className,
  )
  return label === undefined ? (
    <div className={look}>{children}</div>
  ) : (
    <section aria-label={label} className={look}>
      {children}
    </section>
  )
}

export interface HeadingProps {
  children: ReactNode
  /** 2 for a panel, 3 for a part of it */
  level?: 1 | 2 | 3 | 4 | undefined
  /** title 16, name 20 px; label: the small grey heading of a panel */
  look?: 'name' | 'title' | 'label' | undefined
  className?: string | undefined
}

const headings = {
  name: 'text-name font-semibold',
  title: 'text-title font-semibold',
  label: 'text-small font-semibold text-ink-2',
} as const

export function Heading({ children, level = 2, look = 'title', className }: HeadingProps) {
  const Element = `h${level}` as const
  return <Element className={cx(headings[look], className)}>{children}</Element>
}

/** A part of a card with a hairline under it. */
export function CardSection({
  title,
  children,
  className,
}: {
  title?: string | undefined
  children: ReactNode
  className?: string | undefined
}) {
  return (
    <div className={cx('border-b border-line px-3.5 py-3 last:border-b-0', className)}>
      {title !== undefined && (
        <Heading level={3} look="label" className="mb-1">
          {title}
        </Heading>
      )}
      {children}
    </div>
  )
}

/** The top line of a card: title, facts beside it, actions at the end. */
export function CardHead({
  title,
  children,
  actions,
  level = 2,
}: {
  title: string
  children?: ReactNode
  actions?: ReactNode
  level?: 1 | 2 | 3
}) {
  return (
    <div className="flex flex-wrap items-center gap-2.5 border-b border-line px-3.5 py-2.5">
      <Heading level={level}>{title}</Heading>
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2 text-ink-2">{children}</div>
      {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  )
}

export interface KeyValue {
  key: string
  value: ReactNode
  isStrong?: boolean | undefined
}

export function KeyValueList({
  items,
  size = 'compact',
}: {
  items: readonly KeyValue[]
  size?: 'compact' | 'base' | undefined
}) {
  return (
    <dl
      className={cx(
        'grid grid-cols-[minmax(5.75rem,max-content)_1fr] gap-x-2',
        size === 'compact' ? 'gap-y-0.75 text-compact' : 'gap-y-2 text-base',
      )}
    >
      {items.map((item) => (
        <div key={item.key} className="contents">
          <dt className="text-ink-3">{item.key}</dt>
          <dd className={cx('min-w-0 break-words', item.isStrong && 'font-semibold')}>{item.value}</dd>
        </div>
      ))}
    </dl>
  )
}

export interface TimelineItem {
  id: string
  icon: Icon
  title: ReactNode
  detail?: ReactNode
  /** as text: "ieri 18:05" */
  when: string
  /** ISO, for machines */
  dateTime?: string | undefined
  /** what belongs to it, over the whole width */
  below?: ReactNode
}

export function Timeline({ items, label }: { items: readonly TimelineItem[]; label: string }) {
  return (
    <ol aria-label={label} className="text-compact">
      {items.map((item) => (
        <li key={item.id} className="grid grid-cols-[1.25rem_1fr_auto] items-start gap-1.5 py-1.25">
          <item.icon className="mt-0.75 size-4.5 text-ink-3" strokeWidth={1.9} aria-hidden />
          <span className="min-w-0">
            {item.title}
            {item.detail !== undefined && <span className="block text-small text-ink-3">{item.detail}</span>}
          </span>
          <time className="text-ink-3 tabular-nums" dateTime={item.dateTime}>
            {item.when}
          </time>
          {item.below !== undefined && <div className="col-span-full">{item.below}</div>}
        </li>
      ))}
    </ol>
  )
}

/** A figure with its unit below, as on the supervisor's board. */
export function Figure({
  value,
  label,
  tone,
  isWall = false,
}: {
  value: ReactNode
  label: string
  tone?: string | undefined
  isWall?: boolean | undefined
}) {
  return (
    <div className="flex flex-col-reverse justify-end px-3.5 py-2.5">
      <span className={isWall ? 'text-name text-ink-2' : 'text-small text-ink-3'}>{label}</span>
      <span className={cx('font-semibold tabular-nums', isWall ? 'text-wall' : 'text-timer', tone)}>
        {value}
      </span>
    </div>
  )
}
