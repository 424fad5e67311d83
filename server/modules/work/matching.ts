import type { AttemptId, CampaignId, UserId } from '../../../shared/std/ids.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import type { Operator } from '../../../shared/domain/operator/operator.ts'
import { runningCampaigns } from './campaigns.ts'
import { nextDue } from './due.ts'
import type { Db, WorkPorts } from './ports.ts'
import { release } from './beside.ts'
import { lockAttempt, lockOperator, saveOperator } from './repository.ts'
import { reserve } from './reservation.ts'
import { moved } from './rules.ts'

type MatchPorts = Pick<WorkPorts, 'db' | 'clock' | 'makeId' | 'law' | 'phone'>

/** Gives a ready operator the next record; null where they are not ready or there is none. */
export function offerNext(ports: MatchPorts, user: UserId): Promise<AttemptId | null> {
  return ports.db.transaction().execute(async (tx) => {
    const now = ports.clock.now()
    const operator = await lockOperator(tx, user, now)
    if (operator.state !== 'ready' || operator.attempt !== null) return null
    if (ports.phone?.isEngaged(user)) return null
    const campaigns = await runningCampaigns(tx, ports.law, now, user)
    if (ports.phone?.isAwaited(user, await enabledFor(tx, user))) return null
    const attempt = ports.makeId() as AttemptId
    const canDial = ports.phone?.canDial(user) ?? false
    const open = campaigns.filter(({ open, line }) => open && (line !== 'pbx' || canDial))
    const record = await reserve(tx, { operator: user, attempt, now, campaigns: open })
    if (!record) return null
    await tx
      .insertInto('attempts')
      .columns([
        'id',
        'record_id',
        'campaign_id',
        'contact_id',
        'operator',
        'state',
        'offered_at',
        'campaign_version',
      ])
      .expression((from) =>
        from
          .selectFrom('campaigns')
          .select(({ val }) => [
            val(attempt).as('id'),
            val(record.id).as('record_id'),
            val(record.campaign_id).as('campaign_id'),
            val(record.contact_id).as('contact_id'),
            val(user).as('operator'),
            val('offered').as('state'),
            val(now).as('offered_at'),
            'version as campaign_version',
          ])
          .where('id', '=', record.campaign_id),
      )
      .execute()
    await saveOperator(tx, user, moved(operator, { type: 'offered', attempt, at: now }))
    return attempt
  })
}

/** Also suspended ones: who was let into their queue is served. */
async function enabledFor(tx: Db, user: UserId): Promise<CampaignId[]> {
  const rows = await tx
    .selectFrom('campaign_operators')
    .select('campaign_id')
    .where('user_id', '=', user)
    .execute()
  return rows.map((row) => row.campaign_id)
}

/**
 * Takes an offer back that was not started: from an operator who leaves, or to make room for a wrap-up taken back. The
 * operator as it then is; saved by the caller. An attempt that was started is never taken: its outcome may be on disk.
 */
export async function withdrawOffer(
  tx: Db,
  user: UserId,
  operator: Operator,
  now: Instant,
): Promise<Operator> {
  // A call that rings for them is no attempt yet.
  if (operator.attempt === null || operator.state === 'ringing' || operator.resume === 'ringing')
    return operator
  const attempt = await lockAttempt(tx, operator.attempt, user)
  if (attempt.state !== 'offered') return operator
  await tx.updateTable('attempts').set({ state: 'withdrawn' }).where('id', '=', attempt.id).execute()
  await release(tx, attempt, { type: 'withdrawn', attempt: attempt.id })
  return moved(operator, { type: 'withdrawn', attempt: attempt.id, at: now })
}

/** Who waits for a record, longest first. */
export async function readyOperators(db: Db): Promise<UserId[]> {
  const rows = await db
    .selectFrom('operators')
    .select('user_id')
    .where('state', '=', 'ready')
    .where('attempt', 'is', null)
    .orderBy('since')
    .execute()
  return rows.map((row) => row.user_id)
}

/** When after `now` it is worth looking again: a record becomes due, a grace ends, a campaign opens. */
export async function nextLook(ports: Pick<WorkPorts, 'db' | 'law'>, now: Instant): Promise<Instant | null> {
  const campaigns = await runningCampaigns(ports.db, ports.law, now, null)
  const openings = campaigns.flatMap(({ opensAt }) => (opensAt === null ? [] : [opensAt]))
  const due = await nextDue(ports.db, campaigns, now, null)
  const instants = due === null ? openings : [...openings, due]
  return instants.length > 0 ? Math.min(...instants) : null
}
