import { useTranslation } from 'react-i18next'
import type { Instant } from '../../../../shared/std/clock.ts'
import { useView } from '../../../client/desktop.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Timer } from '../../../ui/timer.tsx'
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
  const { asked, refusal, stillUp } = desk
  return (
    <div className="flex flex-col gap-2.5">
      {stillUp && <StillUp since={stillUp.since} />}
      {work && <WorkBar key={work.attempt} work={work} refusal={refusal} />}
      {!work && !asked && status && <StateBar status={status} />}
      {asked && <AskedBar key={asked.leg} asked={asked} />}
    </div>
  )
}

/** The outcome is saved, but the line may still be open: whoever was on it may hear what is said next. */
function StillUp({ since }: { since: Instant }) {
  const { t } = useTranslation()
  return (
    <Banner
      kind="error"
      title={t('call.stillUp.what')}
      todo={
        <>
          {t('call.stillUp.do')} <Timer since={since} offset={0} />
        </>
      }
    />
  )
}
