import type { Kysely } from 'kysely'
import type { AuditAction } from '../../../shared/crm-api/audit.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import type { Database } from '../../db/schema.ts'

export interface AuditDraft {
  at: Instant
  /** Null where nobody is known. */
  username: string | null
  address: string
  action: AuditAction
  /** Id or name of what it was done to. */
  subject: string | null
  /** Plain data; never a password, a token or a whole phone number. */
  details: Record<string, unknown>
}

/** What other modules use of the audit. */
export interface AuditLog {
  /** Adds an entry on the caller's transaction, so that deed and entry stand or fall together. */
  add(db: Kysely<Database>, entry: AuditDraft): Promise<void>
}

/** The part of an entry that a request knows: `audit.add(tx, { ...askedBy(context), action, subject, details })`. */
export const askedBy = (context: {
  user: { username: string } | null
  address: string
  now: Instant
}): Pick<AuditDraft, 'at' | 'username' | 'address'> => ({
  at: context.now,
  username: context.user?.username ?? null,
  address: context.address,
})

/** Every text in subject and details that could be an id. */
export function textsIn({ subject, details }: Pick<AuditDraft, 'subject' | 'details'>): string[] {
  return [subject, ...Object.values(details)].flat().filter((value) => typeof value === 'string')
}
