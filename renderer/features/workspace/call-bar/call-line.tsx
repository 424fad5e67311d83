import { useTranslation } from 'react-i18next'
import type { Work } from '../../../../shared/contract/call.ts'
import type { Offer } from '../../../../shared/crm-api/work.ts'
import { dialString } from '../../../../shared/domain/call/dial-string.ts'
import { durationText } from '../../../ui/format.ts'
import { Timer } from '../../../ui/timer.tsx'
import { isUnknown, phoneText } from '../words.ts'

/**
 * The line under the name. Before the call the number that will go out, prefixes applied; then the number and which attempt
 * it is, or of a caller which line they called; after the call who ended it and after how long.
 */
export function CallLine({ work, phone }: { work: Work; phone: string }) {
  const { t } = useTranslation()
  const { call, offer } = work
  if (call?.endedAt != null && call.end !== null) {
    const talked = call.answeredAt === null ? null : durationText(call.endedAt - call.answeredAt)
    const ended = t(`call.ended.${call.end}`)
    return (
      <>
        {talked === null ? ended : t('call.endedAfter', { ended, duration: talked })} · {phoneText(call.peer)}
      </>
    )
  }
  if (offer.caller) return <CallerLine offer={offer} isWaiting={call?.answeredAt == null} />
  const { kind, attempts, maxAttempts } = offer.record
  return (
    <>
      {phoneText(call?.peer ?? phone)} ·{' '}
      {kind === 'manual' ? t('call.manual') : t('call.attempt', { n: attempts + 1, most: maxAttempts })}
      {!call && phone !== '' && (
        <span className="block text-small">
          {t('call.goesOut', { number: dialString(phone, offer.campaign.dialPrefix) })}
        </span>
      )}
    </>
  )
}

function CallerLine({ offer, isWaiting }: { offer: Offer; isWaiting: boolean }) {
  const { t } = useTranslation()
  if (offer.caller === null) return null
  const { from, name, to, since } = offer.caller
  // the name above is already the number, or that it is withheld
  const isNameless = isUnknown(offer) && name === ''
  const who = isNameless ? (from === null ? null : t('call.caller.unknown')) : from && phoneText(from)
  return (
    <>
      {who !== null && who !== '' && `${who} · `}
      <span className="whitespace-nowrap">{t('call.caller.line', { line: phoneText(to) })}</span>
      {isWaiting && (
        <>
          {` · ${t('call.caller.waiting')} `}
          <Timer since={since} />
        </>
      )}
    </>
  )
}
