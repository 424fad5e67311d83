import { useTranslation } from 'react-i18next'
import type { Phone } from '../../../../shared/crm-api/contacts.ts'
import { Button } from '../../../ui/button.tsx'
import { phoneText } from '../words.ts'

/** The numbers of a contact before the call; the one pressed in is the one that will be dialled. */
export function PhoneChoice(props: {
  phones: readonly Phone[]
  chosen: string
  onChoose: (e164: string) => void
}) {
  const { t } = useTranslation()
  return (
    <div role="group" aria-label={t('call.whichPhone')} className="flex flex-wrap gap-1.5">
      {props.phones.map((phone) => (
        <Button
          key={phone.e164}
          isOn={phone.e164 === props.chosen}
          isDisabled={phone.wrong}
          onPress={() => props.onChoose(phone.e164)}
        >
          <span className="font-semibold">{phoneText(phone.e164)}</span>{' '}
          <span className="font-normal">{t(`call.phoneKinds.${phone.kind}`)}</span>
        </Button>
      ))}
    </div>
  )
}

/** Numbers that may be dialled, in their order. */
export const usable = (phones: readonly Phone[]): readonly Phone[] => phones.filter(({ wrong }) => !wrong)

/** The number `step` places further in the ring of those usable. */
export function neighbour(phones: readonly Phone[], chosen: string, step: 1 | -1): string {
  const ring = usable(phones)
  const index = ring.findIndex(({ e164 }) => e164 === chosen)
  return ring[(index + step + ring.length) % ring.length]?.e164 ?? chosen
}
