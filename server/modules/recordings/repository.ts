import { type Kysely, sql } from 'kysely'
import type { Recording, RecordingDetails } from '../../../shared/crm-api/recordings.ts'
import { pausesInSound } from '../../../shared/domain/call/recording.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { AttemptId, CampaignId, ContactId, RecordingId, UserId } from '../../../shared/std/ids.ts'
import type { Database } from '../../db/schema.ts'

export type Db = Kysely<Database>

const daysMs = 24 * 60 * 60_000

/** Recordings with whom they are of; of one operator's own calls where `operator` is given. */
function found(db: Db, operator: UserId | null) {
  return db
    .selectFrom('recordings as r')
    .innerJoin('attempts as a', 'a.id', 'r.attempt_id')
    .innerJoin('campaigns as c', 'c.id', 'a.campaign_id')
    .innerJoin('contacts as p', 'p.id', 'a.contact_id')
    .innerJoin('user_account as u', 'u.id', 'r.operator')
    .$if(operator !== null, (query) => query.where('r.operator', '=', operator as UserId))
}

const columns = [
  'r.id',
  'r.attempt_id',
  'r.state',
  'r.failure',
  'r.started_at',
  'r.ended_at',
  'r.duration_ms',
  'a.contact_id',
  'p.first_name',
  'p.last_name',
  'p.company',
  'a.campaign_id',
  'c.description',
  'r.operator',
  'u.display_name',
] as const

interface Row {
  id: RecordingId
  attempt_id: AttemptId
  state: Recording['state']
  failure: Recording['failure']
  started_at: number
  ended_at: number | null
  duration_ms: number | null
  contact_id: ContactId
  first_name: string
  last_name: string
  company: string
  campaign_id: CampaignId
  description: string
  operator: UserId
  display_name: string
}

const toRecording = (row: Row, days: number): Recording => ({
  id: row.id,
  attempt: row.attempt_id,
  contact: {
    id: row.contact_id,
    name: [row.first_name, row.last_name].filter(Boolean).join(' ') || row.company,
  },
  campaign: { id: row.campaign_id, description: row.description },
  operator: { id: row.operator, name: row.display_name },
  state: row.state,
  failure: row.failure,
  startedAt: row.started_at,
  durationMs: row.duration_ms,
  keptUntil: row.state === 'stored' && row.ended_at !== null ? row.ended_at + days * daysMs : null,
})

export interface ListWish {
  operator: UserId | null
  contact?: ContactId | undefined
  campaign?: CampaignId | undefined
  attempt?: AttemptId | undefined
  search?: string | undefined
  /** The last one of the page before: ids sort by time. */
  after?: string | undefined
  limit: number
}

/** Names as they are written together, numbers by their digits. */
function matches(search: string) {
  const part = (text: string) => `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const digits = search.replaceAll(/\D/g, '')
  const names = sql<boolean>`concat_ws(' ', p.first_name, p.last_name, p.company) ilike ${part(search)}`
  return digits.length < 4 ? names : sql<boolean>`(${names} or a.phone like ${part(digits)})`
}

/** One more than asked for tells whether there is a next page. */
export async function listRecordings(
  db: Db,
  { operator, contact, campaign, attempt, search = '', after, limit }: ListWish,
  days: number,
): Promise<{ items: Recording[]; total: number }> {
  const wanted = found(db, operator)
    .$if(contact !== undefined, (query) => query.where('a.contact_id', '=', contact as ContactId))
    .$if(campaign !== undefined, (query) => query.where('a.campaign_id', '=', campaign as CampaignId))
    .$if(attempt !== undefined, (query) => query.where('r.attempt_id', '=', attempt as AttemptId))
    .$if(search !== '', (query) => query.where(matches(search)))
  const rows = await wanted
    .select(columns)
    .$if(after !== undefined, (query) => query.where('r.id', '<', after as RecordingId))
    .orderBy('r.id', 'desc')
    .limit(limit + 1)
    .execute()
  const { total } = await wanted.select(sql<number>`count(*)`.as('total')).executeTakeFirstOrThrow()
  return { items: rows.map((row) => toRecording(row, days)), total }
}

/** Throws `not-found`, also for a recording that the operator must not reach. */
export async function findRecording(db: Db, id: RecordingId, operator: UserId | null, days: number) {
  const row = await found(db, operator)
    .select(columns)
    .select(['r.marks', 'r.peaks', 'r.sha256', 'r.bytes', 'r.key_id', 'r.salt'])
    .where('r.id', '=', id)
    .executeTakeFirst()
  if (!row) throw new AppError('not-found', 'no such recording')
  const { bytes, key_id, salt, peaks, sha256 } = row
  const isStored = row.state === 'stored' && bytes !== null && key_id !== null && salt !== null
  const details: RecordingDetails = {
    ...toRecording(row, days),
    peaks: peaks ?? [],
    pauses: pausesInSound(row.started_at, row.marks).map((pause) => ({ ...pause, why: [...pause.why] })),
    sha256,
  }
  return { details, sound: isStored ? { id, bytes, key_id, salt } : null }
}

/** Whose time is over. */
export async function overdue(db: Db, before: number): Promise<RecordingId[]> {
  const rows = await db
    .selectFrom('recordings')
    .select('id')
    .where('state', '=', 'stored')
    .where('ended_at', '<=', before)
    .orderBy('ended_at')
    .limit(1_000)
    .execute()
  return rows.map(({ id }) => id)
}
