import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** A recording that ran on while a sensitive field had the focus is stored up to there only. */
export const recordingsCut: Migration = {
  async up(db) {
    await sql`alter table recordings add column keep_ms int check (keep_ms >= 0)`.execute(db)
  },
}
