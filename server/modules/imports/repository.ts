import type { Kysely, Selectable } from 'kysely'
import { sql } from 'kysely'
import { AppError } from '../../../shared/std/errors.ts'
import type { ContactId, ImportId } from '../../../shared/std/ids.ts'
import type { Database } from '../../db/schema.ts'
import type { ImportTable } from '../../db/tables/work.ts'
import type { Job } from './rules.ts'

export type Db = Kysely<Database>
export type ImportRow = Selectable<ImportTable>

/** Throws `not-found`. */
export async function findImport(db: Db, id: ImportId): Promise<ImportRow> {
  const row = await db.selectFrom('imports').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new AppError('not-found', 'no such import')
  return row
}

/** The import, locked until the transaction ends. Throws `not-found`. */
export async function lockImport(tx: Db, id: ImportId): Promise<ImportRow> {
  const row = await tx.selectFrom('imports').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new AppError('not-found', 'no such import')
  return row
}

/** Contacts by the first number they are called at. */
export async function contactsByNumber(db: Db, numbers: readonly string[]): Promise<Map<string, ContactId>> {
  if (numbers.length === 0) return new Map()
  const rows = await db
    .selectFrom('contact_phones')
    .select(['e164', 'contact_id'])
    .where('e164', 'in', [...numbers])
    .where('position', '=', 0)
    .orderBy('contact_id', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.e164, row.contact_id]))
}

/** Whether somebody of the import was offered to an operator: then it can no longer be taken back. */
export const touched = (id: ImportId | ReturnType<typeof sql.ref>) => sql<boolean>`exists (
  select from campaign_records r join attempts a on a.record_id = r.id
  where r.import_id = ${id} or r.contact_id in (select c.id from contacts c where c.import_id = ${id}))`

/** Newest first; one where an id is given. Files that were only looked at are no imports yet. */
export async function listJobs(db: Db, id: ImportId | null): Promise<Job[]> {
  let query = db
    .selectFrom('imports')
    .innerJoin('user_account', 'user_account.id', 'imports.started_by')
    .selectAll('imports')
    .select(['user_account.display_name', touched(sql.ref('imports.id')).as('touched')])
    .where('imports.state', '!=', 'uploaded')
    .orderBy('imports.created_at', 'desc')
    .limit(200)
  if (id !== null) query = query.where('imports.id', '=', id)
  const rows = await query.execute()
  return rows.map((row) => ({
    id: row.id,
    fileName: row.file_name,
    state: row.state === 'uploaded' ? 'waiting' : row.state,
    startedBy: row.display_name,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    rowCount: row.row_count,
    counts: { read: row.read, loaded: row.loaded, duplicates: row.duplicates, rejected: row.rejected },
    campaign: row.campaign_id,
    undoable: (row.state === 'done' || row.state === 'failed') && !row.touched,
    failure: row.failure,
  }))
}

/** Throws `not-found` for what was never started. */
export async function findJob(db: Db, id: ImportId): Promise<Job> {
  const [job] = await listJobs(db, id)
  if (!job) throw new AppError('not-found', 'no such import')
  return job
}

/** Rows that were not loaded, by line, after the given one. */
export const notLoaded = (db: Db, id: ImportId, after: number, limit: number) =>
  db
    .selectFrom('import_rows')
    .select(['line', 'verdict', 'cells', 'problems'])
    .where('import_id', '=', id)
    .where('verdict', '!=', 'load')
    .where('line', '>', after)
    .orderBy('line')
    .limit(limit)
    .execute()

/** Takes back all that an import brought in. Throws `not-in-this-state` once somebody of it was offered. */
export async function takeBack(tx: Db, id: ImportId): Promise<void> {
  const ours = sql<boolean>`(import_id = ${id} or contact_id in (select c.id from contacts c where c.import_id = ${id}))`
  await tx.selectFrom('campaign_records').select('id').where(ours).forUpdate().execute()
  const { rows } = await sql<{ touched: boolean }>`select ${touched(id)} as touched`.execute(tx)
  if (rows[0]?.touched !== false) {
    throw new AppError('not-in-this-state', 'somebody of this import has been offered to an operator')
  }
  await tx.deleteFrom('campaign_records').where(ours).execute()
  await tx.deleteFrom('contacts').where('import_id', '=', id).execute()
}
