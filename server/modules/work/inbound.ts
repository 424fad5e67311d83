import { sql } from 'kysely'
import type { OperatorEvent } from '../../../shared/domain/operator/operator.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import type { AttemptId, CallerId, CampaignId, ContactId, RecordId, UserId } from '../../../shared/std/ids.ts'
import { takeRecord } from './beside.ts'
import { withdrawOffer } from './matching.ts'
import { makeContact, recordOf } from './people.ts'
import type { Db, WorkPorts } from './ports.ts'
import { addAttempt, lockAttempt, lockOperator, lockRecord, saveOperator, saveRecord } from './repository.ts'
import { moved, movedRecord } from './rules.ts'

type Ports = Pick<WorkPorts, 'db' | 'clock'>

/** An operator who could be rung, with those campaigns whose calls they take. */
export interface Ringable {
  user: UserId
  campaigns: CampaignId[]
  since: Instant
  doing: 'waits' | 'reads'
}

/**
 * Who is ready without work, and who only reads a record that the campaign offered: not one that the server is about to
 * dial, not one of their own choice, and not on their way to a break.
 */
export async function ringable(db: Db): Promise<Ringable[]> {
  const { rows } = await sql<Ringable>`
    select o.user_id as user, o.since, case when o.state = 'ready' then 'waits' else 'reads' end as doing,
      array(select campaign_id from campaign_operators e where e.user_id = o.user_id) as campaigns
    from operators o
    where (o.state = 'ready' and o.attempt is null)
      or (o.state = 'reserved' and o.wanted is null and exists (
        select from attempts a join campaigns c on c.id = a.campaign_id
        where a.id = o.attempt and a.state = 'offered' and a.kind = 'campaign'
          and not (c.work_mode = 'progressive' and c.line = 'pbx')))`.execute(db)
  return rows
}

