import type { Instant } from '../../std/clock.ts'
import type { CallId, LegId } from '../../std/ids.ts'
import { unreachable } from '../../std/never.ts'
import type { CommandName, Consult, CtiEvent, LegEnd, LegEvent, LegSnapshot, RecordingState } from './legs.ts'

/**
 * What the operator works on, from the first ring to the saved outcome.
 *
 *   dialed / leg-offered ──> ringing ──leg-answered──> talking ──leg-ended──> wrap-up ──wrapped-up──> closed
 *                               │                        │                      ^                       │
 *                               ├──leg-ended (ours)──────│──────────────────────┤<──────reopened────────┘
 *                               └──leg-ended (theirs, never answered)───────────│──────────────────> closed
 *   wrapped-up closes from ringing (ours) and talking too: one key hangs up and saves.
 *
 * Facts move the phase, wishes do not: a command sent and not yet confirmed is `asked`.
 */
export type Phase =
  | { name: 'ringing' }
  | { name: 'talking'; since: Instant; held: boolean; muted: boolean }
  | { name: 'wrap-up'; since: Instant }
  | { name: 'closed'; at: Instant; outcome: string | null }

export type PhaseName = Phase['name']

export interface Call {
  id: CallId
  leg: LegId
  direction: 'in' | 'out'
  /** The other party's number, E.164 where it is known. */
  peer: string
  phase: Phase
  startedAt: Instant
  answeredAt: Instant | null
  endedAt: Instant | null
  end: LegEnd | null
  switchCause: string | null
  /** A command sent and not yet confirmed by a fact. */
  asked: { command: CommandName; at: Instant } | null
  /** The last words of the other party, where the switch tells them. */
  caption: string | null
  /** The second party while the operator asks or hands over. */
  consult: Consult | null
  recording: RecordingState
}

export type CallEvent =
  | LegEvent
  | { type: 'asked' | 'ask-failed'; command: CommandName; at: Instant }
  | { type: 'wrapped-up'; outcome: string; at: Instant }
  | { type: 'reopened'; at: Instant }
  /** After a break: the switch has this leg, and it is as it says. */
  | { type: 'leg-found'; leg: LegId; found: LegSnapshot; at: Instant }
  /** How a call ended whose end was not heard, as the server knows it. */
  | ({ type: 'end-known'; leg: LegId; at: Instant } & EndFacts)

interface EndFacts {
  answeredAt: Instant | null
  end: LegEnd
  switchCause: string | null
}

export type Effect = { do: 'hang-up'; leg: LegId }
export type Step = { call: Call; effects: readonly Effect[] } | { ignored: string }

/** The first event of a call: one we dial, one the switch dials for us, or one it offers. Nothing else begins one. */
export function begin(
  event: CtiEvent | { type: 'dialed'; call: CallId; leg: LegId; to: string; at: Instant },
): Call | { ignored: string } {
  const fresh = {
    phase: { name: 'ringing' },
    startedAt: event.at,
    answeredAt: null,
    endedAt: null,
    end: null,
    switchCause: null,
    caption: null,
    consult: null,
    recording: 'off',
  } as const
  if (event.type === 'dialed') {
    const asked = { command: 'dial', at: event.at } as const
    return { ...fresh, id: event.call, leg: event.leg, direction: 'out', peer: event.to, asked }
  }
  if (event.type === 'leg-dialed') {
    return { ...fresh, id: event.call, leg: event.leg, direction: 'out', peer: event.to, asked: null }
  }
  if (event.type === 'leg-offered') {
    return { ...fresh, id: event.call, leg: event.leg, direction: 'in', peer: event.from, asked: null }
  }
  return { ignored: `${event.type} begins no call` }
}

/** A call that is up on the switch before we know of it: dialled or offered while we were away. */
export function beginFound(found: LegSnapshot): Call {
  const { leg, call, startedAt: at, peer } = found
  const begun = begin(
    found.direction === 'out'
      ? { type: 'leg-dialed', leg, call, from: '', to: peer, at }
      : { type: 'leg-offered', leg, call, from: peer, to: found.to, at },
  )
  if ('ignored' in begun) throw new Error(begun.ignored)
  const step = next(begun, { type: 'leg-found', leg, found, at })
  return 'ignored' in step ? begun : step.call
}

