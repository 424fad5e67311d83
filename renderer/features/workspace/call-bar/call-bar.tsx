import { Card } from '../../../ui/card.tsx'
import { useView } from '../../../client/desktop.ts'
import { StateBar } from './state-bar.tsx'
import { WorkBar } from './work-bar.tsx'

/** Always on top for an operator, on every page: the call, or what the operator is doing between two. */
export function CallBar() {
  const desk = useView('call.desk')
  const status = useView('operator.status')
  return (
    <Card className="relative z-10 flex min-h-18 shrink-0 flex-wrap items-center gap-x-3 gap-y-2 pe-3.5 [&>:first-child]:rounded-s-[calc(var(--radius-card)-1px)]">
      {desk?.work && <WorkBar key={desk.work.attempt} work={desk.work} refusal={desk.refusal} />}
      {desk && !desk.work && status && <StateBar status={status} />}
    </Card>
  )
}
