import { AppError } from '../../../shared/std/errors.ts'
import type { AttemptId, ContactId, RecordId, UserId } from '../../../shared/std/ids.ts'
import { jsonb } from '../../db/connect.ts'
import { takeRecord } from './beside.ts'
import { contactsWith } from './people.ts'
import type { Db, WorkPorts } from './ports.ts'
import type { Attempt } from './repository.ts'
import { lockAttempt, lockOperator, lockRecord, saveRecord } from './repository.ts'
import { movedRecord } from './rules.ts'

type Ports = Pick<WorkPorts, 'db' | 'clock' | 'makeId'>

/**
 * The call goes on under another contact: while it rings, while it lasts, until its outcome is saved. The record it was on
 * is again as it was found; one made for it, with its nameless contact, is gone. Throws `not-found` for a contact whom
 * neither this number nor a campaign of the operator knows, `not-in-this-state` for a call in the campaign's own order.
 */
export async function identify(
  ports: Ports,
  user: UserId,
  attempt: AttemptId,
  contact: ContactId,
): Promise<void> {
  await ports.db.transaction().execute(async (tx) => {
    const now = ports.clock.now()
    await lockOperator(tx, user, now)
    const ringing = await tx
      .selectFrom('callers')
      .select(['id', 'number'])
      .where('ring_attempt', '=', attempt)
      .where('ring_operator', '=', user)
      .forUpdate()
      .executeTakeFirst()
    if (ringing) {
      await refuseStranger(tx, user, contact, ringing.number)
      await tx.updateTable('callers').set({ contact_id: contact }).where('id', '=', ringing.id).execute()
      return
    }
    const row = await lockAttempt(tx, attempt, user)
    const isOpen = row.state === 'offered' || row.state === 'started' || row.state === 'handed-on'
    if (row.kind === 'campaign' || !isOpen) {
      throw new AppError('not-in-this-state', 'this call is about the contact it was made for')
    }
    if (row.contact_id === contact) return
    await refuseStranger(tx, user, contact, row.phone)
    await moveTo(tx, ports, row, contact, now)
  })
}

async function refuseStranger(
  tx: Db,
  user: UserId,
  contact: ContactId,
  number: string | null,
): Promise<void> {
  const matches = number === null ? [] : await contactsWith(tx, number)
  if (matches.some(({ id }) => id === contact)) return
  const row = await tx
    .selectFrom('campaign_records')
    .innerJoin('campaign_operators', 'campaign_operators.campaign_id', 'campaign_records.campaign_id')
    .select('campaign_records.id')
    .where('campaign_records.contact_id', '=', contact)
    .where('campaign_operators.user_id', '=', user)
    .limit(1)
    .executeTakeFirst()
  if (!row) throw new AppError('not-found', 'no such contact')
}

async function moveTo(tx: Db, ports: Ports, row: Attempt, contact: ContactId, now: number): Promise<void> {
  const { record } = await lockRecord(tx, row.record_id)
  const wasOurs = record.attempt === row.id
  if (wasOurs) {
    const event = { type: 'given-back', attempt: row.id, found: row.record_found } as const
    await saveRecord(tx, row.record_id, movedRecord(record, event))
  }
  const taken = await takeRecord(tx, {
    type: row.state === 'offered' ? 'taken' : 'called-in',
    campaign: row.campaign_id,
    contact,
    operator: row.operator,
    attempt: row.id,
    makes: ports.makeId() as RecordId,
    now,
  })
  if (!taken.isOurs && row.state === 'offered') {
    throw new AppError('not-in-this-state', 'a colleague has this contact')
  }
  await tx
    .updateTable('attempts')
    .set({
      contact_id: contact,
      record_id: taken.record,
      record_found: taken.found === null ? null : jsonb(taken.found),
      state: row.state === 'offered' ? 'offered' : taken.isOurs ? 'started' : 'handed-on',
    })
    .where('id', '=', row.id)
    .execute()
  if (row.caller !== null) {
    await tx.updateTable('callers').set({ contact_id: contact }).where('id', '=', row.caller).execute()
  }
  if (wasOurs && row.record_found === null) await forget(tx, row)
}

/** What was made for this call alone; a contact who has a name, or another call, was not. */
async function forget(tx: Db, row: Attempt): Promise<void> {
  const other = await tx
    .selectFrom('attempts')
    .select('id')
    .where((where) =>
      where.or([where('record_id', '=', row.record_id), where('contact_id', '=', row.contact_id)]),
    )
    .limit(1)
    .executeTakeFirst()
  if (other) return
  await tx.deleteFrom('campaign_records').where('id', '=', row.record_id).execute()
  await tx
    .deleteFrom('contacts')
    .where('id', '=', row.contact_id)
    .where('first_name', '=', '')
    .where('last_name', '=', '')
    .where('company', '=', '')
    .where('import_id', 'is', null)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('campaign_records')
            .select('campaign_records.id')
            .whereRef('campaign_records.contact_id', '=', 'contacts.id'),
        ),
      ),
    )
    .execute()
}
