import type { Kysely } from 'kysely'
import { jsonb } from '../../db/connect.ts'
import type { Database } from '../../db/schema.ts'
import type { AuditDraft } from './rules.ts'

export interface AuditFilter {
  action?: string | undefined
  username?: string | undefined
}

export interface AuditRow extends AuditDraft {
  id: number
}

export async function addEntry(db: Kysely<Database>, entry: AuditDraft): Promise<void> {
  await db
    .insertInto('audit_entry')
    .values({ ...entry, details: jsonb(entry.details) })
    .execute()
}

const filtered = (db: Kysely<Database>, { action, username }: AuditFilter) => {
  let query = db.selectFrom('audit_entry')
  if (action !== undefined) query = query.where('action', '=', action)
  if (username !== undefined) query = query.where('username', '=', username)
  return query
}

/** Newest first, from below the id `before`. */
export async function listEntries(
  db: Kysely<Database>,
  filter: AuditFilter,
  before: number | null,
  limit: number,
): Promise<{ rows: AuditRow[]; total: number }> {
  let query = filtered(db, filter).selectAll()
  if (before !== null) query = query.where('id', '<', before)
  const rows = await query.orderBy('id', 'desc').limit(limit).execute()
  const { total } = await filtered(db, filter)
    .select((each) => each.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { rows, total }
}
