import type { Generated } from 'kysely'
import type { GoneReason } from '../../../shared/crm-api/callers.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import type { AttemptId, CallerId, CampaignId, ContactId, LegId, UserId } from '../../../shared/std/ids.ts'

/** Somebody who called in: waiting, ringing at an operator, answered, or gone unanswered. */
export interface CallerTable {
  id: CallerId
  /** On the switch. */
  channel: string
  campaign_id: CampaignId
  number: string | null
  name: string
  called: string
  came_at: Instant
  /** Who it is, as far as known. */
  contact_id: ContactId | null
  handed_from: AttemptId | null
  ring_operator: Generated<UserId | null>
  /** The attempt that it becomes where this operator answers. */
  ring_attempt: Generated<AttemptId | null>
  answered_at: Generated<Instant | null>
  gone_at: Generated<Instant | null>
  gone_reason: Generated<GoneReason | null>
  call_back_attempt: Generated<AttemptId | null>
}

export interface HandedCallTable {
  /** Of the operator who handed it over. */
  leg: LegId
  campaign_id: CampaignId | null
  contact_id: ContactId | null
  /** Channels on the switch. */
  customer: string
  peer: string
  party: string
  /** The party has not answered yet. */
  waits: boolean
}

export interface CallerTables {
  callers: CallerTable
  handed_calls: HandedCallTable
}
