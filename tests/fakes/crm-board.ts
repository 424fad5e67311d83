import type { Board } from '../../shared/crm-api/board.ts'
import type { RecordCounts } from '../../shared/crm-api/campaigns.ts'
import type { Instant } from '../../shared/std/clock.ts'
import { seededRandom } from '../../shared/std/clock.ts'
import type { AttemptId, CampaignId, UserId } from '../../shared/std/ids.ts'
import { outcomes } from './desktop-data.ts'

type Operator = Board['operators'][number]

const second = 1000
const minute = 60 * second

export const fibra = 'k1' as CampaignId
export const rinnovi = 'k2' as CampaignId

const counts = (parts: Partial<RecordCounts>, closed: RecordCounts['closed']): RecordCounts => {
  const made = { new: 0, retry: 0, callback: 0, reserved: 0, working: 0, ...parts, closed }
  const sum = Object.values(closed).reduce((total, count) => total + count, 0)
  return {
    ...made,
    total: made.new + made.retry + made.callback + made.reserved + made.working + sum,
  }
}
const none = {
  positive: 0,
  negative: 0,
  'wrong-number': 0,
  'do-not-call': 0,
  'attempts-used-up': 0,
  removed: 0,
}

export const fibraRecords = counts(
  { new: 3174, retry: 918, callback: 212, reserved: 2, working: 4 },
  {
    ...none,
    positive: 1204,
    negative: 6871,
    'wrong-number': 402,
    'do-not-call': 187,
    'attempts-used-up': 5026,
  },
)
export const rinnoviRecords = counts(
  { new: 0, retry: 1116, callback: 88, working: 1 },
  { ...none, positive: 610, negative: 1480, 'wrong-number': 31, 'do-not-call': 12, 'attempts-used-up': 240 },
)
export const noRecords = counts({}, none)

const people: readonly (readonly [
  string,
  Operator['grammar'],
  Operator['state'],
  number,
  string,
  number,
  number,
  number,
  number,
])[] = [
  // name, grammar, state, seconds in it, campaign, calls, positive, talk, wrap-up (averages)
  ['Luca Bruni', 'm', 'wrap-up', 430, 'Fibra Primavera', 31, 2, 161, 58],
  ['Sara Conti', 'f', 'ready', 31, 'Fibra Primavera', 44, 6, 182, 24],
  ['Anna Russo', 'f', 'talking', 83, 'Fibra Primavera', 37, 4, 175, 27],
  ['Marco De Luca', 'm', 'talking', 248, 'Fibra Primavera', 40, 5, 200, 22],
  ['Giulia Ferri', 'f', 'talking', 12, 'Fibra Primavera', 42, 3, 158, 25],
  ['Paolo Greco', 'm', 'ringing', 3, 'Rinnovi', 22, 0, 284, 49],
  ['Elena Marino', 'f', 'reserved', 9, 'Fibra Primavera', 19, 0, 302, 40],
  ['Davide Riva', 'm', 'break', 1310, 'Rinnovi', 18, 7, 250, 31],
  ['Irene Sala', 'f', 'wrap-up', 14, 'Rinnovi', 20, 8, 238, 28],
  ['Tommaso Villa', 'm', 'talking', 52, 'Rinnovi', 17, 0, 271, 37],
  ['Chiara Zanetti', 'f', 'ready', 8, 'Fibra Primavera', 45, 5, 169, 21],
  ['Nicola Fabbri', 'n', 'offline', 740, '', 0, 0, 0, 0],
]

/** Who talks can be heard, but for one on a line that reaches nobody. */
const hearingOf = (name: string, state: Operator['state']): Operator['hearing'] =>
  state !== 'talking' ? 'no-call' : name === 'Tommaso Villa' ? 'simulated' : 'possible'

/** Eleven operators at work on two campaigns, with the things a supervisor must see. `rev` moves it a little. */
export function boardAt(at: Instant, started: Instant, rev: number): Board {
  const random = seededRandom(7)
  const operators = people.map(
    ([name, grammar, state, seconds, campaign, calls, positive, talk, wrapUp], index) => ({
      id: `o${index + 1}` as UserId,
      name,
      grammar,
      state,
      since: started - seconds * second,
      breakReason: state === 'break' ? ('coffee' as const) : null,
      campaign: state === 'ready' || state === 'break' || campaign === '' ? null : campaign,
      calls: calls + (rev % 3),
      positive,
      campaigns: campaign === 'Rinnovi' ? [rinnovi] : [fibra, rinnovi],
      hearing: hearingOf(name, state),
      supervisors: [],
      talkSeconds: talk * (calls + (rev % 3)),
      wrapUpSeconds: wrapUp * (calls + (rev % 3)),
    }),
  )
  const pace = (height: number) =>
    Array.from({ length: 24 }, (_, span) =>
      Math.round(height * (0.55 + 0.3 * Math.sin(span / 4) + 0.25 * random()) * (span < 2 ? 0.5 : 1)),
    )
  const counted = (numbers: readonly number[]) =>
    outcomes.map((outcome, index) => ({ ...outcome, count: numbers[index] ?? 0 }))
  const calls = operators
    .filter(({ state }) => state === 'talking' || state === 'ringing' || state === 'wrap-up')
    .map((operator, index) => ({
      attempt: `a${index}` as AttemptId,
      operatorId: operator.id,
      operator: operator.name,
      campaign: operator.campaign ?? '',
      contact: contacts[index % contacts.length]!,
      state: operator.state as 'talking' | 'ringing' | 'wrap-up',
      since: operator.since,
    }))
  return {
    rev,
    at,
    operators,
    campaigns: [
      {
        id: fibra,
        code: 'FIBRA-P26',
        description: 'Fibra Primavera',
        state: 'running',
        workMode: 'preview',
        records: fibraRecords,
        outcomes: counted([96, 31, 74, 288, 119, 342, 41, 0, 17]),
        pace: pace(40),
        queue: { waiting: 2, since: started - 80 * second, abandonedToday: 3 },
      },
      {
        id: rinnovi,
        code: 'RINNOVI-26',
        description: 'Rinnovi',
        state: 'running',
        workMode: 'preview',
        records: rinnoviRecords,
        outcomes: counted([22, 9, 14, 61, 8, 73]),
        pace: pace(14),
        queue: { waiting: 0, since: null, abandonedToday: 0 },
      },
    ],
    calls,
    alarms: [
      alarm('long-wrap-up', null, 'o1', started - 430 * second, {}),
      alarm('no-records-left', rinnovi, null, started - 4 * minute, {}),
      alarm('long-break', null, 'o8', started - 1310 * second, {}),
    ],
  }
}

const alarm = (
  code: Board['alarms'][number]['code'],
  campaign: CampaignId | null,
  operator: string | null,
  since: Instant,
  values: Board['alarms'][number]['values'],
): Board['alarms'][number] => ({ code, campaign, operator: operator as UserId | null, since, values })

const contacts = [
  'Maria Esposito',
  'Giuseppe Ferrara',
  'Ferramenta Bianchi e figli di Bianchi Antonio e C. S.n.c.',
  'Chiara De Santis',
  'Paolo Neri',
  'Rosa Amato',
  'Salvatore Coppola',
]
