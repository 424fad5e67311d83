import { sql, type Kysely } from 'kysely'
import type { Board, BoardCall } from '../../../shared/crm-api/board.ts'
import type { z } from 'zod'
import type { RecordCounts } from '../../../shared/crm-api/campaigns.ts'
import type { LawProfile } from '../../../shared/domain/campaign/law.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import type { CampaignId } from '../../../shared/std/ids.ts'
import type { Database } from '../../db/schema.ts'
import { isOpenNow } from '../campaigns/rules.ts'
import type { Facts } from './rules.ts'

export type Db = Kysely<Database>

const paceSlot = 5 * 60_000
const paceSlots = 24

export interface BoardPorts {
  law: LawProfile
  /** Records by state of some campaigns; one without records is missing, `noRecords` stands for it. */
  recordCounts(db: Db, campaigns: readonly CampaignId[]): Promise<Map<CampaignId, RecordCounts>>
  noRecords: RecordCounts
}

/** All that the board shows, in one snapshot; `today` begins at `dayStart`. */
export function readFacts(
  db: Db,
  ports: BoardPorts,
  now: Instant,
  dayStart: Instant,
): Promise<Facts & { calls: Board['calls'] }> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => ({
      now,
      operators: await readOperators(tx, dayStart),
      campaigns: await readCampaigns(tx, ports, now, dayStart),
      calls: [...(await readCalls(tx)), ...(await readRinging(tx))],
    }))
}

type OperatorFact = Facts['operators'][number]

async function readOperators(tx: Db, dayStart: Instant): Promise<OperatorFact[]> {
  const { rows } = await sql<OperatorFact>`
    select u.id, u.display_name as name, u.grammar, coalesce(o.state, 'offline') as state,
      coalesce(o.since, u.created_at) as since,
      case when o.state = 'break' then o.break_reason end as "breakReason",
      coalesce(c.description, g.description) as campaign, c.wrap_up_seconds as "wrapUpLimitSeconds", c.line,
      coalesce(day.calls, 0) as calls, coalesce(day.positive, 0) as positive,
      coalesce(day.talk, 0)::int as "talkSeconds", coalesce(day.wrap_up, 0)::int as "wrapUpSeconds",
      array(select campaign_id from campaign_operators e where e.user_id = u.id) as campaigns
    from user_account u
    left join operators o on o.user_id = u.id
    left join attempts a on a.id = o.attempt
    left join campaigns c on c.id = a.campaign_id
    left join callers q on q.ring_attempt = o.attempt
    left join campaigns g on g.id = q.campaign_id
    left join lateral (
      select count(*) as calls, count(*) filter (where outcome ->> 'effect' = 'close-positive') as positive,
        sum(greatest(ended_at - answered_at, 0)) / 1000 as talk,
        sum(greatest(saved_at - ended_at, 0)) / 1000 as wrap_up
      from attempts d where d.operator = u.id and d.wrapped_up_at >= ${dayStart}
    ) day on true
    where u.role = 'operator' and u.active
    order by u.display_name`.execute(tx)
  return rows
}

async function readCampaigns(
  tx: Db,
  ports: BoardPorts,
  now: Instant,
  dayStart: Instant,
): Promise<Facts['campaigns'][number][]> {
  const rows = await tx
    .selectFrom('campaigns')
    .selectAll()
    .where('state', 'in', ['running', 'suspended'])
    .orderBy('state')
    .orderBy('priority', 'desc')
    .orderBy('code')
    .execute()
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const records = await ports.recordCounts(tx, ids)
  const counts = await outcomeCounts(tx, ids)
  const paces = await readPaces(tx, ids, now)
  const queues = await readQueues(tx, ids, dayStart)
  return rows.map((row) => {
    const facts = { from: row.starts_on, to: row.ends_on, hours: row.hours, line: row.line }
    const permission = isOpenNow(facts, ports.law, now)
    return {
      id: row.id,
      code: row.code,
      description: row.description,
      state: row.state,
      workMode: row.work_mode,
      records: records.get(row.id) ?? ports.noRecords,
      outcomes: row.outcomes.map(({ code, label, effect }) => ({
        code,
        label,
        effect,
        count: counts.get(`${row.id} ${code}`) ?? 0,
      })),
      pace: paces.get(row.id) ?? Array.from({ length: paceSlots }, () => 0),
      queue: queues.get(row.id) ?? { waiting: 0, since: null, abandonedToday: 0 },
      open: permission.allowed,
      takesCalls: row.inbound.numbers.length > 0,
      opensAt: permission.allowed ? null : permission.until,
    }
  })
}

