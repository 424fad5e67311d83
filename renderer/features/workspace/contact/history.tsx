import { PhoneMissed, PhoneOutgoing } from 'lucide-react'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import type { HistoryEntry } from '../../../../shared/crm-api/contacts.ts'
import type { Instant } from '../../../../shared/std/clock.ts'
import type { AttemptId } from '../../../../shared/std/ids.ts'
import { Timeline, type TimelineItem } from '../../../ui/card.tsx'
import { durationText } from '../../../ui/format.ts'
import { useFormat } from '../../../ui/use-format.ts'
import { CallNumber } from './call-number.tsx'

/** Draws what can be heard of a call. */
export type RecordingsView = ComponentType<{ recordings: NonNullable<HistoryEntry['recordings']> }>

export interface HistoryProps {
  history: readonly HistoryEntry[]
  attempt: AttemptId
  /** The number that stands first among the contact's: calls to it do not repeat it. */
  usual: string
  now: Instant
  Recordings?: RecordingsView | undefined
}

export function History({ history, attempt, usual, now, Recordings }: HistoryProps) {
  const { t, i18n } = useTranslation()
  const format = useFormat()
  if (history.length === 0) return <p className="text-compact text-ink-3">{t('call.noHistory')}</p>
  const language = i18n.language === 'en' ? 'en' : 'it'
  const items = history.map((entry): TimelineItem => {
    const talked = entry.talkSeconds > 0 ? durationText(entry.talkSeconds * 1000) : ''
    const note = entry.note === '' ? '' : `«${entry.note}»`
    return {
      id: `${entry.at}`,
      icon: entry.talkSeconds > 0 ? PhoneOutgoing : PhoneMissed,
      title: entry.outcome?.[language] ?? t('call.noOutcome'),
      detail: (
        <>
          {[entry.operator, talked, entry.campaign, note].filter(Boolean).join(' · ')}
          {entry.phone !== '' && entry.phone !== usual && (
            <span className="block">
              <CallNumber attempt={attempt} e164={entry.phone} isStrong={false} />
            </span>
          )}
        </>
      ),
      when: format.when(entry.at, now),
      dateTime: new Date(entry.at).toISOString(),
      ...(Recordings &&
        entry.recordings &&
        entry.recordings.length > 0 && { below: <Recordings recordings={entry.recordings} /> }),
    }
  })
  return <Timeline label={t('call.historyLabel')} items={items} />
}
