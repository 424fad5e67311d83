import type { Selectable } from 'kysely'
import type { Contact } from '../../../shared/crm-api/contacts.ts'
import type { Offer } from '../../../shared/crm-api/work.ts'
import type { AttemptId, CallerId, ContactId, RecordId } from '../../../shared/std/ids.ts'
import type { CallerTable } from '../../db/tables/callers.ts'
import type { CampaignTable } from '../../db/tables/work.ts'
import type { ContactReader } from '../contacts/rules.ts'
import { contactsWith, recordOf } from './people.ts'
import type { Db, PhonePort } from './ports.ts'
import { prefixOf } from './server-dial.ts'

/** What an offer says of its campaign, for an operator with this prefix. */
export function campaignPart(
  row: Selectable<CampaignTable> & { dial_prefix: string | null },
  phone: PhonePort | null,
): Offer['campaign'] {
  return {
    id: row.id,
    code: row.code,
    description: row.description,
    workMode: row.work_mode,
    line: row.line,
    dialPrefix: prefixOf(row, phone),
    callerId: row.caller_id,
    recording: row.recording,
    zone: row.hours.zone,
    wrapUpSeconds: row.wrap_up_seconds,
    callbackGraceMinutes: row.callback_grace_minutes,
    outcomes: row.outcomes,
    script: row.script,
  }
}

/** The number that was dialled by hand, or called us, before the others of the contact. */
export const withFirst = (contact: Contact, number: string | null): Contact => ({
  ...contact,
  phones: contact.phones.toSorted(
    (left, right) => Number(right.e164 === number) - Number(left.e164 === number),
  ),
})

/** Who calls, and who else has that number. */
async function callerPart(
  db: Db,
  caller: Selectable<CallerTable>,
  contact: ContactId,
): Promise<NonNullable<Offer['caller']>> {
  const matches = caller.number === null ? [] : await contactsWith(db, caller.number)
  return {
    from: caller.number,
    name: caller.name,
    to: caller.called,
    since: caller.came_at,
    matches: matches.filter(({ id }) => id !== contact),
  }
}

export async function callerOf(db: Db, id: CallerId, contact: ContactId): Promise<Offer['caller']> {
  const caller = await db.selectFrom('callers').selectAll().where('id', '=', id).executeTakeFirst()
  return caller ? callerPart(db, caller, contact) : null
}

/**
 * A call that rings for an operator, whole: of the contact it is from as far as known. Contact and record that are not
 * there yet are shown under the ids they get when it is answered. Null where nothing rings under that id.
 */
export async function ringingOffer(
  db: Db,
  ports: { contacts: ContactReader; phone: PhonePort | null },
  id: AttemptId,
): Promise<Offer | null> {
  const caller = await db.selectFrom('callers').selectAll().where('ring_attempt', '=', id).executeTakeFirst()
  if (!caller) return null
  const campaign = await db
    .selectFrom('campaigns')
    .leftJoin('phone_setup', (join) => join.on('phone_setup.user_id', '=', caller.ring_operator))
    .selectAll('campaigns')
    .select('dial_prefix')
    .where('id', '=', caller.campaign_id)
    .executeTakeFirstOrThrow()
  const known = caller.contact_id === null ? null : await ports.contacts.get(db, caller.contact_id)
  const contact = known ?? stranger(caller)
  const record = known === null ? null : await recordOf(db, caller.campaign_id, known.id)
  return {
    attempt: id,
    offeredAt: caller.came_at,
    campaign: campaignPart(campaign, ports.phone),
    record: {
      id: record?.id ?? (caller.id as string as RecordId),
      kind: 'inbound',
      dueAt: record?.due_at ?? null,
      attempts: record?.attempts ?? 0,
      maxAttempts: campaign.max_attempts,
    },
    contact: withFirst(contact, caller.number),
    history:
      known === null || caller.ring_operator === null
        ? []
        : await ports.contacts.history(db, known.id, caller.ring_operator),
    caller: await callerPart(db, caller, contact.id),
  }
}

const stranger = (caller: Selectable<CallerTable>): Contact => ({
  id: caller.id as string as ContactId,
  firstName: '',
  lastName: '',
  company: '',
  phones:
    caller.number === null ? [] : [{ e164: caller.number, kind: 'other', raw: caller.number, wrong: false }],
  email: '',
  street: '',
  postcode: '',
  city: '',
  province: '',
  birthDate: null,
  marketingConsent: null,
  externalId: '',
  note: '',
  custom: {},
})
