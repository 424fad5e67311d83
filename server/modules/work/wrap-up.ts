import type { WrapUp } from '../../../shared/crm-api/work.ts'
import type { CampaignOutcome } from '../../../shared/domain/campaign/outcomes.ts'
import { validateAnswers } from '../../../shared/domain/script/answers.ts'
import { checkDocument } from '../../../shared/domain/script/document.ts'
import { mergeValues } from '../../../shared/domain/script/merge.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { AttemptId } from '../../../shared/std/ids.ts'
import type { SignedInUser } from '../../http/handlers.ts'
import { jsonb } from '../../db/connect.ts'
import type { Db, WorkPorts } from './ports.ts'
import {
  goodNumbers,
  lockAttempt,
  lockOperator,
  lockRecord,
  noteDelivery,
  saveOperator,
  saveRecord,
} from './repository.ts'
import type { Attempt } from './repository.ts'
import { moved, movedRecord, namesOf } from './rules.ts'

export interface Delivery {
  user: SignedInUser
  address: string
  key: string
  attempt: AttemptId
  now: Instant
}

/**
 * Outcome, answers, note, callback and the facts of the call, in one transaction with the key of the delivery: a repeat
 * changes nothing. It counts also while the operator is offline and where the server never heard how the call went.
 * Throws `answers-invalid` (details: the problems), `invalid-input`, `not-in-this-state`, `conflict`.
 */
export function wrapUp(
  ports: Pick<WorkPorts, 'db' | 'contacts' | 'audit'>,
  delivery: Delivery,
  work: WrapUp,
): Promise<void> {
  const { user, key, now } = delivery
  const id = delivery.attempt
  return ports.db.transaction().execute(async (tx) => {
    const operator = await lockOperator(tx, user.id, now)
    const attempt = await lockAttempt(tx, id, user.id)
    if (!(await noteDelivery(tx, { key, operator: user.id, attempt: id, what: 'wrap-up', at: now }))) return
    if (attempt.state === 'wrapped-up') return sameOrConflict(attempt, work)
    if (attempt.state !== 'started' && attempt.state !== 'handed-on')
      throw new AppError('not-in-this-state', 'the call was never started')
    const campaign = await tx
      .selectFrom('campaigns')
      .selectAll()
      .where('id', '=', attempt.campaign_id)
      .executeTakeFirstOrThrow()
    const outcome = outcomeOf(campaign.outcomes, work)
    const answers =
      campaign.version === attempt.campaign_version
        ? await validAnswers(tx, ports, { attempt, user, campaign, outcome, work })
        : work.answers
    const { record } = await lockRecord(tx, attempt.record_id)
    await markNumbers(tx, attempt, outcome, now)
    const isHandedOn = attempt.state === 'handed-on'
    // What becomes of a record handed on is for the colleague to say.
    if (!isHandedOn) {
      const next = movedRecord(record, {
        type: 'wrapped-up',
        attempt: id,
        // Retries count from when the operator saved, which may be long before the server hears of it.
        at: Math.min(work.savedAt, now),
        outcome,
        callbackAt: work.callbackAt,
        maxAttempts: campaign.max_attempts,
        numbersLeft: (await goodNumbers(tx, attempt.contact_id)).length,
        ...(attempt.kind !== 'campaign' && { found: attempt.record_found }),
      })
      await saveRecord(tx, attempt.record_id, next)
    }
    await tx
      .updateTable('attempts')
      .set({
        state: 'wrapped-up',
        // Of a real call the switch's own word stands, which the client may have missed.
        ...(campaign.line === 'pbx' && attempt.ended_at !== null ? {} : factsOf(work)),
        outcome: jsonb(outcome),
        answers: jsonb(answers),
        note: work.note,
        callback_at: work.callbackAt,
        saved_at: work.savedAt,
        wrapped_up_at: now,
        record_before: isHandedOn ? null : jsonb(record),
      })
      .where('id', '=', id)
      .execute()
    await saveOperator(tx, user.id, moved(operator, { type: 'wrapped-up', attempt: id, at: now }))
    await ports.audit.add(tx, {
      at: now,
      username: user.username,
      address: delivery.address,
      action: 'attempt.wrapped-up',
      subject: id,
      details: { record: attempt.record_id, outcome: outcome.code },
    })
  })
}

const factsOf = ({ call }: WrapUp) => ({
  answered_at: call.answeredAt,
  ended_at: call.endedAt,
  end_cause: call.end,
  switch_cause: call.switchCause,
})

/** A wrap-up sent again under another key is welcome where it says the same; a different one needs an undo first. */
function sameOrConflict(attempt: Attempt, work: WrapUp): void {
  const same = attempt.outcome?.code === work.outcome && attempt.saved_at === work.savedAt
  if (!same) throw new AppError('conflict', 'the attempt was already wrapped up with something else')
}

function outcomeOf(outcomes: readonly CampaignOutcome[], work: WrapUp): CampaignOutcome {
  const outcome = outcomes.find(({ code }) => code === work.outcome)
  if (!outcome) throw new AppError('invalid-input', 'not an outcome of this campaign')
  if ((outcome.effect === 'callback') !== (work.callbackAt !== null)) {
    throw new AppError('invalid-input', 'a callback, and nothing else, has an instant to call back')
  }
  return outcome
}

interface Answered {
  attempt: Attempt
  user: SignedInUser
  campaign: { code: string; description: string; script: string }
  outcome: CampaignOutcome
  work: WrapUp
}

async function validAnswers(
  tx: Db,
  ports: Pick<WorkPorts, 'contacts'>,
  { attempt, user, campaign, outcome, work }: Answered,
): Promise<Record<string, unknown>> {
  const checked = checkDocument(JSON.parse(campaign.script))
  if (!checked.ok) throw new Error('a campaign that was launched has an invalid script')
  const contact = await ports.contacts.get(tx, attempt.contact_id)
  const values = mergeValues(contact ?? {}, namesOf(user.displayName), campaign)
  const result = validateAnswers(checked.document, work.answers, {
    complete: outcome.needsCompleteAnswers,
    values,
  })
  if (!result.ok) {
    throw new AppError('answers-invalid', 'answers do not fit the questionnaire', {
      details: { problems: result.problems },
    })
  }
  return result.answers
}

async function markNumbers(tx: Db, attempt: Attempt, outcome: CampaignOutcome, now: Instant): Promise<void> {
  if (outcome.effect === 'wrong-number' && attempt.phone !== null) {
    await tx
      .updateTable('contact_phones')
      .set({ wrong_by_attempt: attempt.id })
      .where('contact_id', '=', attempt.contact_id)
      .where('e164', '=', attempt.phone)
      .execute()
  }
  if (outcome.effect === 'do-not-call') {
    await tx
      .insertInto('do_not_call')
      .columns(['e164', 'source', 'added_at'])
      .expression((from) =>
        from
          .selectFrom('contact_phones')
          .select(({ val }) => ['e164', val(attempt.id as string).as('source'), val(now).as('added_at')])
          .where('contact_id', '=', attempt.contact_id),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}
