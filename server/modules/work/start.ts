import { sql } from 'kysely'
import { DateTime } from 'luxon'
import type { CallPermission } from '../../../shared/domain/campaign/law.ts'
import { mayCall } from '../../../shared/domain/campaign/law.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { AttemptId, CampaignId, UserId } from '../../../shared/std/ids.ts'
import { lawOf } from '../campaigns/rules.ts'
import { release } from './beside.ts'
import type { Db, WorkPorts } from './ports.ts'
import { goodNumbers, lockAttempt, lockOperator, lockRecord, saveOperator, saveRecord } from './repository.ts'
import type { Attempt } from './repository.ts'
import { moved, movedRecord, refusal } from './rules.ts'

type Started = { allowed: true; dial: string } | Extract<CallPermission, { allowed: false }>

/**
 * Asks at this instant whether the call may be made, and if so makes the record the operator's until its wrap-up.
 * Repeated with the same attempt and number it answers the same. Throws `not-in-this-state` where the attempt is not
 * on the operator's desk (any more), `conflict` where it went to another number, `invalid-input` for a foreign number.
 */
export function start(
  ports: Pick<WorkPorts, 'db' | 'law'>,
  user: UserId,
  id: AttemptId,
  phone: string,
  now: Instant,
  by: 'operator' | 'server' = 'operator',
): Promise<Started> {
  return ports.db.transaction().execute(async (tx) => {
    const operator = await lockOperator(tx, user, now)
    const attempt = await lockAttempt(tx, id, user)
    const earlier = sameAgain(attempt, phone)
    if (earlier) return earlier
    if (attempt.state !== 'offered' || operator.attempt !== id || operator.state !== 'reserved') {
      throw new AppError('not-in-this-state', 'the attempt is not on the desk of this operator')
    }
    const permission = await permissionFor(tx, ports, attempt, phone, now)
    if (!permission.allowed) {
      const others = (await goodNumbers(tx, attempt.contact_id)).filter((number) => number !== phone)
      const refused = refusal(permission, others.length)
      await release(tx, attempt, { type: 'refused', attempt: id, ...refused })
      await saveOperator(tx, user, moved(operator, { type: 'withdrawn', attempt: id, at: now }))
      await tx
        .updateTable('attempts')
        .set({ state: 'blocked', phone, block_reason: permission.reason, block_until: permission.until })
        .where('id', '=', id)
        .execute()
      return permission
    }
    const { record } = await lockRecord(tx, attempt.record_id)
    await saveRecord(tx, attempt.record_id, movedRecord(record, { type: 'started', attempt: id }))
    await saveOperator(tx, user, moved(operator, { type: 'dialed', attempt: id, at: now }))
    await tx
      .updateTable('attempts')
      .set({ state: 'started', phone, started_at: now, server_dialed: by === 'server' })
      .where('id', '=', id)
      .execute()
    return { allowed: true, dial: phone }
  })
}

function sameAgain(attempt: Attempt, phone: string): Started | null {
  if (attempt.state !== 'started' && attempt.state !== 'blocked') return null
  if (attempt.phone !== phone) throw new AppError('conflict', 'the attempt went to another number')
  return attempt.state === 'started'
    ? { allowed: true, dial: phone }
    : { allowed: false, reason: attempt.block_reason ?? 'do-not-call', until: attempt.block_until }
}

async function permissionFor(
  tx: Db,
  ports: Pick<WorkPorts, 'law'>,
  attempt: Attempt,
  phone: string,
  now: Instant,
): Promise<CallPermission> {
  const number = await tx
    .selectFrom('contact_phones')
    .select('wrong_by_attempt')
    .where('contact_id', '=', attempt.contact_id)
    .where('e164', '=', phone)
    .executeTakeFirst()
  if (!number || number.wrong_by_attempt !== null)
    throw new AppError('invalid-input', 'not a number of this contact')
  return numberPermission(tx, ports, { phone, campaign: attempt.campaign_id, now })
}

/** Whether this number may be called now for this campaign, whoever's it is: the one question for every call. */
export async function numberPermission(
  tx: Db,
  ports: Pick<WorkPorts, 'law'>,
  { phone, campaign: id, now }: { phone: string; campaign: CampaignId; now: Instant },
): Promise<CallPermission> {
  const campaign = await tx
    .selectFrom('campaigns')
    .select(['starts_on', 'ends_on', 'hours', 'line'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const forbidden = await tx
    .selectFrom('do_not_call')
    .select('e164')
    .where('e164', '=', phone)
    .limit(1)
    .executeTakeFirst()
  const law = lawOf(campaign.line, ports.law)
  const counts = law ? await attemptsOn(tx, phone, id, midnight(law.zone, now)) : null
  return mayCall({
    now,
    campaign: { from: campaign.starts_on, to: campaign.ends_on, hours: campaign.hours },
    law,
    doNotCall: forbidden !== undefined,
    attemptsToday: counts?.today ?? 0,
    attemptsTotal: counts?.total ?? 0,
  })
}

const midnight = (zone: string, now: Instant) => DateTime.fromMillis(now, { zone }).startOf('day').toMillis()

/** Attempts that really rang a number: of this campaign in all, of every campaign today. */
async function attemptsOn(tx: Db, phone: string, campaign: CampaignId, today: Instant) {
  const { rows } = await sql<{ today: number; total: number }>`
    select count(*) filter (where a.started_at >= ${today}) as today,
      count(*) filter (where a.campaign_id = ${campaign}) as total
    from attempts a join campaigns c on c.id = a.campaign_id
    where a.phone = ${phone} and a.started_at is not null and a.kind <> 'inbound'
      and c.line <> 'simulated'`.execute(tx)
  return rows[0]
}
