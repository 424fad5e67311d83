import { useView } from '../../../client/desktop.ts'
import { StateBar } from './state-bar.tsx'
import { WorkBar } from './work-bar.tsx'

/** Always on top for an operator, on every page: the call, or what the operator is doing between two. */
export function CallBar() {
  const desk = useView('call.desk')
  const status = useView('operator.status')
  if (desk?.work) return <WorkBar key={desk.work.attempt} work={desk.work} refusal={desk.refusal} />
  return desk && status ? <StateBar status={status} /> : null
}
