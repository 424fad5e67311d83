import { Phone } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components'
import { cx } from './cx.ts'

/** A phone number that calls when pressed: a real button with the number as its name. */
export function NumberButton(props: {
  /** as people write it */
  children: string
  onPress: () => void
  /** beside the number, for screen readers: what pressing does */
  hint?: string | undefined
  isStrong?: boolean | undefined
}) {
  const { children, onPress, hint, isStrong } = props
  return (
    <AriaButton
      onPress={onPress}
      className={cx(
        'group relative -mx-1 -my-0.5 inline-flex min-h-6 cursor-default items-center gap-1.5 rounded-key px-1 whitespace-nowrap tabular-nums',
        'text-ink underline decoration-line-strong decoration-dotted underline-offset-3 data-hovered:bg-hover data-hovered:text-accent',
        isStrong && 'font-semibold',
      )}
    >
      {children}
      {hint !== undefined && <span className="sr-only">, {hint}</span>}
      <Phone
        className="size-3.5 shrink-0 opacity-0 group-data-focus-visible:opacity-100 group-data-hovered:opacity-100"
        strokeWidth={1.9}
        aria-hidden
      />
    </AriaButton>
  )
}
