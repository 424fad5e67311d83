import { sql } from 'kysely'
import type { Instant } from '../../../shared/std/clock.ts'
import type { AttemptId, UserId } from '../../../shared/std/ids.ts'
import type { Db } from './ports.ts'

/** A real call that an operator is in, as far as the books know. */
export interface Talk {
  attempt: AttemptId
  operator: UserId
  direction: 'in' | 'out'
  /** Where they called in: their channel on the switch. */
  channel: string | null
  /** The number; '' where withheld. */
  peer: string
  answeredAt: Instant
}

/** Also of operators who are away for a moment. */
export async function talks(db: Db): Promise<Talk[]> {
  const { rows } = await sql<Talk>`
    select a.id as attempt, a.operator, case when a.kind = 'inbound' then 'in' else 'out' end as direction,
      caller.channel, coalesce(a.phone, '') as peer,
      coalesce(a.answered_at, a.reached_at, a.started_at, o.since) as "answeredAt"
    from operators o
    join attempts a on a.id = o.attempt and a.operator = o.user_id
    join campaigns c on c.id = a.campaign_id
    left join callers caller on caller.id = a.caller
    where (o.state = 'talking' or o.resume = 'talking')
      and a.state in ('started', 'handed-on') and a.ended_at is null
      and (c.line = 'pbx' or a.kind = 'inbound')`.execute(db)
  return rows
}