/** Lets the operator's page ring for a caller; false where operator or caller is not free for it any more. */
export function ring(ports: Ports, user: UserId, caller: CallerId, attempt: AttemptId): Promise<boolean> {
  return ports.db.transaction().execute(async (tx) => {
    const at = ports.clock.now()
    const before = await lockOperator(tx, user, at)
    if (!(await ringable(tx)).some((each) => each.user === user)) return false
    const { numUpdatedRows } = await tx
      .updateTable('callers')
      .set({ ring_operator: user, ring_attempt: attempt })
      .where('id', '=', caller)
      .where('ring_attempt', 'is', null)
      .where('answered_at', 'is', null)
      .where('gone_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    const free = await withdrawOffer(tx, user, before, at)
    await saveOperator(tx, user, moved(free, { type: 'rung', attempt, at }))
    return true
  })
}

/** It rings no more: `missed` where nobody did anything, `not-reached` where operator or caller gave it up. */
export function ringOver(
  ports: Ports,
  user: UserId,
  attempt: AttemptId,
  type: Extract<OperatorEvent['type'], 'missed' | 'not-reached'>,
): Promise<void> {
  return ports.db.transaction().execute(async (tx) => {
    const at = ports.clock.now()
    const operator = await lockOperator(tx, user, at)
    await tx
      .updateTable('callers')
      .set({ ring_operator: null, ring_attempt: null })
      .where('ring_attempt', '=', attempt)
      .execute()
    await saveOperator(tx, user, moved(operator, { type, attempt, at }))
  })
}

/**
 * The operator takes the call that rings: from here on it is an attempt on the contact's record in that campaign, made
 * where there is none. A colleague who was only reading that record loses the offer; one who works it keeps it.
 * Throws `not-in-this-state` where it does not ring here (any more). Returns who lost an offer.
 */
export async function answer(ports: Ports, user: UserId, attempt: AttemptId): Promise<UserId | null> {
  const caller = await ports.db
    .selectFrom('callers')
    .selectAll()
    .where('ring_attempt', '=', attempt)
    .where('ring_operator', '=', user)
    .executeTakeFirst()
  if (!caller) throw new AppError('not-in-this-state', 'this call does not ring here')
  const known =
    caller.contact_id === null ? null : await recordOf(ports.db, caller.campaign_id, caller.contact_id)
  const reader = known?.state === 'reserved' ? known.operator : null
  return ports.db.transaction().execute(async (tx) => {
    const at = ports.clock.now()
    // Two operators at once: always in the order of their ids, so that nobody waits in a circle.
    if (reader !== null && reader < user) await lockOperator(tx, reader, at)
    const operator = await lockOperator(tx, user, at)
    if (reader !== null && reader > user) await lockOperator(tx, reader, at)
    const talking = moved(operator, { type: 'answered', attempt, at })
    if (talking === operator) throw new AppError('not-in-this-state', 'this call does not ring here')
    const { numUpdatedRows } = await tx
      .updateTable('callers')
      .set({ answered_at: at, ring_operator: null, ring_attempt: null })
      .where('id', '=', caller.id)
      .where('ring_attempt', '=', attempt)
      .where('gone_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new AppError('not-in-this-state', 'the caller has gone')
    const madeFor = caller.id as string as ContactId
    const contact = caller.contact_id ?? (await makeContact(tx, madeFor, caller.number, at))
    const lost = reader === null ? false : await takeFromReader(tx, reader, known?.id ?? null, at)
    const { campaign_id: campaign } = caller
    const from = caller.handed_from === null ? null : await handedFrom(tx, caller.handed_from)
    const isHanded = from !== null && from.campaign_id === campaign
    const taken = isHanded
      ? await takeOver(tx, from.id, from.operator, { operator: user, attempt })
      : await takeRecord(tx, {
          type: 'called-in',
          campaign,
          contact,
          operator: user,
          attempt,
          makes: caller.id as string as RecordId,
          now: at,
        })
    await addAttempt(tx, {
      id: attempt,
      record_id: taken.record,
      campaign_id: campaign,
      contact_id: contact,
      operator: user,
      // What becomes of a record that a colleague works is for them to say.
      state: taken.isOurs ? 'started' : 'handed-on',
      kind: 'inbound',
      caller: caller.id,
      record_found: taken.found,
      offered_at: at,
      phone: caller.number,
      started_at: at,
      answered_at: at,
      reached_at: at,
    })
    await saveOperator(tx, user, talking)
    return lost ? reader : null
  })
}

async function takeFromReader(
  tx: Db,
  reader: UserId,
  record: RecordId | null,
  at: Instant,
): Promise<boolean> {
  const colleague = await lockOperator(tx, reader, at)
  if (colleague.attempt === null) return false
  const offer = await tx
    .selectFrom('attempts')
    .select('record_id')
    .where('id', '=', colleague.attempt)
    .where('state', '=', 'offered')
    .executeTakeFirst()
  if (offer?.record_id !== record) return false
  await saveOperator(tx, reader, await withdrawOffer(tx, reader, colleague, at))
  return true
}

/** The attempt that handed the call to the queue, while its operator still has to say how it went; else null. */
async function handedFrom(tx: Db, id: AttemptId) {
  const row = await tx
    .selectFrom('attempts')
    .select(['id', 'operator', 'campaign_id'])
    .where('id', '=', id)
    .where('state', '=', 'started')
    .forUpdate()
    .executeTakeFirst()
  return row ?? null
}

/** As a call handed to a colleague: who talks last decides about the record. */
async function takeOver(
  tx: Db,
  from: AttemptId,
  fromOperator: UserId,
  to: { operator: UserId; attempt: AttemptId },
): ReturnType<typeof takeRecord> {
  const attempt = await lockAttempt(tx, from, fromOperator)
  const { record } = await lockRecord(tx, attempt.record_id)
  await tx.updateTable('attempts').set({ state: 'handed-on' }).where('id', '=', from).execute()
  const event = { type: 'handed-on', attempt: from, operator: to.operator, to: to.attempt } as const
  await saveRecord(tx, attempt.record_id, movedRecord(record, event))
  return { record: attempt.record_id, found: attempt.record_found, isOurs: true }
}
