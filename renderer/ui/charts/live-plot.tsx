import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { useFormat } from '../use-format.ts'
import { themeColours, useThemeChange } from './theme-colours.ts'
import type { LiveChartProps, Series } from './live-chart.tsx'

const dataOf = (props: LiveChartProps): uPlot.AlignedData => [
  props.times.map((at) => at / 1000),
  ...props.series.map((line) => [...line.values]),
]

/** A text that stays readable where it crosses a line. */
function write(ctx: CanvasRenderingContext2D, text: string, x: number, y: number, surface: string): void {
  ctx.lineWidth = 4 * devicePixelRatio
  ctx.lineJoin = 'round'
  ctx.strokeStyle = surface
  ctx.strokeText(text, x, y)
  ctx.fillText(text, x, y)
}

/** Names and last values at the ends of the lines, the limit as a dashed line: direct labels instead of a legend. */
function drawLabels(plot: uPlot, props: LiveChartProps, colours: Colours): void {
  const { ctx } = plot
  const { left, width } = plot.bbox
  const bottom = plot.bbox.top + plot.bbox.height
  const ratio = devicePixelRatio
  ctx.save()
  ctx.textAlign = 'left'
  ctx.font = `600 ${colours.small * ratio}px ${colours.font}`
  if (props.limit) {
    const y = plot.valToPos(props.limit.value, 'y', true)
    ctx.strokeStyle = ctx.fillStyle = colours.of('missed')
    ctx.setLineDash([4 * ratio, 3 * ratio])
    ctx.lineWidth = 1.5 * ratio
    ctx.beginPath()
    ctx.moveTo(left, y)
    ctx.lineTo(left + width, y)
    ctx.stroke()
    ctx.setLineDash([])
    write(ctx, props.limit.label, left, y - 5 * ratio, colours.surface)
  }
  ctx.textAlign = 'right'
  let lowest = -Infinity
  const ends = props.series
    .flatMap((line) => {
      const last = line.values.findLast((value) => value !== null)
      if (last === undefined || last === null) return []
      const y = plot.valToPos(last, 'y', true)
      const below = y + (colours.small + 5) * ratio
      // under the line, but over it where it runs along the bottom
      return [{ line, last, y: below > bottom ? y - 6 * ratio : below }]
    })
    .toSorted((a, b) => a.y - b.y)
  for (const { line, last, y } of ends) {
    // labels that would touch are moved apart
    const at = Math.max(y, lowest + (colours.small + 3) * ratio)
    lowest = at
    ctx.fillStyle = colours.of(line.tone)
    write(ctx, `${line.label} ${props.format(last)}`, left + width, at, colours.surface)
  }
  ctx.restore()
}

type Colours = ReturnType<typeof themeColours>

/** What does not change while the plot lives; `latest` gives the newest limit and labels to each drawing. */
function optionsFor(
  latest: () => LiveChartProps,
  colours: Colours,
  time: (at: number) => string,
): Omit<uPlot.Options, 'width' | 'height'> {
  const axis = { font: `${colours.small}px ${colours.font}`, stroke: colours.text, ticks: { show: false } }
  const top = (max: number) => Math.max(max, latest().limit?.value ?? max) * 1.1 || 1
  const timeAxis = {
    ...axis,
    size: colours.small * 2,
    space: colours.small * 10,
    grid: { show: false },
    values: (_plot: uPlot, ticks: number[]) => ticks.map((tick) => time(tick * 1000)),
  }
  const line = ({ label, tone }: Series): uPlot.Series => ({
    label,
    stroke: colours.of(tone),
    width: 2,
    points: { show: false },
  })
  return {
    legend: { show: false },
    cursor: { show: false },
    padding: [colours.small + 8, colours.small * 1.5, 0, colours.small * 1.5],
    scales: { y: { range: (_plot, min, max) => [Math.min(0, min), top(max)] } },
    axes: [timeAxis, { ...axis, show: false }],
    series: [{}, ...latest().series.map(line)],
    hooks: { draw: [(plot) => drawLabels(plot, latest(), colours)] },
  }
}

function Canvas(props: LiveChartProps) {
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(null)
  const latest = useRef(props)
  const { time } = useFormat()

  useEffect(() => {
    latest.current = props
    plot.current?.setData(dataOf(props))
  }, [props])

  useEffect(() => {
    const element = host.current
    if (!element) return
    const size = () => ({ width: element.clientWidth, height: element.clientHeight })
    const options = optionsFor(() => latest.current, themeColours(element), time)
    const made = new uPlot({ ...options, ...size() }, dataOf(latest.current), element)
    plot.current = made
    const resized = new ResizeObserver(() => made.setSize(size()))
    resized.observe(element)
    return () => {
      resized.disconnect()
      made.destroy()
      plot.current = null
    }
  }, [time])

  return <div ref={host} className="h-full" />
}

/** Drawn anew when lines come or go and when the theme changes; new figures only move the lines. */
export default function LivePlot(props: LiveChartProps) {
  const theme = useThemeChange()
  const lines = props.series.map(({ id, tone }) => `${id} ${tone}`).join(', ')
  return <Canvas key={`${theme} ${lines}`} {...props} />
}
