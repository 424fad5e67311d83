import { useView } from '../../../client/desktop.ts'
import { useWork } from '../use-work.ts'
import { AskedBar } from './asked-bar.tsx'
import { StateBar } from './state-bar.tsx'
import { WorkBar } from './work-bar.tsx'

/** Always on top for an operator, on every page: the call, or what the operator is doing between two. */
export function CallBar() {
  const desk = useView('call.desk')
  const status = useView('operator.status')
  const work = useWork()
  if (!desk) return null
  const { asked, refusal } = desk
  return (
    <div className="flex flex-col gap-2.5">
      {work && <WorkBar key={work.attempt} work={work} refusal={refusal} />}
      {!work && !asked && status && <StateBar status={status} />}
      {asked && <AskedBar key={asked.leg} asked={asked} />}
    </div>
  )
}
