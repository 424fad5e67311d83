import { cx } from '../cx.ts'
import { toneMark, type StateTone } from '../tone.ts'
import { useWords } from '../words.tsx'
import { ChartFrame } from './chart-frame.tsx'

export interface Bar {
  id: string
  label: string
  value: number
  tone?: StateTone | undefined
}

export interface BarListProps {
  title: string
  bars: readonly Bar[]
  /** how a value reads beside its bar */
  format: (value: number) => string
  /** the value of a full bar; the largest one without it */
  max?: number | undefined
}

/** Horizontal bars with their names and figures written on them. */
export function BarList({ title, bars, format, max }: BarListProps) {
  const words = useWords()
  const full = max ?? Math.max(1, ...bars.map((bar) => bar.value))
  return (
    <ChartFrame
      title={title}
      format={format}
      table={{ header: [words.series, words.value], rows: bars.map((bar) => [bar.label, bar.value]) }}
    >
      <ul className="mt-1 flex flex-col gap-1.5 text-compact">
        {bars.map((bar) => (
          <li key={bar.id} className="grid grid-cols-[minmax(6rem,30%)_1fr_auto] items-center gap-2">
            <span className="truncate text-ink-2" title={bar.label}>
              {bar.label}
            </span>
            <span className="keep-colours block h-2.5 rounded-full bg-(--off-weak)">
              <span
                className={cx('block h-full min-w-0.5 rounded-full', toneMark[bar.tone ?? 'talk'])}
                style={{ width: `${(Math.max(0, bar.value) / full) * 100}%` }}
              />
            </span>
            <span className="min-w-10 text-end font-semibold">{format(bar.value)}</span>
          </li>
        ))}
      </ul>
    </ChartFrame>
  )
}
