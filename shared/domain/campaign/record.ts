import type { Instant } from '../../std/clock.ts'
import type { AttemptId, UserId } from '../../std/ids.ts'
import { unreachable } from '../../std/never.ts'
import type { Outcome } from './outcomes.ts'

/**
 * A record is one contact inside one campaign (scheda). Its life:
 *
 *   waiting(new | retry | callback) ──offered──> reserved ──started──> working ──wrapped-up──> waiting | closed
 *           ^                                      │                       ^                        │
 *           └───────────────withdrawn──────────────┘                       └────────undone──────────┘
 *
 * A record the server dials is left `not-reached` where nobody answers, by what the switch said; a call handed on to a
 * colleague stays `working` under the colleague's attempt.
 *
 * From outside of the campaign's own order: `called-in`, the contact called us and an operator answered (working at
 * once), and `taken`, an operator dials the contact by hand (reserved). Both also open a closed record, and `given-back`
 * puts it back as it was found.
 *
 * `working` is never left by a time-out: the outcome may be on the operator's disk while the server is away, and a
 * record offered to a second operator meanwhile would be worked twice.
 */
export type RecordState = 'waiting' | 'reserved' | 'working' | 'closed'
export type WaitingKind = 'new' | 'retry' | 'callback'
export const closedAs = [
  'positive',
  'negative',
  'wrong-number',
  'do-not-call',
  'attempts-used-up',
  'removed',
] as const
export type ClosedAs = (typeof closedAs)[number]

export interface CampaignRecord {
  state: RecordState
  kind: WaitingKind
  /** Earliest instant at which it may be offered; null = now. */
  dueAt: Instant | null
  /** Whose callback it is; null = anyone's. */
  callbackOperator: UserId | null
  /** Who holds it while reserved or working. */
  operator: UserId | null
  attempt: AttemptId | null
  /** Attempts started so far. */
  attempts: number
  closedAs: ClosedAs | null
}

export type RecordEvent =
  | { type: 'offered'; operator: UserId; attempt: AttemptId }
  | { type: 'withdrawn'; attempt: AttemptId }
  | { type: 'started'; attempt: AttemptId }
  | { type: 'refused'; attempt: AttemptId; dueAt: Instant | null; close: ClosedAs | null }
  | {
      type: 'wrapped-up'
      attempt: AttemptId
      at: Instant
      outcome: Pick<Outcome, 'effect' | 'retryAfterMinutes'>
      callbackAt: Instant | null
      maxAttempts: number
      /** Numbers of the contact that are still good, after this outcome. */
      numbersLeft: number
      /** As it was when the contact called us, or was dialled by hand; null where it was made for that call. */
      found?: CampaignRecord | null
    }
  | {
      /** Dialled by the server, and nobody answered: what the technical retry rules make of it. */
      type: 'not-reached'
      attempt: AttemptId
      dueAt: Instant
      /** Whether this try is one of the record's attempts. */
      counts: boolean
      maxAttempts: number
      close: ClosedAs | null
    }
  /** The call goes on with another operator, under an attempt of theirs. */
  | { type: 'handed-on'; attempt: AttemptId; operator: UserId; to: AttemptId }
  | { type: 'called-in' | 'taken'; operator: UserId; attempt: AttemptId }
  | { type: 'given-back'; attempt: AttemptId; found: CampaignRecord | null }
  | { type: 'undone'; before: CampaignRecord }
  | { type: 'removed' }

export type RecordStep = { record: CampaignRecord } | { ignored: string }

export const newRecord: CampaignRecord = {
  state: 'waiting',
  kind: 'new',
  dueAt: null,
  callbackOperator: null,
  operator: null,
  attempt: null,
  attempts: 0,
  closedAs: null,
}

const free = { state: 'waiting', operator: null, attempt: null } as const

