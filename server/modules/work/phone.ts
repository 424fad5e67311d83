import { sql } from 'kysely'
import type { UserId } from '../../../shared/std/ids.ts'
import type { Db } from './ports.ts'

/** Whether some running campaign of this operator makes or takes real calls. */
export async function needsPhone(db: Db, user: UserId): Promise<boolean> {
  const row = await db
    .selectFrom('campaigns')
    .innerJoin('campaign_operators', 'campaign_operators.campaign_id', 'campaigns.id')
    .select('campaigns.id')
    .where('user_id', '=', user)
    .where('state', '=', 'running')
    .where((where) =>
      where.or([where('line', '=', 'pbx'), where(sql`jsonb_array_length(inbound -> 'numbers')`, '>', 0)]),
    )
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
