import type { Operator, OperatorEvent } from '../../../shared/domain/operator/operator.ts'
import { next as nextOperator } from '../../../shared/domain/operator/operator.ts'
import type { CampaignRecord, RecordEvent } from '../../../shared/domain/campaign/record.ts'
import { next as nextRecord } from '../../../shared/domain/campaign/record.ts'
import type { CallPermission } from '../../../shared/domain/campaign/law.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import { DateTime } from 'luxon'

/** How long a lost stream may stay lost before the operator shows as offline, and before an offer is taken back. */
export const absence = { offlineAfter: 3_000, withdrawAfter: 20_000 } as const
/** A skipped record is not offered again at once. */
export const skipFor = 15 * 60_000
/** Figures of "today" are of the day in this zone. */
export const dayZone = 'Europe/Rome'

export const startOfDay = (now: Instant): Instant =>
  DateTime.fromMillis(now, { zone: dayZone }).startOf('day').toMillis()

/** The operator after the event, or as it was where the event does not fit. */
export function moved(operator: Operator, event: OperatorEvent): Operator {
  const step = nextOperator(operator, event)
  return 'operator' in step ? step.operator : operator
}

/** The record after the event; a refusal where the event does not fit, since then the two ends disagree. */
export function movedRecord(record: CampaignRecord, event: RecordEvent): CampaignRecord {
  const step = nextRecord(record, event)
  if ('record' in step) return step.record
  throw new AppError('not-in-this-state', step.ignored)
}

/**
 * Taking back a wrap-up while the stream is not there yet (the outbox may be faster): the operator stays offline and
 * finds the attempt on arrival.
 */
export function reopened(
  operator: Operator,
  attempt: NonNullable<Operator['attempt']>,
  at: Instant,
): Operator {
  if (operator.state === 'offline' && operator.attempt === null) return { ...operator, attempt }
  const step = nextOperator(operator, { type: 'reopened', attempt, at })
  if ('operator' in step) return step.operator
  throw new AppError('not-in-this-state', step.ignored)
}

/** What a refusal at dial time does to the record. `othersGood`: other numbers of the contact that may be rung. */
export function refusal(
  permission: Exclude<CallPermission, { allowed: true }>,
  othersGood: number,
): Pick<Extract<RecordEvent, { type: 'refused' }>, 'dueAt' | 'close'> {
  const forever = permission.reason === 'do-not-call' || permission.reason === 'total-attempts'
  if (!forever) return { dueAt: permission.until, close: null }
  if (othersGood > 0) return { dueAt: null, close: null }
  return { dueAt: null, close: permission.reason === 'do-not-call' ? 'do-not-call' : 'attempts-used-up' }
}

/** Splits a name as it is shown into the two that a script may use. */
export function namesOf(displayName: string): { firstName: string; lastName: string } {
  const [firstName = '', ...rest] = displayName.trim().split(/\s+/)
  return { firstName, lastName: rest.join(' ') }
}
