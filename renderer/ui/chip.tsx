import { ChevronDown } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { cx } from './cx.ts'
import type { Icon } from './icon.ts'
import { Spinner } from './spinner.tsx'
import { toneIcon, toneMark, toneSurface, type StateTone } from './tone.ts'

export interface StateChipProps {
  tone: StateTone
  /** the state's word */
  children: ReactNode
  /** beside the word: a Timer, usually */
  detail?: ReactNode
  icon?: Icon | undefined
  size?: 'small' | 'medium' | undefined
  /** asked for, not yet confirmed by its owner: outlined */
  isPending?: boolean | undefined
  /** ring only: no pulsing outline, nobody waits yet */
  isCalm?: boolean | undefined
}

const chip = 'inline-flex items-center rounded-full font-semibold whitespace-nowrap'
const chipSizes = {
  small: 'min-h-6 gap-1.5 px-2 text-compact',
  medium: 'min-h-7 gap-1.75 px-2.5 text-base',
} as const

function Content({ tone, children, detail, icon, isPending }: StateChipProps) {
  const IconPart = icon ?? toneIcon[tone]
  return (
    <>
      {isPending ? <Spinner /> : <IconPart className="size-4.5 shrink-0" strokeWidth={1.9} aria-hidden />}
      <span>{children}</span>
      {detail !== undefined && <span className="font-medium">{detail}</span>}
    </>
  )
}

const look = ({ tone, size = 'medium', isPending, isCalm }: StateChipProps) =>
  cx(
    chip,
    chipSizes[size],
    isPending ? 'border border-dashed border-control bg-transparent text-ink-2' : toneSurface[tone],
    tone === 'ring' && !isPending && !isCalm && 'breathe outline-2 outline-offset-1 outline-ring-dot',
  )

/** Word, shape and hue of a state together. */
export function StateChip(props: StateChipProps) {
  return (
    <span className={look(props)}>
      <Content {...props} />
    </span>
  )
}

/** The same chip as the trigger of a Menu. `label` says what it opens, the state is read after it. */
export function StateChipButton(props: StateChipProps & { label: string; ref?: Ref<HTMLButtonElement> }) {
  const { label, ref, ...chipProps } = props
  return (
    <AriaButton
      ref={ref ?? null}
      className={cx(look(chipProps), 'cursor-default data-hovered:brightness-97')}
    >
      <span className="sr-only">{label}: </span>
      <Content {...chipProps} />
      <ChevronDown className="size-4 shrink-0" aria-hidden />
    </AriaButton>
  )
}

/** A small fact beside a name. `tone` off is neutral; positive facts use ready, negative ones missed. */
export function Tag({
  tone = 'off',
  icon: IconPart,
  children,
}: {
  tone?: StateTone | undefined
  icon?: Icon | undefined
  children: ReactNode
}) {
  return (
    <span
      className={cx(
        'inline-flex min-h-5 items-center gap-1 rounded-full px-1.75 text-small whitespace-nowrap',
        toneSurface[tone],
      )}
    >
      {IconPart && <IconPart className="size-3.5 shrink-0" strokeWidth={2.2} aria-hidden />}
      {children}
    </span>
  )
}

export type MarkShape = 'circle' | 'diamond' | 'square' | 'triangle'

const shapes: Readonly<Record<MarkShape, string>> = {
  circle: 'rounded-full',
  diamond: 'rotate-45 rounded-[1px]',
  square: 'rounded-[2px]',
  triangle: '[clip-path:polygon(50%_0,100%_100%,0_100%)]',
}

/** A coloured mark with its own shape, before a word (outcomes: positive, callback, negative, never again). */
export function Mark({ tone, shape }: { tone: StateTone; shape: MarkShape }) {
  return (
    <span
      aria-hidden
      className={cx('keep-colours inline-block size-2.25 shrink-0', toneMark[tone], shapes[shape])}
    />
  )
}
