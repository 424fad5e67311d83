import { AppError } from '../../../shared/std/errors.ts'
import type { AttemptId, UserId } from '../../../shared/std/ids.ts'
import { jsonb } from '../../db/connect.ts'
import type { WorkPorts } from './ports.ts'
import { lockAttempt, lockOperator, lockRecord, saveOperator, saveRecord } from './repository.ts'
import { moved, movedRecord } from './rules.ts'

/**
 * The call goes on with a colleague, who gets an attempt of their own on the record and decides what becomes of it; the
 * first operator only says how their part went. Throws `not-in-this-state` where the colleague is not free (any more).
 */
export function handOn(
  ports: Pick<WorkPorts, 'db' | 'clock' | 'makeId'>,
  from: UserId,
  id: AttemptId,
  to: UserId,
): Promise<AttemptId> {
  return ports.db.transaction().execute(async (tx) => {
    const at = ports.clock.now()
    // Two operators at once: always in the order of their ids, so that nobody waits in a circle.
    const [first, second] = [from, to].toSorted() as [UserId, UserId]
    const locked = new Map([[first, await lockOperator(tx, first, at)]])
    locked.set(second, await lockOperator(tx, second, at))
    const colleague = locked.get(to)
    const attempt = await lockAttempt(tx, id, from)
    if (attempt.state !== 'started' || colleague?.state !== 'ready' || colleague.attempt !== null) {
      throw new AppError('not-in-this-state', 'the colleague is not free')
    }
    const { record } = await lockRecord(tx, attempt.record_id)
    const next = ports.makeId() as AttemptId
    await tx.updateTable('attempts').set({ state: 'handed-on' }).where('id', '=', id).execute()
    await tx
      .insertInto('attempts')
      .values({
        id: next,
        record_id: attempt.record_id,
        campaign_id: attempt.campaign_id,
        contact_id: attempt.contact_id,
        operator: to,
        state: 'started',
        offered_at: at,
        campaign_version: attempt.campaign_version,
        phone: attempt.phone,
        kind: attempt.kind,
        caller: attempt.caller,
        record_found: attempt.record_found === null ? null : jsonb(attempt.record_found),
        reached_at: at,
      })
      .execute()
    await saveRecord(
      tx,
      attempt.record_id,
      movedRecord(record, { type: 'handed-on', attempt: id, operator: to, to: next }),
    )
    let free = colleague
    for (const type of ['offered', 'dialed', 'answered'] as const)
      free = moved(free, { type, attempt: next, at })
    await saveOperator(tx, to, free)
    return next
  })
}
