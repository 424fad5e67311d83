import { AppError } from '../../../shared/std/errors.ts'
import { withdrawOffer } from './matching.ts'
import type { Db, WorkPorts } from './ports.ts'
import {
  lockAttempt,
  lockOperator,
  lockRecord,
  noteDelivery,
  saveOperator,
  saveRecord,
} from './repository.ts'
import type { Attempt } from './repository.ts'
import { movedRecord, reopened } from './rules.ts'
import type { Delivery } from './wrap-up.ts'

/**
 * Opens a wrap-up again exactly as it was before, while nothing has been built on it: it is the operator's last call,
 * at most an offer lies on the desk (it is taken back), and nobody holds or has called the record meanwhile.
 * Throws `not-in-this-state` otherwise.
 */
export function undo(ports: Pick<WorkPorts, 'db' | 'audit'>, delivery: Delivery): Promise<void> {
  const { user, key, now } = delivery
  const id = delivery.attempt
  return ports.db.transaction().execute(async (tx) => {
    const operator = await lockOperator(tx, user.id, now)
    const attempt = await lockAttempt(tx, id, user.id)
    if (!(await noteDelivery(tx, { key, operator: user.id, attempt: id, what: 'undo', at: now }))) return
    if (attempt.state === 'started') return
    if (attempt.state !== 'wrapped-up' || attempt.record_before === null) {
      throw new AppError('not-in-this-state', 'there is no wrap-up to take back')
    }
    const campaign = await tx
      .selectFrom('campaigns')
      .select('line')
      .where('id', '=', attempt.campaign_id)
      .executeTakeFirstOrThrow()
    const free = await withdrawOffer(tx, user.id, operator, now)
    await refuseIfBuiltUpon(tx, attempt)
    const { record } = await lockRecord(tx, attempt.record_id)
    const restored = movedRecord(record, { type: 'undone', before: attempt.record_before })
    await forgetMarks(tx, attempt)
    await tx
      .updateTable('attempts')
      .set({
        state: 'started',
        ...(campaign.line === 'simulated' && noFacts),
        outcome: null,
        answers: null,
        note: '',
        callback_at: null,
        saved_at: null,
        wrapped_up_at: null,
        record_before: null,
      })
      .where('id', '=', id)
      .execute()
    await saveRecord(tx, attempt.record_id, restored)
    await saveOperator(tx, user.id, reopened(free, id, now))
    await ports.audit.add(tx, {
      at: now,
      username: user.username,
      address: delivery.address,
      action: 'attempt.wrap-up-undone',
      subject: id,
      details: { record: attempt.record_id, outcome: attempt.outcome?.code ?? null },
    })
  })
}

/** Of a real call the switch said how it went, and says it only once; of a simulated one it was in the wrap-up. */
const noFacts = { answered_at: null, ended_at: null, end_cause: null, switch_cause: null } as const

/** A later call of this operator, or of anybody on this record, rests on the outcome. */
async function refuseIfBuiltUpon(tx: Db, attempt: Attempt): Promise<void> {
  const later = await tx
    .selectFrom('attempts')
    .select('id')
    // A call that a colleague handed on was never started here.
    .where((where) => where.or([where('started_at', 'is not', null), where('reached_at', 'is not', null)]))
    .where('seq', '>', attempt.seq)
    .where((where) =>
      where.or([where('operator', '=', attempt.operator), where('record_id', '=', attempt.record_id)]),
    )
    .limit(1)
    .executeTakeFirst()
  if (later) throw new AppError('not-in-this-state', 'another call has left since')
}

/** Takes back what this attempt said of the contact's numbers; what other attempts said stays. */
async function forgetMarks(tx: Db, attempt: Attempt): Promise<void> {
  await tx
    .deleteFrom('do_not_call')
    .where('source', '=', attempt.id)
    .where('e164', 'in', (where) =>
      where.selectFrom('contact_phones').select('e164').where('contact_id', '=', attempt.contact_id),
    )
    .execute()
  await tx
    .updateTable('contact_phones')
    .set({ wrong_by_attempt: null })
    .where('contact_id', '=', attempt.contact_id)
    .where('wrong_by_attempt', '=', attempt.id)
    .execute()
}
