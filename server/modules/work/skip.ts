import { AppError } from '../../../shared/std/errors.ts'
import type { AttemptId, UserId } from '../../../shared/std/ids.ts'
import type { AuditDraft } from '../audit/rules.ts'
import type { WorkPorts } from './ports.ts'
import { release } from './beside.ts'
import { lockAttempt, lockOperator, saveOperator } from './repository.ts'
import { moved, skipFor } from './rules.ts'

/** Gives an offered record back for a while, with the reason in the audit. Throws `not-in-this-state` once it rings. */
export function skip(
  ports: Pick<WorkPorts, 'db' | 'audit'>,
  user: UserId,
  id: AttemptId,
  entry: Omit<AuditDraft, 'action' | 'subject'>,
): Promise<void> {
  return ports.db.transaction().execute(async (tx) => {
    const operator = await lockOperator(tx, user, entry.at)
    const attempt = await lockAttempt(tx, id, user)
    if (attempt.state === 'skipped') return
    if (attempt.state !== 'offered') {
      throw new AppError('not-in-this-state', 'only an offered record can be skipped')
    }
    const dueAt = entry.at + skipFor
    await release(tx, attempt, { type: 'refused', attempt: id, dueAt, close: null })
    await tx.updateTable('attempts').set({ state: 'skipped' }).where('id', '=', id).execute()
    await saveOperator(tx, user, moved(operator, { type: 'withdrawn', attempt: id, at: entry.at }))
    await ports.audit.add(tx, {
      ...entry,
      action: 'attempt.skipped',
      subject: id,
      details: { ...entry.details, record: attempt.record_id },
    })
  })
}
