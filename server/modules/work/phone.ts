import { sql } from 'kysely'
import type { UserId } from '../../../shared/std/ids.ts'
import type { Operator } from '../../../shared/domain/operator/operator.ts'
import { withdrawOffer } from './matching.ts'
import type { Db, WorkPorts } from './ports.ts'
import { lockOperator, saveOperator } from './repository.ts'
import { moved } from './rules.ts'

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

/**
 * The phone is lost: no work without one. Who waits for work goes to a technical break, who is in a call gets it
 * afterwards. True where `phoneUp` is to take it back.
 */
export function phoneLost(ports: Pick<WorkPorts, 'db' | 'clock'>, user: UserId): Promise<boolean> {
  return change(ports, user, async (tx, operator, at) => {
    const isAway = operator.state === 'offline' || operator.state === 'break' || operator.state === 'missed'
    if (isAway || operator.wanted !== null) return null
    const event = { type: 'asked-break', reason: 'technical', at } as const
    return withdrawOffer(tx, user, moved(operator, event), at)
  })
}

/** The phone is up: who was put on a technical break for it, or asked to be ready meanwhile, is ready. */
export function phoneUp(ports: Pick<WorkPorts, 'db' | 'clock'>, user: UserId): Promise<boolean> {
  return change(ports, user, async (_tx, operator, at) =>
    operator.state === 'break' || operator.wanted === 'technical'
      ? moved(operator, { type: 'asked-ready', at })
      : null,
  )
}

function change(
  ports: Pick<WorkPorts, 'db' | 'clock'>,
  user: UserId,
  move: (tx: Db, operator: Operator, at: number) => Promise<Operator | null>,
): Promise<boolean> {
  return ports.db.transaction().execute(async (tx) => {
    const at = ports.clock.now()
    const operator = await move(tx, await lockOperator(tx, user, at), at)
    if (operator !== null) await saveOperator(tx, user, operator)
    return operator !== null
  })
}
