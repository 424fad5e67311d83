import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { useView } from '../../../client/desktop.ts'
import { useFormat } from '../../../ui/use-format.ts'
import { OutboxState } from './outbox-state.tsx'
import { StateMenu } from './state-menu.tsx'
import { Supervisors } from './supervisors.tsx'

/** The operator's part of the status bar, at its start. */
export const OperatorStatus = memo(function OperatorStatus() {
  const status = useView('operator.status')
  const campaign = useView('call.desk')?.work?.offer.campaign.description
  if (!status) return null
  return (
    <>
      <StateMenu status={status} />
      {campaign !== undefined && <span className="max-w-60 truncate font-semibold">{campaign}</span>}
      <Supervisors supervisors={status.view?.supervisors ?? []} />
      {status.view && <Figures {...status.view.today} />}
    </>
  )
})

/** And its end: what has still to reach the server. */
export const OperatorDelivery = memo(function OperatorDelivery() {
  const outbox = useView('outbox.state')
  return outbox ? <OutboxState outbox={outbox} /> : null
})

function Figures({ worked, positive, callbacks }: { worked: number; positive: number; callbacks: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const figures = [
    { id: 'worked', value: worked },
    { id: 'positive', value: positive },
    { id: 'callbacks', value: callbacks },
  ] as const
  return (
    <p className="flex flex-wrap text-ink-2">
      {figures.map(({ id, value }, index) => (
        <span key={id}>
          {index > 0 && <span className="px-1">·</span>}
          <span className="font-semibold text-ink">{format.number(value)}</span> {t(`operator.short.${id}`)}
        </span>
      ))}
    </p>
  )
}
