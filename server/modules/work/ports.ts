import type { Kysely } from 'kysely'
import type { PhoneView } from '../../../shared/crm-api/phone.ts'
import type { StreamMessage } from '../../../shared/crm-api/stream.ts'
import type { LawProfile } from '../../../shared/domain/campaign/law.ts'
import type { Clock } from '../../../shared/std/clock.ts'
import type { Event } from '../../../shared/std/event.ts'
import type { Log } from '../../../shared/std/log.ts'
import type { MakeId, UserId } from '../../../shared/std/ids.ts'
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
