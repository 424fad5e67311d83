import type { Kysely } from 'kysely'
import type { Contact, HistoryEntry } from '../../../shared/crm-api/contacts.ts'
import type { AttemptId, ContactId, UserId } from '../../../shared/std/ids.ts'
import type { Database } from '../../db/schema.ts'
import type { ContactReader } from './rules.ts'

const historyLength = 20

export const contactReader: ContactReader = { get, history }

async function get(db: Kysely<Database>, id: ContactId): Promise<Contact | null> {
  const row = await db.selectFrom('contacts').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return null
  const phones = await db
    .selectFrom('contact_phones')
    .selectAll()
    .where('contact_id', '=', id)
    .orderBy('position')
    .execute()
  return {
    id: row.id,
    firstName: row.first_name,
    lastName: row.last_name,
    company: row.company,
    phones: phones.map(({ e164, kind, raw, wrong_by_attempt }) => ({
      e164,
      kind,
      raw,
      wrong: wrong_by_attempt !== null,
    })),
    email: row.email,
    street: row.street,
    postcode: row.postcode,
    city: row.city,
    province: row.province,
    birthDate: row.birth_date,
    marketingConsent: row.marketing_consent,
    externalId: row.external_id,
    note: row.note,
    custom: row.custom,
  }
}

async function history(
  db: Kysely<Database>,
  id: ContactId,
  listener: UserId | 'all',
): Promise<HistoryEntry[]> {
  const rows = await db
    .selectFrom('attempts')
    .innerJoin('user_account', 'user_account.id', 'attempts.operator')
    .innerJoin('campaigns', 'campaigns.id', 'attempts.campaign_id')
    .select([
      'attempts.id',
      'attempts.wrapped_up_at',
      'attempts.outcome',
      'attempts.note',
      'attempts.phone',
      'attempts.answered_at',
      'attempts.ended_at',
      'user_account.display_name',
      'campaigns.description',
    ])
    .where('attempts.contact_id', '=', id)
    .where('attempts.state', '=', 'wrapped-up')
    .orderBy('attempts.wrapped_up_at', 'desc')
    .limit(historyLength)
    .execute()
  const sounds = await recordingsOf(
    db,
    rows.map((row) => row.id),
    listener,
  )
  return rows.map((row) => ({
    at: row.wrapped_up_at ?? 0,
    operator: row.display_name,
    campaign: row.description,
    outcome: row.outcome?.label ?? null,
    effect: row.outcome?.effect ?? null,
    note: row.note,
    phone: row.phone ?? '',
    recordings: sounds
      .filter(({ attempt_id }) => attempt_id === row.id)
      .map(({ id: recording, duration_ms }) => ({ id: recording, durationMs: duration_ms ?? 0 })),
    talkSeconds:
      row.answered_at === null || row.ended_at === null
        ? 0
        : Math.max(0, Math.round((row.ended_at - row.answered_at) / 1000)),
  }))
}

/** Those that can be heard, oldest first. */
const recordingsOf = (db: Kysely<Database>, attempts: readonly AttemptId[], listener: UserId | 'all') =>
  attempts.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('recordings')
        .select(['id', 'attempt_id', 'duration_ms'])
        .where('attempt_id', 'in', [...attempts])
        .where('state', '=', 'stored')
        .$if(listener !== 'all', (query) => query.where('operator', '=', listener as UserId))
        .orderBy('id')
        .execute()
