import { lazy, Suspense, useRef } from 'react'
import type { Instant } from '../../../shared/std/clock.ts'
import type { StateTone } from '../tone.ts'
import { useFormat } from '../use-format.ts'
import { useWords } from '../words.tsx'
import { ChartFrame } from './chart-frame.tsx'

export interface Series {
  id: string
  /** written at the end of the line; there is no legend */
  label: string
  tone: StateTone
  values: readonly (number | null)[]
}

export interface ChartLimit {
  label: string
  value: number
}

export interface LiveChartProps {
  title: string
  times: readonly Instant[]
  series: readonly Series[]
  limit?: ChartLimit | undefined
  format: (value: number) => string
  /** in rem, so that it grows with the text */
  height?: number | undefined
}

// the plotting library is needed by supervisors only
const Plot = lazy(() => import('./live-plot.tsx'))

export function LiveChart(props: LiveChartProps) {
  const words = useWords()
  const { time } = useFormat()
  const box = useRef<HTMLDivElement>(null)
  const image = () =>
    new Promise<Blob | null>((resolve) => {
      const canvas = box.current?.querySelector('canvas')
      if (canvas) canvas.toBlob(resolve)
      else resolve(null)
    })
  const spoken = props.series.map((line) => {
    const last = line.values.findLast((value) => value !== null)
    return `${line.label} ${last === null || last === undefined ? '–' : props.format(last)}`
  })
  return (
    <ChartFrame
      title={props.title}
      format={props.format}
      image={image}
      table={{
        header: [words.time, ...props.series.map((line) => line.label)],
        rows: props.times.map((at, index) => [
          time(at),
          ...props.series.map((line) => line.values[index] ?? null),
        ]),
      }}
    >
      <div
        ref={box}
        // a canvas drawn by a library cannot be an img element
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
        role="img"
        aria-label={[props.title, ...spoken].join(', ')}
        style={{ height: `${props.height ?? 10}rem` }}
        className="overflow-hidden"
      >
        <Suspense>
          <Plot {...props} />
        </Suspense>
      </div>
    </ChartFrame>
  )
}
