import { useTranslation } from 'react-i18next'
import type { AttemptId } from '../../../../shared/std/ids.ts'
import { useClient, useView } from '../../../client/desktop.ts'
import { askToDial } from '../../../client/dial-request.ts'
import { NumberButton } from '../../../ui/number-button.tsx'
import { phoneText, stageOf } from '../words.ts'

/**
 * Before the call pressing one of the contact's numbers calls it. Later, or another number, goes to the dial pad, which says
 * what is possible.
 */
export function CallNumber(props: { attempt: AttemptId; e164: string; isStrong: boolean }) {
  const { t } = useTranslation()
  const client = useClient()
  const work = useView('call.desk')?.work
  const { attempt, e164, isStrong } = props
  const isPreview =
    work?.attempt === attempt &&
    stageOf(work) === 'preview' &&
    work.offer.contact.phones.some((phone) => phone.e164 === e164 && !phone.wrong)
  const press = () => {
    if (!isPreview) return askToDial(phoneText(e164))
    // a refusal is on the desk, and the bar shows it
    client.call.dial({ attempt, phone: e164 }).catch(() => {})
  }
  return (
    <NumberButton
      onPress={press}
      isStrong={isStrong}
      hint={t(isPreview ? 'call.pressCalls' : 'call.pressDialPad')}
    >
      {phoneText(e164)}
    </NumberButton>
  )
}
