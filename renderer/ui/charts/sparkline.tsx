import { cx } from '../cx.ts'
import { toneText, type StateTone } from '../tone.ts'

/** Points of a polyline in a box of 100 by 24, as the text of its attribute. A flat line runs in the middle. */
export function sparkPoints(values: readonly number[]): string {
  const low = Math.min(...values)
  const span = Math.max(...values) - low
  const step = values.length > 1 ? 100 / (values.length - 1) : 0
  return values
    .map(
      (value, index) =>
        `${(index * step).toFixed(1)},${(span === 0 ? 12 : 22 - ((value - low) / span) * 20).toFixed(1)}`,
    )
    .join(' ')
}

export interface SparklineProps {
  values: readonly number[]
  /** what the line says, in words: "Esito positivo, ultime 8 ore, da 9 a 11 %" */
  label: string
  tone?: StateTone | undefined
  className?: string | undefined
}

/** A line as small as a word; the figure itself stands beside it as text. */
export function Sparkline({ values, label, tone = 'off', className }: SparklineProps) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox="0 0 100 24"
      preserveAspectRatio="none"
      className={cx('h-6 w-25', toneText[tone], className)}
    >
      {values.length > 0 && (
        <polyline
          points={sparkPoints(values)}
          fill="none"
          stroke="currentColor"
          strokeWidth={2}
          strokeLinejoin="round"
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  )
}
