import type { LawProfile } from '../../../shared/domain/campaign/law.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import type { UserId } from '../../../shared/std/ids.ts'
import type { CampaignTable } from '../../db/tables/work.ts'
import { isOpenNow } from '../campaigns/rules.ts'
import type { Db } from './ports.ts'
import type { OpenCampaign } from './reservation.ts'

export interface EnabledCampaign extends OpenCampaign {
  line: CampaignTable['line']
  /** It has called numbers. */
  takesCalls: boolean
  open: boolean
  /** When a closed one opens; null if never, or if it is open. */
  opensAt: Instant | null
}

/** The running campaigns that serve an operator (or anyone), highest priority first, each open or closed now. */
export async function runningCampaigns(
  db: Db,
  law: LawProfile,
  now: Instant,
  operator: UserId | null,
): Promise<EnabledCampaign[]> {
  let query = db
    .selectFrom('campaigns')
    .select([
      'id',
      'starts_on',
      'ends_on',
      'hours',
      'line',
      'inbound',
      'max_attempts',
      'callback_grace_minutes',
    ])
    .where('state', '=', 'running')
    .orderBy('priority', 'desc')
    .orderBy('id')
  if (operator !== null) {
    query = query.where('id', 'in', (where) =>
      where.selectFrom('campaign_operators').select('campaign_id').where('user_id', '=', operator),
    )
  }
  const rows = await query.execute()
  return rows.map((row) => {
    const facts = { from: row.starts_on, to: row.ends_on, hours: row.hours, line: row.line }
    const permission = isOpenNow(facts, law, now)
    return {
      id: row.id,
      maxAttempts: row.max_attempts,
      callbackGraceMinutes: row.callback_grace_minutes,
      line: row.line,
      takesCalls: row.inbound.numbers.length > 0,
      open: permission.allowed,
      opensAt: permission.allowed ? null : permission.until,
    }
  })
}
