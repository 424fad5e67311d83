import { sql } from 'kysely'
import type { LegEnd } from '../../../shared/domain/call/legs.ts'
import { afterTechnical, technicalOutcome } from '../../../shared/domain/campaign/technical-retry.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { AttemptId, RecordId, UserId } from '../../../shared/std/ids.ts'
import type { CampaignTable } from '../../db/tables/work.ts'
import { offerNext, withdrawOffer } from './matching.ts'
import type { Db, DialPlan, PhonePort, WorkPorts } from './ports.ts'
import { goodNumbers, lockAttempt, lockOperator, lockRecord, saveOperator, saveRecord } from './repository.ts'
import { moved, movedRecord } from './rules.ts'
import { start } from './start.ts'

/** The server dials one line for each ready operator (progressive); the operator gets the call, not the record. */
export const isServerDialed = (campaign: Pick<CampaignTable, 'work_mode' | 'line'>) =>
  campaign.work_mode === 'progressive' && campaign.line === 'pbx'

/** Gives a ready operator the next record, or dials it for them; goes on to the next where one may not be called. */
export async function serveNext(
  ports: Pick<WorkPorts, 'db' | 'clock' | 'makeId' | 'law' | 'phone'>,
  user: UserId,
): Promise<void> {
  for (;;) {
    const attempt = await offerNext(ports, user)
    if (attempt === null || !(await isForServer(ports.db, attempt))) return
    if (await dialForOperator(ports, user, attempt)) return
  }
}

async function isForServer(db: Db, attempt: AttemptId): Promise<boolean> {
  const row = await db
    .selectFrom('attempts')
    .innerJoin('campaigns', 'campaigns.id', 'attempts.campaign_id')
    .select(['work_mode', 'line'])
    .where('attempts.id', '=', attempt)
    .executeTakeFirstOrThrow()
  return isServerDialed(row)
}

/** False where the law function refused, and the record went back; the operator may have another one. */
async function dialForOperator(
  ports: Pick<WorkPorts, 'db' | 'clock' | 'law' | 'phone'>,
  user: UserId,
  attempt: AttemptId,
): Promise<boolean> {
  const { contact_id } = await ports.db
    .selectFrom('attempts')
    .select('contact_id')
    .where('id', '=', attempt)
    .executeTakeFirstOrThrow()
  const [phone] = await goodNumbers(ports.db, contact_id)
  // The phone may be lost since the record was reserved, the number forbidden.
  if (phone === undefined || !ports.phone?.canDial(user)) {
    await giveBack(ports, user)
    return true
  }
  // Read before: once it is started nothing may fail before it is on its way to the switch.
  const plan = { ...(await dialPlan(ports, user, attempt)), phone }
  const started = await start(ports, user, attempt, phone, ports.clock.now(), 'server').catch(notOnDesk)
  // A break, or an outcome taken back, came in between.
  if (started === null) return true
  if (!started.allowed) return false
  await ports.phone.dial(plan)
  return true
}

function notOnDesk(error: unknown): null {
  if (error instanceof AppError && error.code === 'not-in-this-state') return null
  throw error
}

/** The offer goes back as it was. */
export function giveBack(ports: Pick<WorkPorts, 'db' | 'clock'>, user: UserId): Promise<void> {
  return ports.db.transaction().execute(async (tx) => {
    const now = ports.clock.now()
    const operator = await lockOperator(tx, user, now)
    await saveOperator(tx, user, await withdrawOffer(tx, user, operator, now))
  })
}

/** All that goes before a number of a campaign when this operator dials; nothing on a line that reaches nobody. */
export const prefixOf = (
  row: { line: CampaignTable['line']; dial_prefix: string | null; lcr_prefix: string },
  phone: Pick<PhonePort, 'outsidePrefix'> | null,
): string =>
  row.line === 'simulated' ? '' : (phone?.outsidePrefix ?? '') + (row.dial_prefix ?? '') + row.lcr_prefix

/** It is dialled within milliseconds. */
const longestOfferMs = 10_000

/** Of a server whose database was away between the offer and the dialling; a dialling that comes late is refused. */
export async function giveBackUndialed(ports: Pick<WorkPorts, 'db' | 'clock'>): Promise<void> {
  const overdue = ports.clock.now() - longestOfferMs
  for (const user of await undialedOffers(ports.db, overdue)) await giveBack(ports, user)
}

