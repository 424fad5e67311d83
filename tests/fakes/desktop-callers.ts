import type { Colleague } from '../../shared/crm-api/lines.ts'
import type { Offer } from '../../shared/crm-api/work.ts'
import type { Instant } from '../../shared/std/clock.ts'
import type { AttemptId, ContactId, RecordId, UserId } from '../../shared/std/ids.ts'
import { offerNumber } from './desktop-data.ts'

const colleague = (user: string, name: string, state: Colleague['state']): Colleague => ({
  user: user as UserId,
  name,
  state,
})

export const colleagues: readonly Colleague[] = [
  colleague('u7', 'Giulia Testa', 'ready'),
  colleague('u8', 'Nicolò Serra', 'ready'),
  colleague('u2', 'Luca Bruni', 'talking'),
  colleague('u9', 'Paola Gatti', 'wrap-up'),
  colleague('u10', 'Davide Riva', 'break'),
]

export type CallerKind = 'known' | 'several' | 'unknown' | 'withheld'

/** Somebody calls the assistance line: one contact has the number, several have it, nobody has, or it is hidden. */
export function offerOfCaller(kind: CallerKind, attempt: AttemptId, now: Instant): Offer {
  const offer = offerNumber(0, attempt, now)
  const isKnown = kind === 'known' || kind === 'several'
  const nobody: Offer['contact'] = {
    ...offer.contact,
    id: `caller-${attempt}` as ContactId,
    firstName: '',
    lastName: '',
    phones:
      kind === 'withheld'
        ? []
        : [{ e164: '+390815559900', kind: 'landline', raw: '+390815559900', wrong: false }],
    email: '',
    street: '',
    postcode: '',
    city: '',
    province: '',
    birthDate: null,
    marketingConsent: null,
    externalId: '',
    custom: {},
  }
  return {
    ...offer,
    campaign: { ...offer.campaign, description: 'Assistenza', line: 'pbx', recording: 'always' },
    record: { id: `r-${attempt}` as RecordId, kind: 'inbound', dueAt: null, attempts: 0, maxAttempts: 1 },
    contact: isKnown ? offer.contact : nobody,
    history: isKnown ? offer.history : [],
    caller: {
      from: kind === 'withheld' ? null : isKnown ? '+393312345678' : '+390815559900',
      name: '',
      to: '+39800800800',
      since: now - 48_000,
      matches:
        kind === 'several'
          ? [
              { id: 'c11' as ContactId, name: 'Antonio Esposito', city: 'Napoli' },
              { id: 'c12' as ContactId, name: 'Lucia Marotta', city: 'Portici' },
            ]
          : [],
    },
  }
}