/** Moves a record by one event; what does not fit is `ignored` with the reason. */
export function next(record: CampaignRecord, event: RecordEvent): RecordStep {
  if ('attempt' in event && !isNew(event) && event.attempt !== record.attempt) {
    return ignore(record, event, 'another attempt')
  }
  switch (event.type) {
    case 'offered':
      if (record.state !== 'waiting') return ignore(record, event)
      return to(record, { state: 'reserved', operator: event.operator, attempt: event.attempt })
    case 'withdrawn':
      return record.state === 'reserved' ? to(record, free) : ignore(record, event)
    case 'started':
      if (record.state !== 'reserved') return ignore(record, event)
      return to(record, { state: 'working', attempts: record.attempts + 1 })
    case 'refused':
      if (record.state !== 'reserved') return ignore(record, event)
      return event.close === null ? to(record, { ...free, dueAt: event.dueAt }) : close(record, event.close)
    case 'wrapped-up':
      return record.state === 'working' ? wrapUp(record, event) : ignore(record, event)
    case 'not-reached':
      return record.state === 'working' ? notReached(record, event) : ignore(record, event)
    case 'handed-on':
      if (record.state !== 'working') return ignore(record, event)
      return to(record, { operator: event.operator, attempt: event.to })
    case 'called-in':
    case 'taken':
      if (record.state !== 'waiting' && record.state !== 'closed') return ignore(record, event)
      return to(record, {
        state: event.type === 'called-in' ? 'working' : 'reserved',
        operator: event.operator,
        attempt: event.attempt,
        closedAs: null,
      })
    case 'given-back':
      if (record.state !== 'reserved' && record.state !== 'working') return ignore(record, event)
      return event.found === null ? close(record, 'removed') : { record: event.found }
    case 'undone':
      return record.state === 'waiting' || record.state === 'closed'
        ? { record: event.before }
        : ignore(record, event)
    case 'removed':
      return record.state === 'waiting' ? close(record, 'removed') : ignore(record, event)
    default:
      return unreachable(event)
  }
}

/** Events that bring an attempt of their own. */
const isNew = ({ type }: RecordEvent) => type === 'offered' || type === 'called-in' || type === 'taken'

function wrapUp(record: CampaignRecord, event: Extract<RecordEvent, { type: 'wrapped-up' }>): RecordStep {
  const { effect } = event.outcome
  const { found } = event
  // A call beside the campaign that decided nothing neither opens what was closed nor takes a promised callback away.
  if (effect === 'retry' && found && (found.state === 'closed' || found.kind === 'callback')) {
    return { record: { ...found, attempts: record.attempts } }
  }
  switch (effect) {
    case 'close-positive':
      return close(record, 'positive')
    case 'close-negative':
      return close(record, 'negative')
    case 'do-not-call':
      return close(record, 'do-not-call')
    case 'wrong-number':
      if (event.numbersLeft === 0) return close(record, 'wrong-number')
      return retry(record, event, event.at)
    case 'callback':
      // A callback the customer asked for is kept even on the last attempt: it is a promise, not a try.
      return to(record, {
        ...free,
        kind: 'callback',
        dueAt: event.callbackAt,
        callbackOperator: record.operator,
      })
    case 'retry':
      return retry(record, event, event.at + (event.outcome.retryAfterMinutes ?? 0) * 60_000)
    default:
      return unreachable(effect)
  }
}

function notReached(
  record: CampaignRecord,
  event: Extract<RecordEvent, { type: 'not-reached' }>,
): RecordStep {
  const attempts = event.counts ? record.attempts : Math.max(0, record.attempts - 1)
  if (event.close !== null) return close({ ...record, attempts }, event.close)
  // A callback stays one: it is a promise, and no number of tries takes it back.
  const isCallback = record.kind === 'callback'
  if (!isCallback && attempts >= event.maxAttempts) return close({ ...record, attempts }, 'attempts-used-up')
  return to(record, { ...free, attempts, kind: isCallback ? 'callback' : 'retry', dueAt: event.dueAt })
}

function retry(
  record: CampaignRecord,
  event: Extract<RecordEvent, { type: 'wrapped-up' }>,
  dueAt: Instant,
): RecordStep {
  if (record.attempts >= event.maxAttempts) return close(record, 'attempts-used-up')
  return to(record, { ...free, kind: 'retry', dueAt, callbackOperator: null })
}

const close = (record: CampaignRecord, as: ClosedAs): RecordStep =>
  to(record, {
    state: 'closed',
    closedAs: as,
    operator: null,
    attempt: null,
    dueAt: null,
    callbackOperator: null,
  })

const to = (record: CampaignRecord, change: Partial<CampaignRecord>): RecordStep => ({
  record: { ...record, ...change },
})
const ignore = (
  record: CampaignRecord,
  event: RecordEvent,
  why = `state is ${record.state}`,
): RecordStep => ({
  ignored: `${event.type}: ${why}`,
})
