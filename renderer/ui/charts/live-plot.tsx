import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { useFormat } from '../use-format.ts'
import { themeColours, useThemeChange } from './theme-colours.ts'
import type { LiveChartProps } from './live-chart.tsx'

const dataOf = (props: LiveChartProps): uPlot.AlignedData => [
  props.times.map((at) => at / 1000),
  ...props.series.map((line) => [...line.values]),
]

/** Names and last values at the ends of the lines, the limit as a dashed line: direct labels instead of a legend. */
function drawLabels(plot: uPlot, props: LiveChartProps, colours: ReturnType<typeof themeColours>): void {
  const { ctx } = plot
  const { left, width } = plot.bbox
  const ratio = devicePixelRatio
  ctx.save()
  ctx.font = `600 ${colours.small * ratio}px ${colours.font}`
  if (props.limit) {
    const y = plot.valToPos(props.limit.value, 'y', true)
    ctx.strokeStyle = ctx.fillStyle = colours.of('missed')
    ctx.setLineDash([4 * ratio, 3 * ratio])
    ctx.beginPath()
    ctx.moveTo(left, y)
    ctx.lineTo(left + width, y)
    ctx.stroke()
    ctx.fillText(props.limit.label, left + 4 * ratio, y - 4 * ratio)
  }
  ctx.textAlign = 'right'
  let lowest = -Infinity
  const ends = props.series
    .map((line) => ({ line, last: line.values.findLast((value) => value !== null) ?? null }))
    .filter((end) => end.last !== null)
    .map((end) => ({ ...end, y: plot.valToPos(end.last ?? 0, 'y', true) + (colours.small + 5) * ratio }))
    .toSorted((a, b) => a.y - b.y)
  for (const { line, last, y } of ends) {
    // labels that would touch are moved apart
    const at = Math.max(y, lowest + (colours.small + 3) * ratio)
    lowest = at
    ctx.fillStyle = colours.of(line.tone)
    ctx.fillText(`${line.label} ${props.format(last ?? 0)}`, left + width, at)
  }
  ctx.restore()
}

export default function LivePlot(props: LiveChartProps) {
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const latest = useRef(props)
  latest.current = props
  const { time } = useFormat()
  const theme = useThemeChange()
  const shape = JSON.stringify(props.series.map(({ id, tone }) => [id, tone]))

  useEffect(() => {
    const element = host.current
    if (!element) return
    const colours = themeColours(element)
    const size = () => ({ width: element.clientWidth, height: element.clientHeight })
    const axis = { font: `${colours.small}px ${colours.font}`, stroke: colours.text, ticks: { show: false } }
    const made = new uPlot(
      {
        ...size(),
        legend: { show: false },
        cursor: { show: false },
        padding: [colours.small + 8, 4, 0, 4],
        scales: {
          y: {
            range: (_plot, min, max) => [
              Math.min(0, min),
              Math.max(max, latest.current.limit?.value ?? max) * 1.1 || 1,
            ],
          },
        },
        axes: [
          {
            ...axis,
            size: colours.small * 2,
            space: colours.small * 10,
            grid: { show: false },
            values: (_plot, ticks) => ticks.map((tick) => time(tick * 1000)),
          },
          { ...axis, show: false },
        ],
        series: [
          {},
          ...latest.current.series.map((line) => ({
            label: line.label,
            stroke: colours.of(line.tone),
            width: 2,
            points: { show: false },
          })),
        ],
        hooks: { draw: [(drawn) => drawLabels(drawn, latest.current, colours)] },
      },
      dataOf(latest.current),
      element,
    )
    plot.current = made
    const resized = new ResizeObserver(() => made.setSize(size()))
    resized.observe(element)
    return () => {
      resized.disconnect()
      made.destroy()
      plot.current = null
    }
  }, [shape, theme, time])

  useEffect(() => plot.current?.setData(dataOf(props)), [props])
  return <div ref={host} className="h-full" />
}