/** Moves a call by one event. Never throws: what does not fit is `ignored` with the reason, counted by the caller. */
export function next(call: Call, event: CallEvent): Step {
  if ('leg' in event && event.leg !== call.leg) return ignore(call, event, 'another leg')
  switch (event.type) {
    case 'leg-offered':
    case 'leg-dialed':
      return ignore(call, event, 'already begun')
    case 'leg-ringing':
      return call.phase.name === 'ringing' ? to(call, { asked: null }) : ignore(call, event)
    case 'leg-answered':
      if (call.phase.name !== 'ringing') return ignore(call, event)
      return to(call, {
        phase: { name: 'talking', since: event.at, held: false, muted: false },
        answeredAt: event.at,
        asked: null,
      })
    case 'leg-held':
    case 'leg-resumed':
      if (call.phase.name !== 'talking') return ignore(call, event)
      return to(call, { phase: { ...call.phase, held: event.type === 'leg-held' }, asked: null })
    case 'leg-muted':
    case 'leg-unmuted':
      if (call.phase.name !== 'talking') return ignore(call, event)
      return to(call, { phase: { ...call.phase, muted: event.type === 'leg-muted' }, asked: null })
    case 'leg-caption':
      return call.phase.name === 'talking' ? to(call, { caption: event.text }) : ignore(call, event)
    case 'leg-consult':
      return call.phase.name === 'talking'
        ? to(call, { consult: event.consult, asked: null })
        : ignore(call, event)
    case 'leg-recording':
      return call.phase.name === 'talking'
        ? to(call, { recording: event.recording, asked: null })
        : ignore(call, event)
    case 'leg-ended':
      return ended(call, event)
    case 'leg-found':
      return found(call, event)
    case 'end-known':
      return endKnown(call, event)
    case 'asked':
      return call.phase.name === 'ringing' || call.phase.name === 'talking'
        ? to(call, { asked: { command: event.command, at: event.at } })
        : ignore(call, event)
    case 'ask-failed':
      return call.asked?.command === event.command ? to(call, { asked: null }) : ignore(call, event)
    case 'wrapped-up':
      return wrappedUp(call, event)
    case 'reopened':
      if (call.phase.name !== 'closed' || call.phase.outcome === null) return ignore(call, event)
      return to(call, { phase: { name: 'wrap-up', since: event.at } })
    default:
      return unreachable(event)
  }
}

function ended(call: Call, event: Extract<CallEvent, { type: 'leg-ended' }>): Step {
  if (call.phase.name !== 'ringing' && call.phase.name !== 'talking') return ignore(call, event)
  const facts = {
    endedAt: event.at,
    end: event.end,
    switchCause: event.switchCause ?? null,
    asked: null,
    ...still,
  }
  const missed = call.phase.name === 'ringing' && call.direction === 'in'
  const phase: Phase = missed
    ? { name: 'closed', at: event.at, outcome: null }
    : { name: 'wrap-up', since: event.at }
  return to(call, { ...facts, phase })
}

function found(call: Call, event: Extract<CallEvent, { type: 'leg-found' }>): Step {
  if (call.phase.name !== 'ringing' && call.phase.name !== 'talking') return ignore(call, event)
  const { state, held, muted, consult, recording, answeredAt } = event.found
  if (state === 'ringing') return to(call, { asked: null })
  const since = call.phase.name === 'talking' ? call.phase.since : (answeredAt ?? event.at)
  return to(call, {
    phase: { name: 'talking', since, held, muted },
    answeredAt: call.answeredAt ?? since,
    asked: null,
    consult,
    recording,
  })
}

function endKnown(call: Call, event: Extract<CallEvent, { type: 'end-known' }>): Step {
  const { at, leg, answeredAt, end, switchCause } = event
  if (call.phase.name === 'wrap-up' && call.end === 'lost') {
    return to(call, { answeredAt, end, switchCause, endedAt: at })
  }
  const cause = switchCause === null ? {} : { switchCause }
  return ended({ ...call, answeredAt }, { type: 'leg-ended', leg, end, at, ...cause })
}

function wrappedUp(call: Call, event: Extract<CallEvent, { type: 'wrapped-up' }>): Step {
  if (call.phase.name === 'closed') return ignore(call, event)
  // Nobody talked: it is the next operator's, or answered first.
  if (call.phase.name === 'ringing' && call.direction === 'in') return ignore(call, event)
  const phase = { name: 'closed', at: event.at, outcome: event.outcome } as const
  if (call.phase.name === 'wrap-up') return to(call, { phase })
  const end: LegEnd = call.phase.name === 'talking' ? 'hung-up-by-us' : 'cancelled'
  return {
    call: { ...call, phase, end, endedAt: event.at, asked: null, ...still },
    effects: [{ do: 'hang-up', leg: call.leg }],
  }
}

const still = { consult: null, recording: 'off' } as const
const to = (call: Call, change: Partial<Call>): Step => ({ call: { ...call, ...change }, effects: [] })
const ignore = (call: Call, event: CallEvent, why = `phase is ${call.phase.name}`): Step => ({
  ignored: `${event.type}: ${why}`,
})
