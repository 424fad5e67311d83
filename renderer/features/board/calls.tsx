import { PhoneOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Board } from '../../../shared/crm-api/board.ts'
import { EmptyState } from '../../ui/banner.tsx'
import { Card, CardHead } from '../../ui/card.tsx'
import { StateChip } from '../../ui/chip.tsx'
import { operatorTone } from '../../ui/domain-tones.ts'
import { useFormat } from '../../ui/use-format.ts'
import { ListenButton } from './listening/listen-button.tsx'
import type { ListeningAtHand } from './listening/use-listening.ts'
import { Since } from './since.tsx'

/** Calls in progress, the longest first: who with whom, and for how long. */
export function Calls({
  board,
  listening,
  isLive,
}: {
  board: Board
  listening: ListeningAtHand
  isLive: boolean
}) {
  const { calls } = board
  const { t } = useTranslation()
  const { number } = useFormat()
  return (
    <Card label={t('board.callsNow')}>
      <CardHead title={t('board.callsNow')}>{number(calls.length)}</CardHead>
      {calls.length === 0 ? (
        <EmptyState icon={PhoneOff} title={t('board.noCalls')}>
          {t('board.noCallsDo')}
        </EmptyState>
      ) : (
        <ul>
          {calls
            .toSorted((a, b) => a.since - b.since)
            .map((call) => (
              <li
                key={call.attempt}
                className="grid grid-cols-[minmax(0,1fr)_auto_auto] items-center gap-x-2 border-b border-line px-3.5 py-1.5 last:border-b-0"
              >
                <span className="min-w-0">
                  <span className="block truncate font-semibold">{call.contact}</span>
                  <span className="block truncate text-small text-ink-3">
                    {call.operator} · {call.campaign}
                  </span>
                </span>
                <ListenButton
                  operator={board.operators.find(({ id }) => id === call.operatorId)}
                  contact={call.contact}
                  listening={listening}
                  isLive={isLive}
                />
                <StateChip size="small" tone={operatorTone[call.state]} detail={<Since at={call.since} />}>
                  {t(`states.${call.state}`)}
                </StateChip>
              </li>
            ))}
        </ul>
      )}
    </Card>
  )
}
