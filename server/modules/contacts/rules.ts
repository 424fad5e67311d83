import type { Kysely } from 'kysely'
import type { Contact, HistoryEntry } from '../../../shared/crm-api/contacts.ts'
import type { ContactId, UserId } from '../../../shared/std/ids.ts'
import type { Database } from '../../db/schema.ts'

/** What other modules read of contacts. */
export interface ContactReader {
  /** Null where there is no such contact. */
  get(db: Kysely<Database>, id: ContactId): Promise<Contact | null>
  /** Newest first, at most twenty; with the recordings that this operator made, or with all of them. */
  history(db: Kysely<Database>, id: ContactId, listener: UserId | 'all'): Promise<HistoryEntry[]>
}
