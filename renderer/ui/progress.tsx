import { Meter as AriaMeter, Label, ProgressBar } from 'react-aria-components'
import { cx } from './cx.ts'
import { toneMark, type StateTone } from './tone.ts'

export interface ProgressProps {
  label: string
  hideLabel?: boolean | undefined
  /** 0 to 1; null while nobody knows how much there is */
  value: number | null
  /** beside the label: "3.100 di 18.204" */
  text?: string | undefined
}

export function Progress({ label, hideLabel, value, text }: ProgressProps) {
  return (
    <ProgressBar
      value={value ?? 0}
      maxValue={1}
      isIndeterminate={value === null}
      valueLabel={text}
      className="flex flex-col gap-1"
    >
      <span className="flex justify-between gap-3 text-compact">
        <Label className={hideLabel ? 'sr-only' : 'text-ink-2'}>{label}</Label>
        {text !== undefined && <span className="text-ink-2">{text}</span>}
      </span>
      <span className="keep-colours block h-1.5 overflow-hidden rounded-full bg-(--off-weak)">
        <span
          className={cx(
            'block h-full rounded-full bg-accent',
            value === null ? 'slide-indeterminate w-1/3' : 'transition-[width]',
          )}
          style={value === null ? undefined : { width: `${Math.min(1, value) * 100}%` }}
        />
      </span>
    </ProgressBar>
  )
}

export interface MeterProps {
  label: string
  hideLabel?: boolean | undefined
  value: number
  max: number
  /** where the limit is drawn, in the same unit */
  limit?: number | undefined
  text: string
  /** the text is only read aloud: where it changes too fast to be read */
  hideText?: boolean | undefined
  tone: StateTone
}

/** A share of something, with a mark at its limit: abandoned calls, records worked. */
export function Meter({ label, hideLabel, value, max, limit, text, hideText, tone }: MeterProps) {
  return (
    <AriaMeter value={value} maxValue={max} valueLabel={text} className="flex flex-col gap-1">
      <span className="flex justify-between gap-3 text-compact">
        <Label className={hideLabel ? 'sr-only' : 'text-ink-2'}>{label}</Label>
        {!hideText && <span className="font-semibold">{text}</span>}
      </span>
      <span className="keep-colours relative block h-2 rounded-full bg-(--off-weak)">
        <span
          className={cx('block h-full rounded-full', toneMark[tone])}
          style={{ width: `${Math.min(1, value / max) * 100}%` }}
        />
        {limit !== undefined && (
          <span
            className="absolute -inset-y-1 w-0.5 bg-(--text)"
            style={{ insetInlineStart: `${Math.min(1, limit / max) * 100}%` }}
          />
        )}
      </span>
    </AriaMeter>
  )
}

/** Where text will be. Appears only when it takes longer than 300 ms. */
export function Skeleton({ lines = 3, label }: { lines?: number | undefined; label: string }) {
  return (
    <output aria-label={label} className="appear-late flex flex-col gap-2.5 py-1">
      {Array.from({ length: lines }, (_, line) => (
        <span
          key={line}
          className={cx(
            'h-3 rounded-key bg-(--off-weak)',
            line === lines - 1 && lines > 1 ? 'w-3/5' : 'w-full',
          )}
        />
      ))}
    </output>
  )
}
