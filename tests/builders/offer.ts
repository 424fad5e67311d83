import type { Offer } from '../../shared/crm-api/work.ts'
import { offerLineDefaults } from '../../shared/crm-api/work.ts'
import type { User } from '../../shared/crm-api/users.ts'
import type { AttemptId, CampaignId, ContactId, OutcomeCode, RecordId, UserId } from '../../shared/std/ids.ts'

const outcome = (
  key: number,
  code: string,
  it: string,
  en: string,
  effect: 'close-positive' | 'close-negative' | 'callback' | 'retry',
) => ({
  key,
  code: code as OutcomeCode,
  label: { it, en },
  effect,
  retryAfterMinutes: effect === 'retry' ? 60 : null,
  needsCompleteAnswers: false,
})

/** A record as the server offers it; `phone` decides what its customer does on the simulated line. */
export function anOffer(name: string, phone = '+390815520008', offeredAt = 0): Offer {
  return {
    attempt: `attempt-${name}` as AttemptId,
    offeredAt,
    campaign: {
      id: 'campaign-1' as CampaignId,
      code: 'NAPOLI',
      description: 'Clienti di Napoli',
      workMode: 'preview',
      line: 'simulated',
      ...offerLineDefaults,
      zone: 'Europe/Rome',
      wrapUpSeconds: 30,
      callbackGraceMinutes: 30,
      outcomes: [
        outcome(1, 'sold', 'Venduto', 'Sold', 'close-positive'),
        outcome(2, 'not-interested', 'Non interessato', 'Not interested', 'close-negative'),
        outcome(3, 'callback', 'Richiamare', 'Call back', 'callback'),
        outcome(4, 'no-answer', 'Non risponde', 'No answer', 'retry'),
      ],
      script: '',
    },
    caller: null,
    record: { id: `record-${name}` as RecordId, kind: 'new', dueAt: null, attempts: 0, maxAttempts: 5 },
    contact: {
      id: `contact-${name}` as ContactId,
      firstName: name,
      lastName: 'Esposito',
      company: '',
      phones: [{ e164: phone, kind: 'landline', raw: phone, wrong: false }],
      email: '',
      street: '',
      postcode: '80100',
      city: 'Napoli',
      province: 'NA',
      birthDate: null,
      marketingConsent: null,
      externalId: '',
      note: '',
      custom: {},
    },
    history: [],
  }
}

export const aUser = (username: string, more: Partial<User> = {}): User => ({
  id: `user-${username}` as UserId,
  username,
  displayName: username,
  role: 'operator',
  grammar: 'n',
  active: true,
  mustChangePassword: false,
  lockedUntil: null,
  lastSignInAt: null,
  ...more,
})
