import { memo } from 'react'
import { Check, CircleHelp, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Offer } from '../../../../shared/crm-api/work.ts'
import { pageClock } from '../../../client/page-clock.ts'
import { Card, CardSection, Heading, KeyValueList, type KeyValue } from '../../../ui/card.tsx'
import { Tag } from '../../../ui/chip.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import { contactName, isUnknown, partyName, phoneText } from '../words.ts'
import { CallNumber } from './call-number.tsx'
import { History, type RecordingsView } from './history.tsx'
import { OtherContacts } from './other-contacts.tsx'

/** Who is on the line: drawn once per record, since an offer never changes. */
export const ContactZone = memo(function ContactZone({
  offer,
  Recordings,
}: {
  offer: Offer
  Recordings?: RecordingsView | undefined
}) {
  const { t } = useTranslation()
  const { contact, record, history } = offer
  const address = [contact.street, [contact.postcode, contact.city].filter(Boolean).join(' ')].filter(Boolean)
  return (
    <Card label={t('call.contact')} className="flex min-h-0 flex-col overflow-auto">
      <CardSection>
        <Heading level={2}>{partyName(offer, t)}</Heading>
        <Unknown offer={offer} />
        {contact.company !== '' && contact.company !== contactName(contact) && (
          <p className="text-ink-2">{contact.company}</p>
        )}
        <p className="text-ink-2">
          {address.join(', ')}
          {contact.province !== '' && ` (${contact.province})`}
        </p>
        <div className="mt-2 flex flex-wrap gap-1.5">
          {!isUnknown(offer) && <Consent given={contact.marketingConsent} />}
          {record.kind !== 'new' && <Kind record={record} />}
        </div>
      </CardSection>
      <OtherContacts offer={offer} />
      <Facts offer={offer} />
      {contact.note !== '' && (
        <CardSection title={t('call.contactNote')}>
          <p className="text-compact whitespace-pre-line">{contact.note}</p>
        </CardSection>
      )}
      <CardSection
        title={
          record.kind === 'inbound' || record.kind === 'manual'
            ? t('call.historyShort')
            : t('call.history', { n: record.attempts, most: record.maxAttempts })
        }
        className="flex-1"
      >
        <History
          history={history}
          attempt={offer.attempt}
          usual={contact.phones[0]?.e164 ?? ''}
          now={pageClock.now()}
          Recordings={Recordings}
        />
      </CardSection>
    </Card>
  )
})

/** Nobody has the caller's number: what can be done all the same. */
function Unknown({ offer }: { offer: Offer }) {
  const { t } = useTranslation()
  if (!isUnknown(offer)) return null
  const isWithheld = offer.caller?.from === null
  return (
    <p className="mt-1 text-compact text-ink-2">
      {t(isWithheld ? 'call.caller.withheldDo' : 'call.caller.unknownDo')}
    </p>
  )
}

function Consent({ given }: { given: boolean | null }) {
  const { t } = useTranslation()
  if (given === null) {
    return <Tag icon={CircleHelp}>{t('call.consent.unknown')}</Tag>
  }
  return given ? (
    <Tag tone="ready" icon={Check}>
      {t('call.consent.yes')}
    </Tag>
  ) : (
    <Tag tone="missed" icon={X}>
      {t('call.consent.no')}
    </Tag>
  )
}

function Kind({ record }: { record: Offer['record'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const when = record.dueAt === null ? '' : format.time(record.dueAt)
  return (
    <Tag tone={record.kind === 'callback' ? 'ring' : 'off'}>{t(`call.kind.${record.kind}`, { when })}</Tag>
  )
}

function Facts({ offer: { attempt, contact } }: { offer: Offer }) {
  const { t } = useTranslation()
  const format = useFormat()
  const phones = contact.phones.map((phone, index): KeyValue => ({
    key: repeated(
      contact.phones.map(({ kind }) => t(`call.phoneKinds.${kind}`)),
      index,
    ),
    value: phone.wrong ? (
      <>
        <s className="text-ink-3">{phoneText(phone.e164)}</s> {t('call.wrongNumber')}
      </>
    ) : (
      <CallNumber attempt={attempt} e164={phone.e164} isStrong={index === 0} />
    ),
  }))
  const known: KeyValue[] = [
    { key: t('call.email'), value: contact.email },
    { key: t('call.birthDate'), value: contact.birthDate === null ? '' : format.isoDate(contact.birthDate) },
    { key: t('call.externalId'), value: contact.externalId },
    ...Object.entries(contact.custom).map(([key, value]) => ({ key, value })),
  ].filter(({ value }) => value !== '')
  const items = [...phones, ...known]
  if (items.length === 0) return null
  return (
    <CardSection>
      <KeyValueList items={items} />
    </CardSection>
  )
}

/** Names in a list of facts must differ: the second "Cellulare" becomes "Cellulare 2". */
function repeated(names: readonly string[], index: number): string {
  const name = names[index] ?? ''
  const before = names.slice(0, index).filter((one) => one === name).length
  const capital = name.charAt(0).toUpperCase() + name.slice(1)
  return before === 0 ? capital : `${capital} ${before + 1}`
}
