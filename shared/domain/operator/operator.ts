import type { Instant } from '../../std/clock.ts'
import type { AttemptId } from '../../std/ids.ts'
import { unreachable } from '../../std/never.ts'

/**
 * What an operator is doing, as the server knows it (the server owns this truth while the operator is connected).
 *
 *   offline ──signed-in──> break(start) ──asked-ready──> ready ──offered──> reserved ──dialed──> ringing ─┐
 *                              ^                           ^ ^                 │                          │answered
 *                              │                           │ └─withdrawn───────┘                          v
 *                              └──── wanted a break ───────┴──wrapped-up── wrap-up <──ended── talking ────┘
 *
 * `not-reached` leads from ringing straight back: the server dialed, and nobody answered.
 *
 * A call that comes in: ready ──rung──> ringing ──answered──> talking; unanswered it leads back by `not-reached` where
 * caller or operator gave it up, and by `missed` to missed where nobody did anything: no more calls until the operator
 * says `asked-ready` (or a break).
 *
 * A break asked for during a call is a wish (`wanted`) that the wrap-up grants.
 * `disconnected` shows as offline but keeps the attempt: its outcome may still be on the operator's disk. Coming back
 * resumes where it was; the client then tells again what its line does, for what happened meanwhile.
 */
export const operatorStates = [
  'offline',
  'ready',
  'reserved',
  'ringing',
  'talking',
  'wrap-up',
  'break',
  'missed',
] as const
export type OperatorState = (typeof operatorStates)[number]

export const breakReasons = ['start', 'coffee', 'lunch', 'training', 'technical', 'other'] as const
export type BreakReason = (typeof breakReasons)[number]

export interface Operator {
  state: OperatorState
  since: Instant
  breakReason: BreakReason | null
  wanted: BreakReason | null
  attempt: AttemptId | null
  /** While offline with an attempt open: the state to come back to. */
  resume: 'reserved' | 'ringing' | 'talking' | 'wrap-up' | null
}

export type OperatorEvent = { at: Instant } & (
  | { type: 'signed-in' | 'signed-out' | 'connected' | 'disconnected' | 'asked-ready' }
  | { type: 'asked-break'; reason: BreakReason }
  | { type: 'offered' | 'dialed' | 'reopened' | 'rung'; attempt: AttemptId }
  | { type: AboutAttempt; attempt: AttemptId }
)

/** Events of the attempt on the desk; those of another one are ignored. */
type AboutAttempt = 'answered' | 'ended' | 'wrapped-up' | 'withdrawn' | 'not-reached' | 'missed'

export type OperatorStep = { operator: Operator } | { ignored: string }

export const offline = (at: Instant): Operator => ({
  state: 'offline',
  since: at,
  breakReason: null,
  wanted: null,
  attempt: null,
  resume: null,
})

/** Moves an operator by one event; what does not fit is `ignored` with the reason, never an exception. */
export function next(operator: Operator, event: OperatorEvent): OperatorStep {
  const { state } = operator
  if (isAboutAttempt(event) && event.attempt !== operator.attempt) {
    return ignore(operator, event, 'another attempt')
  }
  switch (event.type) {
    case 'signed-in':
      return arrive(operator, event.at, 'start')
    case 'connected':
      return arrive(operator, event.at, operator.breakReason ?? 'start')
    case 'disconnected':
      return state === 'offline' ? ignore(operator, event) : leave(operator, event.at, {})
    case 'signed-out':
      return state === 'offline' && operator.wanted === null
        ? ignore(operator, event)
        : leave(operator, event.at, { wanted: null, breakReason: null })
    case 'asked-ready':
      if (state === 'break' || state === 'missed')
        return to(operator, event.at, { state: 'ready', breakReason: null, wanted: null })
      if (busy(state) && operator.wanted !== null) return { operator: { ...operator, wanted: null } }
      return ignore(operator, event)
    case 'asked-break':
      return askedBreak(operator, event)
    case 'offered':
      return state === 'ready' && operator.attempt === null
        ? to(operator, event.at, { state: 'reserved', attempt: event.attempt })
        : ignore(operator, event)
    case 'rung':
      return state === 'ready' && operator.attempt === null
        ? to(operator, event.at, { state: 'ringing', attempt: event.attempt })
        : ignore(operator, event)
    case 'dialed':
      return state === 'reserved' && event.attempt === operator.attempt
        ? to(operator, event.at, { state: 'ringing' })
        : ignore(operator, event)
    case 'answered':
      return progress(operator, event, ['ringing'], 'talking')
    case 'ended':
      return progress(operator, event, ['ringing', 'talking'], 'wrap-up')
    case 'withdrawn':
      return state === 'reserved' ? free(operator, event.at) : forget(operator, event)
    case 'wrapped-up':
      return state === 'ringing' || state === 'talking' || state === 'wrap-up'
        ? free(operator, event.at)
        : forget(operator, event)
    case 'not-reached':
      // The server called for the operator and nobody answered: there is nothing to wrap up.
      return state === 'ringing' ? free(operator, event.at) : forget(operator, event)
    case 'missed':
      if (state !== 'ringing') return forget(operator, event)
      return operator.wanted === null
        ? to(operator, event.at, { state: 'missed', attempt: null })
        : free(operator, event.at)
    case 'reopened':
      return (state === 'ready' || state === 'break' || state === 'missed') && operator.attempt === null
        ? to(operator, event.at, {
            state: 'wrap-up',
            attempt: event.attempt,
            breakReason: null,
            // The break that the first outcome granted is granted by the second one again.
            wanted: state === 'break' ? operator.breakReason : operator.wanted,
          })
        : ignore(operator, event)
    default:
      return unreachable(event)
  }
}

