import type { CampaignRecord, RecordEvent } from '../../../shared/domain/campaign/record.ts'
import { newRecord } from '../../../shared/domain/campaign/record.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import type { AttemptId, CampaignId, ContactId, RecordId, UserId } from '../../../shared/std/ids.ts'
import { insertRecord, recordOf } from './people.ts'
import type { Db } from './ports.ts'
import type { Attempt } from './repository.ts'
import { lockRecord, saveRecord } from './repository.ts'
import { movedRecord } from './rules.ts'

export interface Taken {
  record: RecordId
  /** As it was; null where it was made. */
  found: CampaignRecord | null
  /** False where a colleague works it: they decide about it, this call only tells how it went. */
  isOurs: boolean
}

/**
 * Takes a contact's record for a call beside the campaign's own order: one that came in (`called-in`, worked at once) or
 * one dialled by hand (`taken`, offered). Makes a record where the contact has none in the campaign, under `makes`.
 */
export async function takeRecord(
  tx: Db,
  wish: {
    type: 'called-in' | 'taken'
    campaign: CampaignId
    contact: ContactId
    operator: UserId
    attempt: AttemptId
    makes: RecordId
    now: Instant
  },
): Promise<Taken> {
  const { campaign, contact, operator, attempt, makes, now } = wish
  const event = { type: wish.type, operator, attempt } as const
  const known = await recordOf(tx, campaign, contact)
  if (known === null) {
    const record = movedRecord(newRecord, event)
    await insertRecord(tx, { id: makes, campaign, contact, now, record })
    return { record: makes, found: null, isOurs: true }
  }
  const { record } = await lockRecord(tx, known.id)
  if (record.state === 'reserved' || record.state === 'working') {
    return { record: known.id, found: null, isOurs: false }
  }
  await saveRecord(tx, known.id, movedRecord(record, event))
  return { record: known.id, found: record, isOurs: true }
}

/** Leaves the record of an attempt: as the event says in the campaign's order, as it was found beside it. */
export async function release(
  tx: Db,
  attempt: Pick<Attempt, 'id' | 'record_id' | 'record_found' | 'kind'>,
  event: RecordEvent,
): Promise<void> {
  const { record } = await lockRecord(tx, attempt.record_id)
  const back = { type: 'given-back', attempt: attempt.id, found: attempt.record_found } as const
  await saveRecord(tx, attempt.record_id, movedRecord(record, attempt.kind === 'campaign' ? event : back))
}
