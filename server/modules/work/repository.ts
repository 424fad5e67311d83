import type { Insertable } from 'kysely'
import type { CampaignRecord } from '../../../shared/domain/campaign/record.ts'
import type { Operator } from '../../../shared/domain/operator/operator.ts'
import { offline } from '../../../shared/domain/operator/operator.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import type { AttemptId, CampaignId, ContactId, RecordId, UserId } from '../../../shared/std/ids.ts'
import { AppError } from '../../../shared/std/errors.ts'
import { jsonb } from '../../db/connect.ts'
import type { AttemptTable } from '../../db/tables/work.ts'
import type { Db } from './ports.ts'

/**
 * Rows are loaded locked, moved by the pure rules and written back in the same transaction. The order is always
 * operator, attempt, record: whoever keeps to it cannot wait in a circle.
 */
export async function lockOperator(tx: Db, user: UserId, now: Instant): Promise<Operator> {
  const find = () =>
    tx.selectFrom('operators').selectAll().where('user_id', '=', user).forUpdate().executeTakeFirst()
  let row = await find()
  if (!row) {
    await tx
      .insertInto('operators')
      .values(operatorRow(user, offline(now)))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    row = await find()
  }
  if (!row) throw new Error('an operator row that was just written is not there')
  return toOperator(row)
}

interface OperatorColumns {
  state: Operator['state']
  since: Instant
  break_reason: Operator['breakReason']
  wanted: Operator['wanted']
  attempt: AttemptId | null
  resume: Operator['resume']
}

export const toOperator = (row: OperatorColumns): Operator => ({
  state: row.state,
  since: row.since,
  breakReason: row.break_reason,
  wanted: row.wanted,
  attempt: row.attempt,
  resume: row.resume,
})

const operatorRow = (user: UserId, operator: Operator) => ({
  user_id: user,
  state: operator.state,
  since: operator.since,
  break_reason: operator.breakReason,
  wanted: operator.wanted,
  attempt: operator.attempt,
  resume: operator.resume,
})

export async function saveOperator(tx: Db, user: UserId, operator: Operator): Promise<void> {
  await tx.updateTable('operators').set(operatorRow(user, operator)).where('user_id', '=', user).execute()
}

export async function findOperator(db: Db, user: UserId): Promise<Operator | null> {
  const row = await db.selectFrom('operators').selectAll().where('user_id', '=', user).executeTakeFirst()
  return row ? toOperator(row) : null
}

/** The attempt, locked; refused with `not-found` where it is not this operator's. */
export async function lockAttempt(tx: Db, id: AttemptId, operator: UserId) {
  const row = await tx
    .selectFrom('attempts')
    .selectAll()
    .where('id', '=', id)
    .where('operator', '=', operator)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new AppError('not-found', 'no such attempt of this operator')
  return row
}
export type Attempt = Awaited<ReturnType<typeof lockAttempt>>

type NewAttempt = Omit<Insertable<AttemptTable>, 'campaign_version' | 'record_found'> & {
  record_found: CampaignRecord | null
}

/** An attempt beside the campaign's own order, under the campaign as it is now. */
export async function addAttempt(tx: Db, { record_found: found, ...attempt }: NewAttempt): Promise<void> {
  const { version } = await tx
    .selectFrom('campaigns')
    .select('version')
    .where('id', '=', attempt.campaign_id)
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('attempts')
    .values({
      ...attempt,
      campaign_version: version,
      record_found: found === null ? null : jsonb(found),
    })
    .execute()
}

export interface LockedRecord {
  id: RecordId
  campaign: CampaignId
  contact: ContactId
  record: CampaignRecord
}

export async function lockRecord(tx: Db, id: RecordId): Promise<LockedRecord> {
  const row = await tx
    .selectFrom('campaign_records')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return {
    id: row.id,
    campaign: row.campaign_id,
    contact: row.contact_id,
    record: {
      state: row.state,
      kind: row.kind,
      dueAt: row.due_at,
      callbackOperator: row.callback_operator,
      operator: row.operator,
      attempt: row.attempt,
      attempts: row.attempts,
      closedAs: row.closed_as,
    },
  }
}

export async function saveRecord(tx: Db, id: RecordId, record: CampaignRecord): Promise<void> {
  await tx
    .updateTable('campaign_records')
    .set({
      state: record.state,
      kind: record.kind,
      due_at: record.dueAt,
      callback_operator: record.callbackOperator,
      operator: record.operator,
      attempt: record.attempt,
      attempts: record.attempts,
      closed_as: record.closedAs,
    })
    .where('id', '=', id)
    .execute()
}

/** Notes the key of a delivery; false where it has come before, so that the repeat changes nothing. */
export async function noteDelivery(
  tx: Db,
  delivery: { key: string; operator: UserId; attempt: AttemptId; what: string; at: Instant },
): Promise<boolean> {
  const { key, operator, attempt, what, at } = delivery
  const written = await tx
    .insertInto('deliveries')
    .values({ key, operator, attempt_id: attempt, what, at })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .executeTakeFirst()
  if (written.numInsertedOrUpdatedRows === 1n) return true
  const earlier = await tx
    .selectFrom('deliveries')
    .selectAll()
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
  if (earlier.operator !== operator || earlier.attempt_id !== attempt || earlier.what !== what) {
    throw new AppError('conflict', 'the idempotency key was used for something else')
  }
  return false
}

/** Numbers of the contact that may still be rung: neither marked wrong nor on the do-not-call list. */
export async function goodNumbers(tx: Db, contact: ContactId): Promise<string[]> {
  const rows = await tx
    .selectFrom('contact_phones')
    .select('e164')
    .where('contact_id', '=', contact)
    .where('wrong_by_attempt', 'is', null)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('do_not_call')
            .select('do_not_call.e164')
            .whereRef('do_not_call.e164', '=', 'contact_phones.e164'),
        ),
      ),
    )
    .orderBy('position')
    .execute()
  return rows.map(({ e164 }) => e164)
}
