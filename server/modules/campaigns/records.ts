import { sql } from 'kysely'
import type { z } from 'zod'
import type { RecordRow } from '../../../shared/crm-api/campaigns.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import type { CampaignId, ContactId, ImportId, MakeId, RecordId } from '../../../shared/std/ids.ts'
import { hasGoodNumber, whyNoGoodNumber } from '../../db/good-number.ts'
import type { Db } from './repository.ts'

const batch = 5_000

/**
 * One record for each contact of an import, also for those the import found to be known already, in the order of the
 * file. Who is in the campaign stays as they are and is counted.
 */
export async function addRecords(
  tx: Db,
  wish: { campaign: CampaignId; import: ImportId; makeId: MakeId; now: Instant },
): Promise<{ added: number; alreadyIn: number }> {
  const rows = await tx
    .selectFrom('import_rows')
    .select('contact_id')
    .where('import_id', '=', wish.import)
    .where('contact_id', 'is not', null)
    .orderBy('line')
    .execute()
  const contacts = [...new Set(rows.flatMap((row) => (row.contact_id === null ? [] : [row.contact_id])))]
  let added = 0
  for (let from = 0; from < contacts.length; from += batch) {
    added += await insertRecords(tx, wish, contacts.slice(from, from + batch))
  }
  return { added, alreadyIn: contacts.length - added }
}

/** Returns how many were new to the campaign; one that was removed from it comes back. */
export async function insertRecords(
  tx: Db,
  wish: { campaign: CampaignId; import: ImportId | null; makeId: MakeId; now: Instant },
  contacts: readonly ContactId[],
): Promise<number> {
  const ids = contacts.map(() => wish.makeId()).toSorted()
  const result = await sql`
    insert into campaign_records (id, campaign_id, contact_id, state, kind, attempts, import_id, created_at)
    select id, ${wish.campaign}, contact, 'waiting', 'new', 0, ${wish.import}, ${wish.now}
    from unnest(${ids}::text[], ${[...contacts]}::text[]) as given (id, contact)
    on conflict (campaign_id, contact_id) do update set state = 'waiting', kind = 'new', closed_as = null
      where campaign_records.closed_as = 'removed'`.execute(tx)
  return Number(result.numAffectedRows ?? 0)
}

type Row = z.infer<typeof RecordRow>

/** What the list calls a status: the kind while waiting, how it was closed when closed (or as good as), else the state. */
const statusOf = sql<string>`case
  when r.state = 'waiting' and ${hasGoodNumber} then r.kind
  when r.state = 'waiting' then ${whyNoGoodNumber}
  when r.state = 'closed' then r.closed_as
  else r.state end`

/** A page of records by id, which is the order of the file they came from. */
export async function listRecords(
  db: Db,
  campaign: CampaignId,
  query: { after?: string | undefined; limit: number; status?: string | undefined },
): Promise<{ items: Row[]; next: string | null; total: number }> {
  const matching = query.status === undefined ? sql`true` : sql`${statusOf} = ${query.status}`
  const { rows } = await sql<RecordLine>`
    select r.id, c.first_name, c.last_name, c.company, ${statusOf} as status, r.due_at, r.attempts,
      (select e164 from contact_phones p where p.contact_id = r.contact_id
        order by (wrong_by_attempt is not null), position limit 1) as phone,
      u.display_name as operator, last.label, last.at
    from campaign_records r
    join contacts c on c.id = r.contact_id
    left join user_account u on u.id = coalesce(r.operator, r.callback_operator)
    left join lateral (
      select outcome -> 'label' as label, started_at as at from attempts
      where record_id = r.id and started_at is not null order by seq desc limit 1
    ) last on true
    where r.campaign_id = ${campaign} and r.id > ${query.after ?? ''} and ${matching}
    order by r.id limit ${query.limit + 1}`.execute(db)
  const total = await sql<{ count: number }>`
    select count(*) as count from campaign_records r
    where r.campaign_id = ${campaign} and ${matching}`.execute(db)
  const page = rows.slice(0, query.limit)
  return {
    items: page.map(toRow),
    next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
    total: total.rows[0]?.count ?? 0,
  }
}

interface RecordLine {
  id: RecordId
  first_name: string
  last_name: string
  company: string
  status: string
  due_at: Instant | null
  attempts: number
  phone: string | null
  operator: string | null
  label: { it: string; en: string } | null
  at: Instant | null
}

const toRow = (line: RecordLine): Row => ({
  id: line.id,
  name: [line.first_name, line.last_name].filter(Boolean).join(' ') || line.company,
  phone: line.phone ?? '',
  status: line.status,
  dueAt: line.due_at,
  operator: line.operator,
  attempts: line.attempts,
  lastOutcome: line.label,
  lastAttemptAt: line.at,
})
