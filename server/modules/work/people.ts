import { sql } from 'kysely'
import { parsePhone } from '../../../shared/std/phone.ts'
import type { CampaignRecord } from '../../../shared/domain/campaign/record.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import type { CampaignId, ContactId, RecordId } from '../../../shared/std/ids.ts'
import { jsonb } from '../../db/connect.ts'
import { country } from '../imports/rules.ts'
import type { Db } from './ports.ts'

export interface Match {
  id: ContactId
  name: string
  city: string
}

/** Several people may share a number; nobody wants to read a longer list while somebody speaks. */
const mostMatches = 20

/** Whose number this is, whom we spoke to last first; numbers that were marked wrong are nobody's. */
export async function contactsWith(db: Db, number: string): Promise<Match[]> {
  const { rows } = await sql<Match>`
    select c.id, c.city, coalesce(nullif(concat_ws(' ', nullif(c.first_name, ''), nullif(c.last_name, '')), ''), c.company) as name
    from contacts c
    left join lateral (
      select max(offered_at) as at from attempts a where a.contact_id = c.id and a.started_at is not null
    ) last on true
    where exists (
      select from contact_phones p
      where p.contact_id = c.id and p.e164 = ${number} and p.wrong_by_attempt is null)
    order by last.at desc nulls last, c.created_at, c.id limit ${mostMatches}`.execute(db)
  return rows
}

/** Somebody without a name; with a number that can be called back, or with none. */
export async function makeContact(
  tx: Db,
  id: ContactId,
  number: string | null,
  now: Instant,
): Promise<ContactId> {
  const nothing = {
    first_name: '',
    last_name: '',
    company: '',
    email: '',
    street: '',
    postcode: '',
    city: '',
  }
  await tx
    .insertInto('contacts')
    .values({
      id,
      ...nothing,
      province: '',
      external_id: '',
      note: '',
      birth_date: null,
      marketing_consent: null,
      custom: jsonb({}),
      import_id: null,
      created_at: now,
    })
    .execute()
  const phone = number === null ? null : parsePhone(number, country)
  if (phone?.ok) {
    await tx
      .insertInto('contact_phones')
      .values({
        contact_id: id,
        position: 0,
        e164: phone.e164,
        kind: phone.kind,
        raw: phone.e164,
        wrong_by_attempt: null,
      })
      .execute()
  }
  return id
}

/** The contact's record in a campaign, unlocked; null where there is none. */
export async function recordOf(db: Db, campaign: CampaignId, contact: ContactId) {
  const row = await db
    .selectFrom('campaign_records')
    .select(['id', 'state', 'operator', 'due_at', 'attempts'])
    .where('campaign_id', '=', campaign)
    .where('contact_id', '=', contact)
    .executeTakeFirst()
  return row ?? null
}

/** A record for a contact who was in no list of the campaign; `record` says at once who works it. */
export async function insertRecord(
  tx: Db,
  row: { id: RecordId; campaign: CampaignId; contact: ContactId; now: Instant; record: CampaignRecord },
): Promise<void> {
  const { record } = row
  await tx
    .insertInto('campaign_records')
    .values({
      id: row.id,
      campaign_id: row.campaign,
      contact_id: row.contact,
      state: record.state,
      kind: record.kind,
      due_at: record.dueAt,
      callback_operator: record.callbackOperator,
      operator: record.operator,
      attempt: record.attempt,
      attempts: record.attempts,
      closed_as: record.closedAs,
      import_id: null,
      created_at: row.now,
    })
    .execute()
}
