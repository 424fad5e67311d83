import type { WrapUp } from '../../../shared/crm-api/work.ts'
import type { Clock, Instant, Random } from '../../../shared/std/clock.ts'
import type { ErrorCode } from '../../../shared/std/errors.ts'
import type { Watchable } from '../../../shared/std/event.ts'
import type { AttemptId, UserId } from '../../../shared/std/ids.ts'
import type { Log } from '../../../shared/std/log.ts'
import type { CrmCalls } from '../crm/ports.ts'
import type { SignedInUser } from '../session/ports.ts'

export type OutboxKind = 'wrap-up' | 'undo'
/** Of an attempt's last wrap-up: `none` where there is none, or where it was taken back (asked: once the server did). */
export type Delivery = 'none' | 'waiting' | 'delivered' | 'refused'

/** What a person sees of an entry if the server refuses it. */
export interface Shown {
  contact: string
  outcome: { it: string; en: string }
}

/** `asked`: the desk stays as it is until the server has taken it back; what it refuses was only a question. */
export type UndoBody = 'asked' | null

export interface NewOutboxRow<B extends WrapUp | UndoBody = WrapUp | UndoBody> {
  key: string
  kind: OutboxKind
  attempt: AttemptId
  user: UserId
  body: B
  shown: Shown
  created: Instant
}

export type OutboxRow = { key: string; attempt: AttemptId; tries: number; nextTry: Instant } & (
  | { kind: 'wrap-up'; body: WrapUp }
  | { kind: 'undo' }
  /** Written by another version of this program in a form that is not understood. */
  | { kind: 'unreadable' }
)

export interface OutboxProblem {
  key: string
  code: string
  at: Instant
  shown: Shown
}

export interface OutboxStore {
  /** Undelivered rows of one user that nobody refused, oldest first. */
  waiting(user: UserId): readonly OutboxRow[]
  /** How many wait, by user. */
  counts(): ReadonlyMap<UserId, number>
  /** Refused for good and not put aside. */
  problems(user: UserId): readonly OutboxProblem[]
  delivered(key: string, at: Instant): void
  failed(key: string, nextTry: Instant): void
  /**
   * For good. An undo waiting behind a refused wrap-up has nothing to undo: it is dropped with it, unseen. An undo that
   * was only asked is refused unseen, and goes its own way: the wrap-up before it stays a problem.
   */
  refused(key: string, code: ErrorCode, at: Instant): void
  setAside(key: string, user: UserId): boolean
  /** Everything of this user may be tried at once. */
  hurry(user: UserId): void
}

export interface OutboxPorts {
  store: OutboxStore
  work: Pick<CrmCalls['work'], 'wrapUp' | 'undo'>
  signedIn: Watchable<SignedInUser | null>
  link: Watchable<'up' | 'down'>
  language: () => 'it' | 'en'
  clock: Clock
  random: Random
  log: Log
}
