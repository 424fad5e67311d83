import type { Insertable, Kysely, Selectable } from 'kysely'
import type { Role } from '../../../shared/crm-api/resource.ts'
import type { LegId, UserId } from '../../../shared/std/ids.ts'
import { jsonb } from '../../db/connect.ts'
import type { Database } from '../../db/schema.ts'
import type { HandedCallTable } from '../../db/tables/callers.ts'
import type { LiveLegTable, OperatorPhoneTable } from '../../db/tables/lines.ts'

type Db = Kysely<Database>

const toPhone = (row: Selectable<OperatorPhoneTable> & { role: Role }) => ({
  user: row.user_id,
  role: row.role === 'supervisor' ? row.role : ('operator' as const),
  session: row.session_id,
  kind: row.kind,
  endpoint: row.endpoint,
  answerToken: row.answer_token,
  password: row.password,
  expiresAt: row.expires_at,
})
type Phone = ReturnType<typeof toPhone>

const toLeg = (row: Selectable<LiveLegTable>) => ({
  leg: row.leg,
  call: row.call_id,
  user: row.user_id,
  attempt: row.attempt_id,
  channel: row.channel,
  direction: row.direction,
  peer: row.peer,
  state: row.state,
  held: row.held,
  consult: row.consult,
  recording: row.recording,
  serverDialed: row.server_dialed,
  startedAt: row.started_at,
  answeredAt: row.answered_at,
})
type Leg = ReturnType<typeof toLeg>

const toHanded = (row: Selectable<HandedCallTable>) => ({
  leg: row.leg,
  campaign: row.campaign_id,
  contact: row.contact_id,
  customer: row.customer,
  peer: row.peer,
  party: row.party,
  waits: row.waits,
})
type Handed = ReturnType<typeof toHanded>

/** Phones and legs on disk, for a server that starts again while calls are up. */
export function lineStore(db: Db) {
  return {
    /** Of sessions that are still open. */
    phones: async (): Promise<Phone[]> => {
      const rows = await db
        .selectFrom('operator_phone')
        .innerJoin('session', 'session.id', 'operator_phone.session_id')
        .innerJoin('user_account', 'user_account.id', 'operator_phone.user_id')
        .selectAll('operator_phone')
        .select('role')
        .execute()
      return rows.map(toPhone)
    },

    savePhone: async (phone: Omit<Phone, 'role'>): Promise<void> => {
      const columns = {
        session_id: phone.session,
        kind: phone.kind,
        endpoint: phone.endpoint,
        answer_token: phone.answerToken,
        password: phone.password,
        expires_at: phone.expiresAt,
      }
      await db
        .insertInto('operator_phone')
        .values({ user_id: phone.user, ...columns })
        .onConflict((conflict) => conflict.column('user_id').doUpdateSet(columns))
        .execute()
    },

    dropPhone: async (user: UserId): Promise<void> => {
      await db.deleteFrom('operator_phone').where('user_id', '=', user).execute()
    },

    deskPhone: async (user: UserId): Promise<string> => {
      const row = await db
        .selectFrom('phone_setup')
        .select('desk_phone')
        .where('user_id', '=', user)
        .executeTakeFirst()
      return row?.desk_phone ?? ''
    },

    legs: async (): Promise<Leg[]> => (await db.selectFrom('live_leg').selectAll().execute()).map(toLeg),

    saveLeg: async (leg: Leg): Promise<void> => {
      const row: Insertable<LiveLegTable> = {
        leg: leg.leg,
        call_id: leg.call,
        user_id: leg.user,
        attempt_id: leg.attempt,
        channel: leg.channel,
        direction: leg.direction,
        peer: leg.peer,
        state: leg.state,
        held: leg.held,
        consult: leg.consult === null ? null : jsonb(leg.consult),
        recording: leg.recording,
        server_dialed: leg.serverDialed,
        started_at: leg.startedAt,
        answered_at: leg.answeredAt,
      }
      await db
        .insertInto('live_leg')
        .values(row)
        .onConflict((conflict) => conflict.column('leg').doUpdateSet(row))
        .execute()
    },

    handed: async (): Promise<Handed[]> =>
      (await db.selectFrom('handed_calls').selectAll().execute()).map(toHanded),

    saveHanded: async (call: Handed): Promise<void> => {
      const row = {
        leg: call.leg,
        campaign_id: call.campaign,
        contact_id: call.contact,
        customer: call.customer,
        peer: call.peer,
        party: call.party,
        waits: call.waits,
      }
      await db
        .insertInto('handed_calls')
        .values(row)
        .onConflict((conflict) => conflict.column('leg').doUpdateSet(row))
        .execute()
    },

    dropHanded: async (leg: LegId): Promise<void> => {
      await db.deleteFrom('handed_calls').where('leg', '=', leg).execute()
    },

    dropLeg: async (leg: LegId): Promise<void> => {
      await db.deleteFrom('live_leg').where('leg', '=', leg).execute()
    },
  }
}
