import { sql } from 'kysely'
import type { Instant } from '../../../shared/std/clock.ts'
import type { UserId } from '../../../shared/std/ids.ts'
import { hasGoodNumber } from '../../db/good-number.ts'
import type { Db } from './ports.ts'
import type { OpenCampaign } from './reservation.ts'

/**
 * The next instant at which a waiting record of these campaigns that may be called becomes due; for one operator, a colleague's callback
 * counts from the end of its grace, for everyone (null) both instants count. Null where nothing will become due.
 */
export async function nextDue(
  db: Db,
  campaigns: readonly OpenCampaign[],
  now: Instant,
  operator: UserId | null,
): Promise<Instant | null> {
  if (campaigns.length === 0) return null
  const ids = campaigns.map(({ id }) => id)
  const attempts = campaigns.map(({ maxAttempts }) => maxAttempts)
  const graces = campaigns.map(({ callbackGraceMinutes }) => callbackGraceMinutes * 60_000)
  const ownOrAnyone =
    operator === null ? sql`true` : sql`(callback_operator is null or callback_operator = ${operator})`
  const { rows } = await sql<{ due: Instant | null }>`
    select min(found.due) as due
    from unnest(${ids}::text[], ${attempts}::int[], ${graces}::bigint[]) as c (id, max_attempts, grace)
    cross join lateral (
      (select due_at as due from campaign_records r
        where campaign_id = c.id and state = 'waiting' and kind <> 'callback' and due_at > ${now}
          and ${hasGoodNumber} and attempts < c.max_attempts
        order by due_at limit 1)
      union all
      (select due_at from campaign_records r
        where campaign_id = c.id and state = 'waiting' and kind = 'callback' and due_at > ${now} and ${ownOrAnyone}
          and ${hasGoodNumber}
        order by due_at limit 1)
      union all
      (select due_at + c.grace from campaign_records r
        where campaign_id = c.id and state = 'waiting' and kind = 'callback' and due_at > ${now}::bigint - c.grace
          and ${hasGoodNumber}
        order by due_at limit 1)
    ) found`.execute(db)
  return rows[0]?.due ?? null
}
