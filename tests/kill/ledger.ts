import type { Draft } from '../../shared/contract/call.ts'
import type { Instant } from '../../shared/std/clock.ts'
import type { AttemptId, OutcomeCode, RecordId, UserId } from '../../shared/std/ids.ts'

/** A call whose "saved" was shown, or whose wrap-up was sent and left the desk without an answer. */
export interface WrappedUp {
  key: string
  attempt: AttemptId
  record: RecordId
  operator: UserId
  outcome: OutcomeCode
  callbackAt: Instant | null
  note: string
  answers: Record<string, unknown>
  /** Null where no answer ever came. */
  savedAt: Instant | null
}

/** When an operator had a call of a record in hand, by what the page showed. */
export interface InHand {
  record: RecordId
  attempt: AttemptId
  operator: UserId
  from: Instant
  to: Instant
}

/** What the operators themselves remember, apart from every program under test. */
export interface Ledger {
  wrappedUp: WrappedUp[]
  /** Saved, and then taken back; what was saved instead is in `wrappedUp`. */
  takenBack: WrappedUp[]
  /** Given back unread, with an answer that said so. */
  skipped: AttemptId[]
  inHand: InHand[]
  /** Refusals that no death explains, and words that were gone after a restart. */
  complaints: string[]
  /** How often something typed was on the desk again after a client had been killed. */
  restored: number
}

export const emptyLedger = (): Ledger => ({
  wrappedUp: [],
  takenBack: [],
  skipped: [],
  inHand: [],
  complaints: [],
  restored: 0,
})

/** All that was typed for one attempt: in the order in which it was sent, and how far it was acknowledged. */
export interface Typed {
  sent: Draft[]
  /** How many of `sent` were acknowledged; each of them, and all before, must survive. */
  acknowledged: number
}

/** Whether this draft is at least as new as the last acknowledged one. */
export function isKept({ sent, acknowledged }: Typed, found: Draft): boolean {
  if (acknowledged === 0) return true
  return sent.slice(acknowledged - 1).some((draft) => isSame(draft, found))
}

/** Equal as JSON with keys in any order: PostgreSQL's jsonb keeps none. */
export function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(sorted(left)) === JSON.stringify(sorted(right))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inside]) => [name, sorted(inside)]),
  )
}
