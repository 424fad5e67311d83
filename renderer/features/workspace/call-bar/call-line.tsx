import { useTranslation } from 'react-i18next'
import type { Work } from '../../../../shared/contract/call.ts'
import { durationText } from '../../../ui/format.ts'
import { phoneText } from '../words.ts'

/** The line under the name: the number, which attempt it is; after the call who ended it and after how long. */
export function CallLine({ work, phone }: { work: Work; phone: string }) {
  const { t } = useTranslation()
  const { call, offer } = work
  const { attempts, maxAttempts } = offer.record
  if (call?.endedAt != null && call.end !== null) {
    const talked = call.answeredAt === null ? null : durationText(call.endedAt - call.answeredAt)
    const ended = t(`call.ended.${call.end}`)
    return (
      <>
        {talked === null ? ended : t('call.endedAfter', { ended, duration: talked })} · {phoneText(call.peer)}
      </>
    )
  }
  return (
    <>
      {phoneText(call?.peer ?? phone)} · {t('call.attempt', { n: attempts + 1, most: maxAttempts })}
    </>
  )
}
