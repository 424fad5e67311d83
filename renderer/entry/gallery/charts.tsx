import { Card, Figure } from '../../ui/card.tsx'
import { BarList } from '../../ui/charts/bar-list.tsx'
import { LiveChart } from '../../ui/charts/live-chart.tsx'
import { Sparkline } from '../../ui/charts/sparkline.tsx'
import { Meter } from '../../ui/progress.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { Part } from './part.tsx'

const morning = Date.UTC(2026, 10, 24, 8)
const times = Array.from({ length: 60 }, (_, index) => morning + index * 180_000)
const wave = (base: number, swing: number, phase: number) =>
  times.map((_, index) => base + swing * Math.sin(index / 9 + phase) + swing * 0.3 * Math.sin(index * 1.7))
const abandoned = wave(2.2, 0.4, 0)
const dropped = wave(1.2, 0.3, 2)

export function Charts() {
  const { decimal, number } = useFormat()
  const percent = (value: number) => `${decimal(value)} %`
  return (
    <Part title="Charts and figures">
      <Card className="flex flex-wrap divide-x divide-line">
        <Figure value={decimal(46.8)} label="minuti occupati per ora" />
        <Figure value="11,2 %" label="esito positivo" tone="text-ready" />
        <Figure value={number(17641)} label="da caricare" />
        <div className="flex items-center gap-3 px-3.5">
          <Sparkline values={abandoned.slice(0, 20)} label="Abbandono, ultima ora, in salita" tone="ring" />
          <span className="font-semibold">{percent(2.6)}</span>
        </div>
        <div className="w-60 self-center px-3.5">
          <Meter label="Abbandono" value={2.6} max={4} limit={3} text={percent(2.6)} tone="ring" />
        </div>
      </Card>
      <div className="grid gap-6 md:grid-cols-2">
        <LiveChart
          title="Abbandono e cadute, per cento"
          times={times}
          format={percent}
          limit={{ label: 'limite 3,0 %', value: 3 }}
          series={[
            { id: 'abandoned', label: 'abbandono', tone: 'ring', values: abandoned },
            { id: 'dropped', label: 'cadute', tone: 'talk', values: dropped },
          ]}
        />
        <BarList
          title="Esiti di oggi"
          format={number}
          bars={[
            { id: 'a', label: 'Interessata', value: 412, tone: 'ready' },
            { id: 'b', label: 'Richiamare', value: 1204, tone: 'ring' },
            { id: 'c', label: 'Non interessata', value: 2310, tone: 'off' },
            { id: 'd', label: 'Non chiamare più', value: 88, tone: 'missed' },
          ]}
        />
      </div>
    </Part>
  )
}
