import { sql } from 'kysely'
import type { Clock } from '../../../shared/std/clock.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { CampaignId, ContactId, ImportId, MakeId } from '../../../shared/std/ids.ts'
import { isDatabaseAway } from '../../db/connect.ts'
import type { RowProblem } from '../../db/tables/work.ts'
import type { ImportFiles } from './files.ts'
import type { ContactDraft } from './map-row.ts'
import { duplicateKey, mapRow } from './map-row.ts'
import type { TableRow } from './read-table.ts'
import type { Db, ImportRow } from './repository.ts'
import { contactsByNumber, findImport, lockImport } from './repository.ts'
import { country, duplicateProblem, rowProblem, toMapping } from './rules.ts'
import { dateOf } from './today.ts'

const batchSize = 1_000

export interface LoadPorts {
  db: Db
  clock: Pick<Clock, 'now'>
  makeId: MakeId
  files: ImportFiles
  /** Puts contacts into a campaign; those already in it stay as they are. */
  addToCampaign(
    tx: Db,
    wish: { campaign: CampaignId; import: ImportId },
    contacts: readonly ContactId[],
  ): Promise<unknown>
}

interface Line {
  line: number
  verdict: 'load' | 'duplicate' | 'reject'
  contact: ContactId | null
  cells: readonly string[] | null
  problems: readonly RowProblem[]
}

/**
 * Loads a file in batches, each one transaction: contacts, verdicts and progress stand together. Begun again after a
 * crash it goes on behind the last line that was written, so that no line is loaded twice and none is left out.
 * Stops early, to be begun again, where `stopped` says so. A file that cannot be read ends as `failed`.
 */
export async function load(ports: LoadPorts, id: ImportId, stopped: () => boolean): Promise<void> {
  const { db } = ports
  const begun = await db
    .updateTable('imports')
    .set({ state: 'running' })
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'running'])
    .executeTakeFirst()
  if (begun.numUpdatedRows === 0n) return
  try {
    const job = await findImport(db, id)
    const { rows } = await ports.files.open(id, job.format)
    let batch: TableRow[] = []
    for await (const row of rows) {
      batch.push(row)
      if (batch.length < batchSize) continue
      if (stopped()) return
      await loadBatch(ports, job, batch)
      batch = []
    }
    await loadBatch(ports, job, batch)
    await finish(ports, id, null)
  } catch (error) {
    if (isDatabaseAway(error)) throw error
    await finish(ports, id, error instanceof AppError ? error.code : 'internal')
    if (!(error instanceof AppError)) throw error
    return
  }
  await ports.files.remove(id)
}

async function finish({ db, clock }: LoadPorts, id: ImportId, failure: string | null): Promise<void> {
  await db
    .updateTable('imports')
    .set({ state: failure === null ? 'done' : 'failed', failure, finished_at: clock.now() })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute()
}

function loadBatch(ports: LoadPorts, job: ImportRow, all: readonly TableRow[]): Promise<void> {
  return ports.db.transaction().execute(async (tx) => {
    const now = await lockImport(tx, job.id)
    if (now.state !== 'running') return
    const last = await tx
      .selectFrom('import_rows')
      .select('line')
      .where('import_id', '=', job.id)
      .orderBy('line', 'desc')
      .limit(1)
      .executeTakeFirst()
    const rows = all.filter(({ line }) => line > (last?.line ?? 0))
    if (rows.length === 0) return
    const { lines, contacts } = await judge(ports, tx, job, rows)
    await insertContacts(tx, job, contacts, ports.clock.now())
    await insertLines(tx, job, lines)
    const people = [...new Set(lines.flatMap(({ contact }) => (contact === null ? [] : [contact])))]
    if (now.campaign_id !== null && people.length > 0) {
      await ports.addToCampaign(tx, { campaign: now.campaign_id, import: job.id }, people)
    }
    const count = (verdict: Line['verdict']) => lines.filter((line) => line.verdict === verdict).length
    await tx
      .updateTable('imports')
      .set((of) => ({
        read: of('read', '+', lines.length),
        loaded: of('loaded', '+', count('load')),
        duplicates: of('duplicates', '+', count('duplicate')),
        rejected: of('rejected', '+', count('reject')),
      }))
      .where('id', '=', job.id)
      .execute()
  })
}

type NewContact = ContactDraft & { id: ContactId }

