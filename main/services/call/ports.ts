import type { Draft } from '../../../shared/contract/call.ts'
import type { Offer, OperatorView, WrapUp } from '../../../shared/crm-api/work.ts'
import type { Call } from '../../../shared/domain/call/call.ts'
import type { Clock, Instant } from '../../../shared/std/clock.ts'
import type { AttemptId, CampaignId, ContactId, MakeId, UserId } from '../../../shared/std/ids.ts'
import type { Event, Watchable } from '../../../shared/std/event.ts'
import type { Log } from '../../../shared/std/log.ts'
import type { Lines } from '../../cti/driver.ts'
import type { CrmCalls } from '../crm/ports.ts'
import type { Delivery, NewOutboxRow } from '../outbox/ports.ts'
import type { SignedInUser } from '../session/ports.ts'

/** One attempt as it is on disk. `call` is null until the server has allowed it; `closed` when it left the desk. */
export interface Journaled {
  attempt: AttemptId
  user: UserId
  offer: Offer
  call: Call | null
  draft: Draft
  updated: Instant
  closed: boolean
}

/** Every write is on disk when it returns; a disk that refuses throws `internal` with `details.store`. */
export interface CallStore {
  find(attempt: AttemptId): Journaled | undefined
  /** The call of this user that was on the desk when the program ended. */
  openCall(user: UserId): Journaled | undefined
  /** Puts an attempt on the desk; other attempts of the user that never became a call are closed. */
  open(row: Omit<Journaled, 'closed'>): void
  saveCall(attempt: AttemptId, call: Call, at: Instant): void
  saveDraft(attempt: AttemptId, draft: Draft, at: Instant): void
  close(attempt: AttemptId, at: Instant): void
  /** ONE transaction: the call is closed and its outcome is in the outbox. */
  wrapUp(row: { call: Call; draft: Draft; at: Instant; outbox: NewOutboxRow<WrapUp> }): void
  /** ONE transaction: the call is open again and the server will be told. */
  reopen(row: { call: Call; at: Instant; outbox: NewOutboxRow<null> }): void
  /** What became of the last wrap-up of this attempt. */
  delivery(attempt: AttemptId): Delivery
  /** The server will be asked to take the outcome back; the call stays closed. */
  askUndo(outbox: NewOutboxRow<'asked'>): void
  /** The wrap-up that was saved under this key. */
  savedAs(key: string): { attempt: AttemptId; savedAt: Instant } | undefined
}

/** What the server says is on this operator's desk, and what the operator does there. */
export type ServerWork = (NonNullable<OperatorView['work']> & Pick<OperatorView, 'state'>) | null

export interface CallPorts {
  lines: Lines
  store: CallStore
  work: Pick<CrmCalls['work'], 'start' | 'skip' | 'progress'>
  signedIn: Watchable<SignedInUser | null>
  /** What the server says is on this operator's desk. */
  serverWork: Event<ServerWork>
  /** The record of a number dialled by hand comes to the desk before this resolves. */
  askForNumber: (input: { phone: string; campaign?: CampaignId | undefined }) => Promise<void>
  /** The record on the desk is of that contact before this resolves. */
  identify: (input: { attempt: AttemptId; contact: ContactId }) => Promise<void>
  connected: () => boolean
  kickOutbox: () => void
  /** Calls may come to this operator that they did not make themselves. */
  callsCome: () => boolean
  /** See `OutboxService`. */
  undosHeard: (signal: AbortSignal) => Promise<boolean>
  undosWait: () => boolean
  outboxChanged: Event<unknown>
  clock: Clock
  makeId: MakeId
  log: Log
}