async function outcomeCounts(tx: Db, ids: readonly CampaignId[]): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom('attempts')
    .select(({ fn }) => ['campaign_id', 'outcome_code', fn.countAll<number>().as('count')])
    .where('campaign_id', 'in', [...ids])
    .where('outcome', 'is not', null)
    .groupBy(['campaign_id', 'outcome_code'])
    .execute()
  return new Map(rows.map((row) => [`${row.campaign_id} ${row.outcome_code}`, row.count]))
}

/** Slots end with the one that is running: they stand on whole five minutes, so that they do not slide about. */
async function readPaces(
  tx: Db,
  ids: readonly CampaignId[],
  now: Instant,
): Promise<Map<CampaignId, number[]>> {
  const first = (Math.floor(now / paceSlot) - paceSlots + 1) * paceSlot
  const { rows } = await sql<{ campaign_id: CampaignId; slot: number; count: number }>`
    select campaign_id, (started_at - ${first}::bigint) / ${paceSlot}::bigint as slot, count(*) as count
    from attempts where started_at >= ${first} and campaign_id = any (${[...ids]}::text[])
    group by 1, 2`.execute(tx)
  const paces = new Map(ids.map((id) => [id, Array.from({ length: paceSlots }, () => 0)]))
  for (const { campaign_id, slot, count } of rows) {
    const pace = paces.get(campaign_id)
    if (pace && slot < paceSlots) pace[slot] = count
  }
  return paces
}

/** A campaign that nobody calls has no row. */
async function readQueues(
  tx: Db,
  ids: readonly CampaignId[],
  dayStart: Instant,
): Promise<Map<CampaignId, Board['campaigns'][number]['queue']>> {
  type Queue = { id: CampaignId } & Board['campaigns'][number]['queue']
  const { rows } = await sql<Queue>`
    select campaign_id as id, count(*) filter (where gone_at is null) as waiting,
      min(came_at) filter (where gone_at is null) as since,
      count(*) filter (where gone_at >= ${dayStart}) as "abandonedToday"
    from callers
    where campaign_id = any (${[...ids]}::text[]) and answered_at is null
      and (gone_at is null or gone_at >= ${dayStart})
    group by 1`.execute(tx)
  return new Map(rows.map(({ id, ...queue }) => [id, queue]))
}

/** Calls that ring for an operator: they are no attempts yet. */
async function readRinging(tx: Db): Promise<z.infer<typeof BoardCall>[]> {
  const { rows } = await sql<z.infer<typeof BoardCall>>`
    select q.ring_attempt as attempt, o.user_id as "operatorId", u.display_name as operator,
      g.description as campaign, 'ringing' as state, o.since,
      coalesce(nullif(concat_ws(' ', nullif(k.first_name, ''), nullif(k.last_name, '')), ''),
        nullif(k.company, ''), q.number, '') as contact
    from callers q join operators o on o.attempt = q.ring_attempt
    join user_account u on u.id = o.user_id join campaigns g on g.id = q.campaign_id
    left join contacts k on k.id = q.contact_id
    where o.state = 'ringing' order by o.since`.execute(tx)
  return rows
}

async function readCalls(tx: Db): Promise<z.infer<typeof BoardCall>[]> {
  const rows = await tx
    .selectFrom('operators')
    .innerJoin('attempts', 'attempts.id', 'operators.attempt')
    .innerJoin('user_account', 'user_account.id', 'operators.user_id')
    .innerJoin('campaigns', 'campaigns.id', 'attempts.campaign_id')
    .innerJoin('contacts', 'contacts.id', 'attempts.contact_id')
    .select([
      'attempts.id',
      'operators.state',
      'operators.since',
      'operators.user_id',
      'user_account.display_name',
      'campaigns.description',
      'contacts.first_name',
      'contacts.last_name',
      'contacts.company',
    ])
    .where('operators.state', 'in', ['ringing', 'talking', 'wrap-up'])
    .orderBy('operators.since')
    .execute()
  return rows.map((row) => ({
    attempt: row.id,
    operatorId: row.user_id,
    operator: row.display_name,
    campaign: row.description,
    contact: [row.first_name, row.last_name].filter(Boolean).join(' ') || row.company,
    state: row.state as 'ringing' | 'talking' | 'wrap-up',
    since: row.since,
  }))
}
