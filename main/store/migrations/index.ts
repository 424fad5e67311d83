import { journalAndOutbox } from './001-journal-and-outbox.ts'

/** In order; the file's user_version says how many it has had. A shipped one is never changed, only followed. */
export const migrations: readonly string[] = [journalAndOutbox]
