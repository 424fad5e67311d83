import type { ColumnType, GeneratedAlways } from 'kysely'
import type { Grammar } from '../../../shared/crm-api/users.ts'
import type { Role } from '../../../shared/crm-api/resource.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import type { UserId } from '../../../shared/std/ids.ts'

export interface UserTable {
  id: UserId
  username: string
  display_name: string
  role: Role
  grammar: Grammar
  active: boolean
  must_change_password: boolean
  /** Argon2id in PHC form. */
  password_hash: string
  /** Wrong passwords in a row. */
  wrong_tries: number
  locked_until: Instant | null
  last_sign_in_at: Instant | null
  created_at: Instant
}

/** An open session; it is deleted when it ends. */
export interface SessionTable {
  id: string
  /** SHA-256 of the token, hex: whoever reads the database cannot sign in with it. */
  token_hash: string
  user_id: UserId
  address: string
  started_at: Instant
  last_seen_at: Instant
}

/** Only ever added to; a trigger refuses UPDATE and DELETE. */
export interface AuditTable {
  id: GeneratedAlways<number>
  at: Instant
  username: string | null
  address: string
  action: string
  subject: string | null
  details: ColumnType<Record<string, unknown>, Record<string, unknown>, never>
}

export interface IdentityTables {
  user_account: UserTable
  session: SessionTable
  audit_entry: AuditTable
}
