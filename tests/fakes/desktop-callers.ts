import type { AbandonedCaller, WaitingCaller } from '../../shared/crm-api/callers.ts'
import type { Colleague, Group } from '../../shared/crm-api/lines.ts'
import type { Offer } from '../../shared/crm-api/work.ts'
import type { Instant } from '../../shared/std/clock.ts'
import { AppError } from '../../shared/std/errors.ts'
import type { AttemptId, CallerId, CampaignId, ContactId, RecordId, UserId } from '../../shared/std/ids.ts'
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

export const groups: readonly Group[] = [
  { campaign: 'k2' as CampaignId, name: 'Assistenza', here: 3, idle: 1 },
  { campaign: 'k1' as CampaignId, name: 'Fibra Primavera', here: 5, idle: 0 },
]

const assistance = { id: 'k2' as CampaignId, description: 'Assistenza' }
const minute = 60_000

/** Who waits now, and who was not answered: one more than once, one that a colleague calls back, one that hid their number. */
export function callersAt(now: Instant): { waiting: WaitingCaller[]; abandoned: AbandonedCaller[] } {
  const gone = (
    id: string,
    minutesAgo: number,
    number: string | null,
    more: Partial<AbandonedCaller> = {},
  ): AbandonedCaller => ({
    id: id as CallerId,
    campaign: assistance,
    number,
    name: '',
    contact: null,
    cameAt: now - minutesAgo * minute - 70_000,
    goneAt: now - minutesAgo * minute,
    reason: 'hung-up',
    times: 1,
    callBack: null,
    ...more,
  })
  return {
    waiting: [
      {
        id: 'w1' as CallerId,
        campaign: assistance,
        number: '+393471112233',
        name: '',
        contact: { id: 'c4' as ContactId, name: 'Chiara De Santis' },
        cameAt: now - 42_000,
        ringing: 'Giulia Testa',
      },
    ],
    abandoned: [
      gone('g1', 95, '+393398765432', {
        contact: { id: 'c2' as ContactId, name: 'Giuseppe Ferrara' },
        times: 3,
        reason: 'waited-too-long',
      }),
      gone('g2', 40, '+390815559900', { callBack: { operator: 'u2' as UserId, name: 'Luca Bruni' } }),
      gone('g3', 12, null, { reason: 'outside-hours' }),
    ],
  }
}

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

/** The record of a number dialled by hand. */
export function offerOfNumber(phone: string, attempt: AttemptId, now: Instant): Offer {
  const offer = offerOfCaller('unknown', attempt, now)
  return {
    ...offer,
    campaign: { ...offer.campaign, dialPrefix: '9' },
    record: { ...offer.record, kind: 'manual' },
    contact: { ...offer.contact, phones: [{ e164: phone, kind: 'mobile', raw: phone, wrong: false }] },
    caller: null,
  }
}

/** An abandoned caller comes to the desk as a manual offer; a colleague may have them already. */
export function offerOfCallBack(input: unknown, now: Instant): Offer {
  const { params } = input as { params: { id: string } }
  const caller = callersAt(now).abandoned.find(({ id }) => id === params.id)
  if (!caller?.number) throw new AppError('not-found', 'no such caller')
  if (caller.callBack) throw new AppError('conflict', 'a colleague has them')
  return offerOfNumber(caller.number, `back-${caller.id}` as AttemptId, now)
}

/** The caller turned out to be one of those who have the number. */
export function offerOfMatch(offer: Offer, id: ContactId): Offer {
  const match = offer.caller?.matches.find((each) => each.id === id)
  if (!match) throw new AppError('not-found', 'nobody of that name has this number')
  const { caller, contact: before } = offer
  const contact = { ...before, id, firstName: '', lastName: match.name, city: match.city }
  const first = { id: before.id, name: `${before.firstName} ${before.lastName}`, city: before.city }
  const matches = [first, ...(caller?.matches ?? []).filter((each) => each.id !== id)]
  return { ...offer, contact, history: [], caller: caller && { ...caller, matches } }
}

/** What an operator's page asks of the CRM; undefined for what is not theirs. */
export function operatorPages(name: string, empty: boolean, now: Instant): unknown {
  const { waiting, abandoned } = empty ? { waiting: [], abandoned: [] } : callersAt(now)
  switch (name) {
    case 'lines.colleagues':
      return [...colleagues]
    case 'lines.groups':
      return [...groups]
    case 'callers.waiting':
      return waiting
    case 'callers.abandoned':
      return { items: abandoned, next: null, total: abandoned.length }
    default:
      return undefined
  }
}
