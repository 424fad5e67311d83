import type { Insertable, Kysely, Selectable } from 'kysely'
import { DateTime } from 'luxon'
import type { SupervisionMode } from '../../../shared/domain/supervision/supervision.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import type { AttemptId, UserId } from '../../../shared/std/ids.ts'
import { jsonb } from '../../db/connect.ts'
import type { Database } from '../../db/schema.ts'
import type { LiveListeningTable } from '../../db/tables/supervision.ts'
import type { AuditLog } from '../audit/rules.ts'

type Db = Kysely<Database>

const toListening = (row: Selectable<LiveListeningTable>) => ({
  supervisor: row.supervisor_id,
  session: row.session_id,
  address: row.address,
  operator: row.operator_id,
  mode: row.mode,
  call: row.call_leg,
  heard: row.heard,
  snoop: row.snoop,
  since: row.since,
})
type Listening = ReturnType<typeof toListening>

type Entry = { at: Instant } & (
  | { action: 'supervision.started' }
  | { action: 'supervision.mode-changed'; before: SupervisionMode }
  | {
      action: 'supervision.ended'
      why: string
      heard: NonNullable<Listening['heard']>
      mode: SupervisionMode
    }
)

/** Listenings on disk with their lines in the audit: who, to whom, how, to which call, from when to when. */
export function listeningBook({ db, audit }: { db: Db; audit: AuditLog }) {
  async function write(listening: Listening, entry: Entry, tx: Db): Promise<void> {
    const heard = entry.action === 'supervision.ended' ? entry.heard : listening.heard
    if (heard === null) throw new Error('what is not heard has no line in the audit')
    await audit.add(tx, {
      at: entry.at,
      username: (await userOf(tx, listening.supervisor))?.username ?? null,
      address: listening.address,
      action: entry.action,
      subject: listening.operator,
      details: {
        operator: (await userOf(tx, listening.operator))?.username,
        mode: entry.action === 'supervision.ended' ? entry.mode : listening.mode,
        ...(entry.action === 'supervision.mode-changed' && { before: entry.before }),
        call: heard.call,
        attempt: heard.attempt,
        campaign: heard.campaign,
        operatorTold: heard.isOperatorTold,
        from: timeText(heard.from),
        ...(entry.action === 'supervision.ended' && { to: timeText(entry.at), why: entry.why }),
      },
    })
  }

  return {
    open: async (): Promise<Listening[]> =>
      (await db.selectFrom('live_listening').selectAll().execute()).map(toListening),

    save: (listening: Listening, entry: Entry | null): Promise<void> =>
      db.transaction().execute(async (tx) => {
        const row: Insertable<LiveListeningTable> = {
          supervisor_id: listening.supervisor,
          session_id: listening.session,
          address: listening.address,
          operator_id: listening.operator,
          mode: listening.mode,
          call_leg: listening.call,
          heard: listening.heard && jsonb(listening.heard),
          snoop: listening.snoop && jsonb(listening.snoop),
          since: listening.since,
        }
        await tx
          .insertInto('live_listening')
          .values(row)
          .onConflict((conflict) => conflict.column('supervisor_id').doUpdateSet(row))
          .execute()
        if (entry) await write(listening, entry, tx)
      }),

    drop: (listening: Listening, entry: Entry | null): Promise<void> =>
      db.transaction().execute(async (tx) => {
        await tx.deleteFrom('live_listening').where('supervisor_id', '=', listening.supervisor).execute()
        if (entry) await write(listening, entry, tx)
      }),

    callOf: async (attempt: AttemptId | null) => {
      const row = await db
        .selectFrom('attempts')
        .innerJoin('campaigns', 'campaigns.id', 'attempts.campaign_id')
        .innerJoin('contacts', 'contacts.id', 'attempts.contact_id')
        .select(['description', 'supervision', 'first_name', 'last_name', 'company'])
        .where('attempts.id', '=', attempt)
        .executeTakeFirst()
      // Of a call without a record nobody said that its operator need not know.
      if (!row) return { campaign: '', contact: '', isOperatorTold: true }
      return {
        campaign: row.description,
        contact: [row.first_name, row.last_name].filter(Boolean).join(' ') || row.company,
        isOperatorTold: row.supervision.tellOperator,
      }
    },

    nameOf: async (user: UserId): Promise<string> => (await userOf(db, user))?.display_name ?? '',
  }
}

/** Read by people, in a line of text. */
const timeText = (at: Instant) => DateTime.fromMillis(at, { zone: 'utc' }).toISO()

const userOf = (db: Db, user: UserId) =>
  db.selectFrom('user_account').select(['username', 'display_name']).where('id', '=', user).executeTakeFirst()