/** What becomes of each row. A person known already keeps their data and still belongs to the import. */
async function judge(
  ports: LoadPorts,
  tx: Db,
  job: ImportRow,
  rows: readonly TableRow[],
): Promise<{ lines: Line[]; contacts: NewContact[] }> {
  const mapping = toMapping(job.mapping)
  const options = { country, today: dateOf(ports.clock.now()) } as const
  const mapped = rows.map((row) => ({
    row,
    result: 'problem' in row ? null : mapRow(row.cells, mapping, options),
  }))
  const numbers = mapped.flatMap(({ result }) => (result?.ok ? [duplicateKey(result.contact)] : []))
  const known = await contactsByNumber(tx, numbers)
  const fromFile = new Set<string>(await ownNumbers(tx, job.id, [...known.values()]))
  const ids = rows.map(() => ports.makeId() as ContactId).toSorted()
  const contacts: NewContact[] = []
  const lines = mapped.map(({ row, result }, index): Line => {
    const { line, cells } = row
    if (!result?.ok) {
      const problems = result === null ? rowProblem(row) : result.problems
      return { line, verdict: 'reject', contact: null, cells, problems }
    }
    const key = duplicateKey(result.contact)
    const contact = known.get(key)
    if (contact !== undefined) {
      const where = fromFile.has(contact) ? 'file' : 'contacts'
      return { line, verdict: 'duplicate', contact, cells, problems: [duplicateProblem(result, where)] }
    }
    const id = ids[index] as ContactId
    known.set(key, id)
    fromFile.add(id)
    contacts.push({ ...result.contact, id })
    return { line, verdict: 'load', contact: id, cells: null, problems: result.warnings }
  })
  return { lines, contacts }
}

/** Which of these contacts came with this import, in an earlier batch. */
async function ownNumbers(tx: Db, id: ImportId, contacts: readonly ContactId[]): Promise<ContactId[]> {
  if (contacts.length === 0) return []
  const rows = await tx
    .selectFrom('contacts')
    .select('id')
    .where('id', 'in', [...contacts])
    .where('import_id', '=', id)
    .execute()
  return rows.map((row) => row.id)
}

async function insertContacts(
  tx: Db,
  job: ImportRow,
  contacts: readonly NewContact[],
  now: number,
): Promise<void> {
  if (contacts.length === 0) return
  // PostgreSQL text cannot hold NUL; the reader rejects such rows already.
  await sql`
    insert into contacts (id, first_name, last_name, company, email, street, postcode, city, province, birth_date,
      marketing_consent, external_id, note, custom, import_id, created_at)
    select id, "firstName", "lastName", company, email, street, postcode, city, province, "birthDate",
      "marketingConsent", "externalId", note, custom, ${job.id}, ${now}
    from jsonb_to_recordset(${JSON.stringify(contacts)}::jsonb) as c (id text, "firstName" text, "lastName" text,
      company text, email text, street text, postcode text, city text, province text, "birthDate" text,
      "marketingConsent" boolean, "externalId" text, note text, custom jsonb)`.execute(tx)
  const phones = contacts.flatMap(({ id, phones }) =>
    phones.map((phone, position) => ({ ...phone, contact_id: id, position })),
  )
  await sql`
    insert into contact_phones (contact_id, position, e164, kind, raw)
    select contact_id, position, e164, kind, raw from jsonb_to_recordset(${JSON.stringify(phones)}::jsonb)
      as p (contact_id text, position int, e164 text, kind text, raw text)`.execute(tx)
}

async function insertLines(tx: Db, job: ImportRow, lines: readonly Line[]): Promise<void> {
  await sql`
    insert into import_rows (import_id, line, verdict, contact_id, cells, problems)
    select ${job.id}, line, verdict, contact, nullif(cells, 'null'), nullif(problems, '[]')
    from jsonb_to_recordset(${JSON.stringify(lines.map(storable))}::jsonb)
      as l (line int, verdict text, contact text, cells jsonb, problems jsonb)`.execute(tx)
}

/** PostgreSQL's jsonb holds neither NUL nor half a surrogate pair; rejected rows may have both. */
const storable = (line: Line): Line => ({
  ...line,
  cells: line.cells?.map(storableText) ?? null,
  problems: line.problems.map((problem) => ({ ...problem, value: storableText(problem.value) })),
})

const storableText = (text: string) => text.toWellFormed().replaceAll('\0', '\uFFFD')
