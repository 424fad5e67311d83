import type { Kysely } from 'kysely'
import type { PhoneProblem, PhoneView } from '../../../shared/crm-api/phone.ts'
import type { Supervisor } from '../../../shared/crm-api/supervision.ts'
import type { StreamMessage } from '../../../shared/crm-api/stream.ts'
import type { LawProfile } from '../../../shared/domain/campaign/law.ts'
import type { Clock } from '../../../shared/std/clock.ts'
import type { Event } from '../../../shared/std/event.ts'
import type { Log } from '../../../shared/std/log.ts'
import type { AttemptId, CampaignId, MakeId, UserId } from '../../../shared/std/ids.ts'
import type { Database } from '../../db/schema.ts'
import type { AuditLog } from '../audit/rules.ts'
import type { ContactReader } from '../contacts/rules.ts'

export type Db = Kysely<Database>

/** What the work needs of the stream: who is there, and a way to tell them. */
export interface Presence {
  isHere(user: UserId): boolean
  presence: Event<{ user: { id: UserId; role: string }; here: boolean; signedOut: boolean }>
  toUser(user: UserId, message: StreamMessage): void
}

/** What the work needs of the operators' phones; whoever has none needs none. */
export interface PhonePort {
  of(user: UserId): Omit<PhoneView, 'needed'>
  /** Whether real calls can be made for this operator now: link and phone are up. */
  canDial(user: UserId): boolean
  /** A colleague asks them something or hands them a call: no work meanwhile. */
  isEngaged(user: UserId): boolean
  /** A caller waits whom this operator, of these campaigns, could be rung for: that comes before any record. */
  isAwaited(user: UserId, campaigns: readonly CampaignId[]): boolean
  /** They want to work: `up`, or on its way (`phoneUp` of the module follows), or what is in the way. */
  want(user: UserId): 'up' | 'coming' | PhoneProblem
  /** They do not want to any more. */
  unwant(user: UserId): void
  /** Before everything that goes out, for an outside line. */
  outsidePrefix: string
  /** Supervisors who are with the operator's call, as far as the operator is to know. */
  supervised(user: UserId): Supervisor[]
  /** The server dials for this operator; what becomes of it comes back by the module's methods. */
  dial(plan: DialPlan): Promise<void>
}

/** All that the switch needs to know of an outbound call. */
export interface DialPlan {
  attempt: AttemptId
  user: UserId
  /** E.164, as the law function allowed it. */
  phone: string
  /** What is put before it: the outside line's, the user's, the campaign's. */
  prefix: string
  callerId: string
  recording: 'off' | 'always' | 'on-demand'
}

export interface WorkPorts {
  db: Db
  clock: Clock
  makeId: MakeId
  audit: AuditLog
  hub: Presence
  law: LawProfile
  contacts: ContactReader
  /** Null where the server has no switch. */
  phone: PhonePort | null
  log: Log
}
