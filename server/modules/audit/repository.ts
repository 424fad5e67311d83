import { sql, type Kysely } from 'kysely'
import { jsonb } from '../../db/connect.ts'
import type { Database } from '../../db/schema.ts'
import type { AuditDraft } from './rules.ts'

export interface AuditFilter {
  action?: string | undefined
  username?: string | undefined
}

export interface AuditRow extends Omit<AuditDraft, 'action'> {
  id: number
  action: string
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

/** What users, campaigns and imports with one of these ids are called. */
export async function namesOf(
  db: Kysely<Database>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, display_name as name from user_account where id = any(${ids})
    union all select id, description from campaigns where id = any(${ids})
    union all select id, file_name from imports where id = any(${ids})`.execute(db)
  return new Map(rows.map(({ id, name }) => [id, name]))
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
