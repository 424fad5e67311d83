import { sql, type Kysely } from 'kysely'
import { z } from 'zod'
import type { CampaignId, ImportId, UserId } from '../../../shared/std/ids.ts'
import type { Database } from '../../db/schema.ts'

export type Db = Kysely<Database>

/** What a demo has made, as the audit keeps it. */
export interface DemoMade {
  campaign: CampaignId
  import: ImportId
  users: UserId[]
}

const Made = z.object({ campaign: z.string(), import: z.string(), users: z.array(z.string()) })

/** The last demo that was made here, whether or not somebody has deleted it since. */
export async function findDemo(db: Db): Promise<DemoMade | null> {
  const row = await db
    .selectFrom('audit_entry')
    .select('details')
    .where('action', '=', 'demo.made')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? (Made.parse(row.details) as DemoMade) : null
}

/** Nobody but the first administrator, and nothing to work on. */
export async function isEmpty(db: Db): Promise<boolean> {
  const { rows } = await sql<{ empty: boolean }>`
    select not exists (select from user_account where role <> 'administrator')
      and not exists (select from campaigns) and not exists (select from contacts) as empty`.execute(db)
  return rows[0]?.empty === true
}

/** Removes campaign, calls and contacts of a demo. People stay: the audit and their calls elsewhere name them. */
export async function removeDemo(db: Db, made: DemoMade): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const attempts = tx.selectFrom('attempts').select('id').where('campaign_id', '=', made.campaign)
    await tx
      .updateTable('operators')
      .set({ state: 'offline', attempt: null, resume: null })
      .where('attempt', 'in', attempts)
      .execute()
    await tx.deleteFrom('deliveries').where('attempt_id', 'in', attempts).execute()
    await tx.deleteFrom('do_not_call').where('source', 'in', attempts).execute()
    await tx.deleteFrom('attempts').where('campaign_id', '=', made.campaign).execute()
    await tx.deleteFrom('campaign_records').where('campaign_id', '=', made.campaign).execute()
    await tx.deleteFrom('campaigns').where('id', '=', made.campaign).execute()
    // People of the list who were put into another campaign meanwhile stay with it.
    await tx
      .deleteFrom('contacts')
      .where('import_id', '=', made.import)
      .where('id', 'not in', (from) => from.selectFrom('campaign_records').select('contact_id'))
      .execute()
    await tx.updateTable('contacts').set({ import_id: null }).where('import_id', '=', made.import).execute()
    await tx
      .updateTable('campaign_records')
      .set({ import_id: null })
      .where('import_id', '=', made.import)
      .execute()
    await tx.deleteFrom('import_rows').where('import_id', '=', made.import).execute()
    await tx.deleteFrom('imports').where('id', '=', made.import).execute()
  })
}
