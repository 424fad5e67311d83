import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Records that wait in vain are counted at every look at the board: from the few bad numbers on. */
export const wrongNumbers: Migration = {
  async up(db) {
    await sql`
      create index contact_phones_wrong on contact_phones (contact_id) where wrong_by_attempt is not null;
    `.execute(db)
  },
}
