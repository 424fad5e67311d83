import { type Kysely, sql } from 'kysely'
import type { AbandonedCaller, WaitingCaller } from '../../../shared/crm-api/callers.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { AttemptId, CallerId, CampaignId, UserId } from '../../../shared/std/ids.ts'
import type { Database } from '../../db/schema.ts'

export type Db = Kysely<Database>

/** After so long nobody waits for a call any more. */
const listedFor = 7 * 24 * 60 * 60_000

/** Of whom an operator may know: callers of the campaigns they are enabled for; null is everyone. */
const seenBy = (operator: UserId | null) =>
  operator === null
    ? sql`true`
    : sql`c.campaign_id in (select campaign_id from campaign_operators e where e.user_id = ${operator})`

const nameOf = sql<string>`coalesce(
  nullif(concat_ws(' ', nullif(k.first_name, ''), nullif(k.last_name, '')), ''), k.company)`

interface CallerRow {
  id: CallerId
  campaign_id: CampaignId
  description: string
  number: string | null
  name: string
  contact_id: NonNullable<WaitingCaller['contact']>['id'] | null
  contact: string | null
  came_at: Instant
}

const toCaller = (row: CallerRow): Omit<WaitingCaller, 'ringing'> => ({
  id: row.id,
  campaign: { id: row.campaign_id, description: row.description },
  number: row.number,
  name: row.name,
  contact: row.contact_id === null ? null : { id: row.contact_id, name: row.contact ?? '' },
  cameAt: row.came_at,
})

export async function waitingCallers(db: Db, operator: UserId | null): Promise<WaitingCaller[]> {
  const { rows } = await sql<CallerRow & { ringing: string | null }>`
    select c.id, c.campaign_id, g.description, c.number, c.name, c.contact_id, ${nameOf} as contact, c.came_at,
      u.display_name as ringing
    from callers c join campaigns g on g.id = c.campaign_id
    left join contacts k on k.id = c.contact_id
    left join user_account u on u.id = c.ring_operator
    where c.answered_at is null and c.gone_at is null and ${seenBy(operator)}
    order by g.priority desc, c.came_at, c.id`.execute(db)
  return rows.map((row) => ({ ...toCaller(row), ringing: row.ringing }))
}

/**
 * Gone unanswered and not spoken to since: by a call of theirs that was answered, or one of ours, in that campaign. One
 * row for all calls of a number; a withheld one is a row each.
 */
const abandoned = (operator: UserId | null, now: Instant) => sql`
  select c.*, row_number() over calls as place, count(*) over calls_all as times
  from callers c
  where c.gone_at > ${now - listedFor} and ${seenBy(operator)}
    and not exists (
      select from attempts a
      where a.phone = c.number and a.campaign_id = c.campaign_id and a.started_at is not null
        and a.answered_at > c.gone_at)
    and not exists (
      select from callers w
      where w.number = c.number and w.campaign_id = c.campaign_id and w.answered_at is null and w.gone_at is null)
  window calls as (partition by c.campaign_id, coalesce(c.number, c.id) order by c.gone_at desc, c.id desc),
    calls_all as (partition by c.campaign_id, coalesce(c.number, c.id))`

/** Whoever has taken the caller, while their call back is not over. */
const callingBack = sql`a.id = c.call_back_attempt and a.state in ('offered', 'started', 'handed-on')`

interface AbandonedRow extends CallerRow {
  gone_at: Instant
  gone_reason: AbandonedCaller['reason']
  times: number
  operator: UserId | null
  operator_name: string | null
  total: number
}

export async function abandonedCallers(
  db: Db,
  operator: UserId | null,
  query: { after?: string | undefined; limit: number },
  now: Instant,
): Promise<{ items: AbandonedCaller[]; next: string | null; total: number }> {
  const [at = '0', id = ''] = query.after?.split(' ') ?? []
  const { rows } = await sql<AbandonedRow>`
    with listed as (select * from (${abandoned(operator, now)}) c where c.place = 1)
    select c.id, c.campaign_id, g.description, c.number, c.name, c.contact_id, ${nameOf} as contact, c.came_at,
      c.gone_at, c.gone_reason, c.times, u.id as operator, u.display_name as operator_name,
      (select count(*) from listed) as total
    from listed c join campaigns g on g.id = c.campaign_id
    left join contacts k on k.id = c.contact_id
    left join attempts a on ${callingBack}
    left join user_account u on u.id = a.operator
    where (c.gone_at, c.id) > (${Number(at) || 0}::bigint, ${id}::text)
    order by c.gone_at, c.id limit ${query.limit + 1}`.execute(db)
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  return {
    items: shown.map((row) => ({
      ...toCaller(row),
      goneAt: row.gone_at,
      reason: row.gone_reason,
      times: row.times,
      callBack: row.operator === null ? null : { operator: row.operator, name: row.operator_name ?? '' },
    })),
    next: rows.length > query.limit && last ? `${last.gone_at} ${last.id}` : null,
    total: rows[0]?.total ?? 0,
  }
}

/** One that the list shows to this operator. Throws `not-found` otherwise. */
export async function listedCaller(
  db: Db,
  id: CallerId,
  operator: UserId,
  now: Instant,
): Promise<{ campaign: CampaignId; number: string | null }> {
  const { rows } = await sql<{ campaign: CampaignId; number: string | null }>`
    select campaign_id as campaign, number from (${abandoned(operator, now)}) c where c.id = ${id}`.execute(
    db,
  )
  if (rows[0]) return rows[0]
  throw new AppError('not-found', 'nobody has to call this caller back')
}

/** All calls of that number to that campaign are called back by this attempt. Throws `conflict` where one is already. */
export async function takeCaller(
  tx: Db,
  wish: { campaign: CampaignId; number: string; attempt: AttemptId },
): Promise<void> {
  const rows = await tx
    .selectFrom('callers')
    .select('id')
    .where('campaign_id', '=', wish.campaign)
    .where('number', '=', wish.number)
    .where('gone_at', 'is not', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  const ids = rows.map(({ id }) => id)
  const { rows: taken } = await sql`
    select c.id from callers c join attempts a on ${callingBack} where c.id = any (${ids}::text[])`.execute(
    tx,
  )
  if (taken.length > 0) throw new AppError('conflict', 'a colleague is calling them back')
  await tx.updateTable('callers').set({ call_back_attempt: wish.attempt }).where('id', 'in', ids).execute()
}
