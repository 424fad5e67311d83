import type { Contact } from '../../../shared/crm-api/contacts.ts'
import type { Offer } from '../../../shared/crm-api/work.ts'
import type { Work } from '../../../shared/contract/call.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import { formatPhone } from '../../../shared/std/phone.ts'
import type { MessageKey } from '../../../shared/text/keys.ts'
import type { Formats } from '../../ui/format.ts'

/** How a contact is called: the person, else the company. Empty only where the list had neither. */
export const contactName = (contact: Pick<Contact, 'firstName' | 'lastName' | 'company'>): string =>
  [contact.firstName, contact.lastName].filter(Boolean).join(' ') || contact.company

/** Who is on the line: the contact, else what the network tells of the caller, else the number, or that it is withheld. */
export function partyName({ contact, caller, record }: Offer, t: (key: MessageKey) => string): string {
  const known = contactName(contact) || caller?.name
  if (known) return known
  if (caller) return caller.from === null ? t('call.caller.withheld') : phoneText(caller.from)
  const dialled = record.kind === 'manual' ? contact.phones[0] : undefined
  return dialled ? phoneText(dialled.e164) : t('call.noName')
}

/** Somebody calls whose number nobody has, or who hides it. */
export const isUnknown = ({ contact, caller }: Offer): boolean =>
  caller !== null && contactName(contact) === ''

/** The number as people write it in Italy: `331 234 5678`, `081 552 3344`. */
export const phoneText = (e164: string): string => formatPhone(e164, 'IT')

export type Stage = 'preview' | 'dialing' | 'ringing' | 'talking' | 'held' | 'wrap-up'

/** What the record on the desk is at; the screen's only way to tell. */
export function stageOf(work: Pick<Work, 'call' | 'dialing'>): Stage {
  const phase = work.call?.phase
  if (!phase) return work.dialing ? 'dialing' : 'preview'
  if (phase.name === 'talking') return phase.held ? 'held' : 'talking'
  return phase.name === 'closed' ? 'wrap-up' : phase.name
}

/** First and last name of the one who speaks, for the script's `{operator.firstName}`. */
export function namesOf(displayName: string): { firstName: string; lastName: string } {
  const [firstName = '', ...rest] = displayName.trim().split(/\s+/)
  return { firstName, lastName: rest.join(' ') }
}

/** An instant to come, briefly: 15:30 while it is today, 25/11 10:00 after. */
export function comingText(format: Formats, at: Instant, now: Instant): string {
  return format.date(at) === format.date(now)
    ? format.time(at)
    : `${format.date(at).slice(0, 5)} ${format.time(at)}`
}
