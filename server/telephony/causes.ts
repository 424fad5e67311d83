import type { LegEnd } from '../../shared/domain/call/legs.ts'

/** Why a channel ended, finer than the end of a leg: what is the customer's, the number's, our carrier's, ours. */
export const endClasses = [
  'answered',
  'busy',
  'no-answer',
  'unreachable',
  /** No final answer from the gateway (408). */
  'no-response',
  'rejected',
  'invalid-number',
  /** The number is written in a way the carrier does not take (484): ours to correct. */
  'invalid-format',
  'changed',
  'congestion',
  /** Our account, caller id or codecs at the carrier: an alarm, never the customer's fault. */
  'trunk-error',
  'cancelled',
  'lost',
] as const
export type EndClass = (typeof endClasses)[number]
type FailureClass = Exclude<EndClass, 'answered'>

export interface EndFacts {
  direction: 'in' | 'out'
  /** Whether it was ever up, by an event or by the state it ended in. */
  wasUp: boolean
  /** What we had asked for before it ended; our own timer is the truth about a time-out (asterisk/asterisk#963). */
  asked: 'hang-up' | 'time-out' | null
  /** ITU-T Q.850; null where the switch did not say. */
  cause: number | null
  /** SIP status; absent in Asterisk before 22.7, after an answer and when we cancel. */
  techCause: number | null
}

/** Pure. Measured on Asterisk 22.10.1, see tests/contract/telephony.contract.ts for the same on the real one. */
export function endOf(facts: EndFacts): { end: LegEnd; class: EndClass } {
  const { asked, direction, wasUp } = facts
  // Also where our cancel was accepted and lost the race: somebody answered for an instant.
  if (wasUp) return { end: asked === null ? 'hung-up-by-them' : 'hung-up-by-us', class: 'answered' }
  if (asked === 'time-out') return of('no-answer')
  if (direction === 'in') return asked === null ? of('cancelled') : { end: 'rejected', class: 'rejected' }
  if (asked === 'hang-up') return of('cancelled')
  return of(classOf(facts.techCause, facts.cause))
}

/** What is missed in a gap: it is over, nobody knows since when or why. */
export const lostEnd = { end: 'lost', class: 'lost' } as const

/** The SIP status says more than the Q.850 number that Asterisk makes of it (asterisk/asterisk#1819). */
const bySip: Readonly<Record<number, FailureClass>> = {
  301: 'changed',
  // Asterisk does not follow it (redirect_method=user on a trunk would); for us there is nobody at this number.
  302: 'unreachable',
  401: 'trunk-error',
  403: 'trunk-error',
  404: 'invalid-number',
  407: 'trunk-error',
  408: 'no-response',
  410: 'changed',
  480: 'unreachable',
  484: 'invalid-format',
  485: 'invalid-number',
  486: 'busy',
  487: 'cancelled',
  488: 'trunk-error',
  600: 'busy',
  603: 'rejected',
  604: 'invalid-number',
  606: 'trunk-error',
}

const byCause: Readonly<Record<number, FailureClass>> = {
  1: 'invalid-number',
  3: 'congestion',
  17: 'busy',
  18: 'no-response',
  19: 'no-answer',
  // An operator's phone that is not registered.
  20: 'unreachable',
  21: 'rejected',
  22: 'changed',
  23: 'unreachable',
  27: 'congestion',
  28: 'invalid-format',
  34: 'congestion',
  38: 'congestion',
  42: 'congestion',
  44: 'congestion',
  58: 'trunk-error',
  102: 'congestion',
  127: 'cancelled',
}

function classOf(techCause: number | null, cause: number | null): FailureClass {
  if (techCause !== null) {
    const known = bySip[techCause]
    if (known !== undefined) return known
    if (techCause >= 500 && techCause < 600) return 'congestion'
    if (techCause >= 600) return 'rejected'
  }
  // Nobody hung up, nothing was said: it did not fail at the customer's.
  return byCause[cause ?? 0] ?? 'congestion'
}

const endByClass: Readonly<Record<FailureClass, LegEnd>> = {
  busy: 'busy',
  'no-answer': 'no-answer',
  unreachable: 'unreachable',
  // The next two are the carrier's or ours: tried again soon and not counted against the customer.
  'no-response': 'congestion',
  'trunk-error': 'congestion',
  congestion: 'congestion',
  rejected: 'rejected',
  'invalid-number': 'invalid-number',
  'invalid-format': 'invalid-number',
  changed: 'invalid-number',
  cancelled: 'cancelled',
  lost: 'lost',
}

const of = (kind: FailureClass): { end: LegEnd; class: EndClass } => ({
  end: endByClass[kind],
  class: kind,
})
