import type { Group } from '../../shared/crm-api/lines.ts'
import type { GoneReason } from '../../shared/crm-api/callers.ts'
import type { Event } from '../../shared/std/event.ts'
import type { Instant } from '../../shared/std/clock.ts'
import type { AttemptId, CallerId, CampaignId, ContactId, UserId } from '../../shared/std/ids.ts'
import type { FreeOperator } from './queue.ts'

/** Somebody who waits in a campaign's queue. */
export interface Queued {
  caller: CallerId
  channel: string
  campaign: CampaignId
  priority: number
  /** E.164 where it can be read as such; '' where withheld. */
  from: string
  called: string
  since: Instant
}

/** A call that an operator has, on its way into a queue. */
export interface HandedCall {
  channel: string
  campaign: CampaignId
  contact: ContactId | null
  /** The attempt whose operator hands it on; null where nobody has to say any more how it went. */
  from: AttemptId | null
  peer: string
}

/** The books of the queues, which are the server's other half. */
export interface QueueBook {
  /** Notes a call that came in. Null where the called number is of no running or suspended campaign. */
  arrived(
    call: { channel: string; from: string | null; name: string | null; to: string },
    at: Instant,
  ): Promise<(Queued & { isOpen: boolean; isStaffed: boolean }) | null>
  handedIn(call: HandedCall, at: Instant): Promise<Queued>
  /** Of a server that starts: who was waiting; nothing rings any more. */
  waiting(): Promise<Queued[]>
  /** Some operator of the campaign is signed in, or was a moment ago. */
  isStaffed(campaign: CampaignId): Promise<boolean>
  gone(caller: CallerId, reason: GoneReason, at: Instant): Promise<void>
  ringable(): Promise<FreeOperator[]>
  /** Puts the call on the operator's desk. False where operator or caller is not free for it any more. */
  ring(user: UserId, caller: CallerId, attempt: AttemptId): Promise<boolean>
  /** Sends the operator what lies on their desk now: after their page has heard of the leg that rings. */
  show(user: UserId): Promise<void>
  /** `missed`: nobody did anything. `not-reached`: the operator declined, or the caller gave up. */
  ringOver(user: UserId, attempt: AttemptId, how: 'missed' | 'not-reached'): Promise<void>
  /** Throws `not-in-this-state` where it does not ring at this operator (any more). */
  answer(user: UserId, attempt: AttemptId): Promise<void>
  /** Where a call can be handed to. */
  groups(): Promise<Group[]>
  /** Campaign and contact of an attempt, for a call that goes into a queue. */
  aboutAttempt(attempt: AttemptId): Promise<{ campaign: CampaignId; contact: ContactId }>
  /** Operators or their work have changed. */
  changed: Event<void>
}