/** How an attempt that was started is to be dialled. Throws where it is not there. */
export async function dialPlan(
  ports: Pick<WorkPorts, 'db' | 'phone'>,
  user: UserId,
  attempt: AttemptId,
): Promise<DialPlan> {
  const row = await ports.db
    .selectFrom('attempts')
    .innerJoin('campaigns', 'campaigns.id', 'attempts.campaign_id')
    .leftJoin('phone_setup', 'phone_setup.user_id', 'attempts.operator')
    .select(['phone', 'caller_id', 'lcr_prefix', 'dial_prefix', 'recording', 'line'])
    .where('attempts.id', '=', attempt)
    .executeTakeFirstOrThrow()
  return {
    attempt,
    user,
    phone: row.phone ?? '',
    prefix: prefixOf(row, ports.phone),
    callerId: row.caller_id,
    recording: row.recording,
  }
}

/**
 * Nobody answered a call that the server dialled: the record waits by the technical retry rules, or closes; the
 * operator is free without a wrap-up. A repeat changes nothing. Returns the operator.
 */
export function notReached(
  ports: Pick<WorkPorts, 'db'>,
  user: UserId,
  id: AttemptId,
  facts: { end: LegEnd; switchCause: string | null; at: Instant },
): Promise<void> {
  return ports.db.transaction().execute(async (tx) => {
    const operator = await lockOperator(tx, user, facts.at)
    const attempt = await lockAttempt(tx, id, user)
    if (attempt.state !== 'started' || !attempt.server_dialed || attempt.reached_at !== null) return
    const outcome = technicalOutcome(facts.end) ?? 'lost'
    const { record } = await lockRecord(tx, attempt.record_id)
    const times = 1 + (await earlierInARow(tx, attempt.record_id, attempt.seq, facts.end))
    const verdict = afterTechnical(outcome, times, facts.at)
    await tx
      .updateTable('attempts')
      .set({
        state: 'failed',
        ended_at: facts.at,
        end_cause: facts.end,
        switch_cause: facts.switchCause,
      })
      .where('id', '=', id)
      .execute()
    if (verdict.closeNumber) {
      await tx
        .updateTable('contact_phones')
        .set({ wrong_by_attempt: id })
        .where('contact_id', '=', attempt.contact_id)
        .where('e164', '=', attempt.phone ?? '')
        .execute()
    }
    const isLast = verdict.closeNumber && (await goodNumbers(tx, attempt.contact_id)).length === 0
    const { max_attempts } = await tx
      .selectFrom('campaigns')
      .select('max_attempts')
      .where('id', '=', attempt.campaign_id)
      .executeTakeFirstOrThrow()
    const next = movedRecord(record, {
      type: 'not-reached',
      attempt: id,
      dueAt: verdict.dueAt,
      counts: verdict.counts,
      maxAttempts: max_attempts,
      close: isLast ? 'wrong-number' : null,
    })
    await saveRecord(tx, attempt.record_id, next)
    await saveOperator(tx, user, moved(operator, { type: 'not-reached', attempt: id, at: facts.at }))
  })
}

/** How many calls of this record before it, one after the other, ended the same way. */
async function earlierInARow(tx: Db, record: RecordId, seq: number, end: LegEnd): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from attempts a
    where a.record_id = ${record} and a.seq < ${seq} and a.end_cause = ${end}
      and not exists (
        select from attempts later
        where later.record_id = a.record_id and later.seq > a.seq and later.seq < ${seq}
          and later.started_at is not null and later.end_cause is distinct from ${end})`.execute(tx)
  return rows[0]?.count ?? 0
}

/** Somebody answered: from here on the call is the operator's, with record and script. */
export async function reached(db: Db, id: AttemptId, at: Instant): Promise<void> {
  await db.updateTable('attempts').set({ reached_at: at }).where('id', '=', id).execute()
}

/** Attempts that this server was dialling for operators when it died, by operator. */
export function dialedByServer(db: Db): Promise<{ id: AttemptId; operator: UserId }[]> {
  return db
    .selectFrom('attempts')
    .select(['id', 'operator'])
    .where('state', '=', 'started')
    .where('server_dialed', '=', true)
    .where('reached_at', 'is', null)
    .execute()
}

/** Offers of before that instant which the server was about to dial, by operator: nobody was shown them. */
export async function undialedOffers(db: Db, before: Instant): Promise<UserId[]> {
  const rows = await db
    .selectFrom('attempts')
    .innerJoin('campaigns', 'campaigns.id', 'attempts.campaign_id')
    .select('operator')
    .where('attempts.state', '=', 'offered')
    .where('offered_at', '<=', before)
    .where('kind', '=', 'campaign')
    .where('work_mode', '=', 'progressive')
    .where('line', '=', 'pbx')
    .execute()
  return rows.map(({ operator }) => operator)
}