type Busy = NonNullable<Operator['resume']>
const busy = (state: OperatorState): state is Busy =>
  state === 'reserved' || state === 'ringing' || state === 'talking' || state === 'wrap-up'

const aboutAttempt: readonly string[] = [
  'answered',
  'ended',
  'wrapped-up',
  'withdrawn',
  'not-reached',
  'missed',
] satisfies AboutAttempt[]
const isAboutAttempt = (event: OperatorEvent): event is Extract<OperatorEvent, { type: AboutAttempt }> =>
  aboutAttempt.includes(event.type)

function leave(operator: Operator, at: Instant, change: Partial<Operator>): OperatorStep {
  const resume = busy(operator.state) ? operator.state : operator.resume
  return to(operator, at, { ...change, state: 'offline', resume })
}

/** What the line does; heard while the stream is down it counts for the state to come back to. */
function progress(
  operator: Operator,
  event: OperatorEvent,
  from: readonly OperatorState[],
  then: Busy,
): OperatorStep {
  if (from.includes(operator.state)) return to(operator, event.at, { state: then })
  if (operator.state === 'offline' && operator.resume !== null && from.includes(operator.resume)) {
    return { operator: { ...operator, resume: then } }
  }
  return ignore(operator, event)
}

/** Back from offline: to the open attempt where it was left, else to a break that the operator ends. */
function arrive(operator: Operator, at: Instant, reason: BreakReason): OperatorStep {
  if (operator.state !== 'offline') return { ignored: 'already here' }
  if (operator.attempt !== null) {
    return to(operator, at, { state: operator.resume ?? 'wrap-up', resume: null })
  }
  return to(operator, at, { state: 'break', breakReason: reason, wanted: null })
}

function askedBreak(
  operator: Operator,
  event: Extract<OperatorEvent, { type: 'asked-break' }>,
): OperatorStep {
  if (operator.state === 'ready' || operator.state === 'break' || operator.state === 'missed') {
    return to(operator, event.at, { state: 'break', breakReason: event.reason, wanted: null })
  }
  return busy(operator.state) ? { operator: { ...operator, wanted: event.reason } } : ignore(operator, event)
}

/** The attempt is over: grant the break that was wanted, else ready again. */
function free(operator: Operator, at: Instant): OperatorStep {
  const reason = operator.wanted
  return reason === null
    ? to(operator, at, { state: 'ready', attempt: null })
    : to(operator, at, { state: 'break', breakReason: reason, wanted: null, attempt: null })
}

/** The attempt is over while the operator is offline: nothing to show, but it is no longer open. */
function forget(operator: Operator, event: OperatorEvent): OperatorStep {
  return operator.state === 'offline'
    ? { operator: { ...operator, attempt: null, resume: null } }
    : ignore(operator, event)
}

const to = (operator: Operator, at: Instant, change: Partial<Operator>): OperatorStep => ({
  operator: { ...operator, ...change, since: at },
})
const ignore = (
  operator: Operator,
  event: OperatorEvent,
  why = `state is ${operator.state}`,
): OperatorStep => ({
  ignored: `${event.type}: ${why}`,
})
