import Database from 'better-sqlite3'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import type { OutboxEntry, ServerAttempt, ServerRecord } from './books.ts'

// int8 comes as text, since it may not fit a number; instants and counts of ours do.
const number = (value: unknown) => (value === null ? null : Number(value))

export interface ServerBooks {
  records: ServerRecord[]
  attempts: ServerAttempt[]
  deliveries: string[]
}

/** Reads the server's books from its database, beside the server. */
export async function readServer(url: string): Promise<ServerBooks> {
  const client = await connected(url)
  try {
    const rows = async (text: string) => (await client.query<Record<string, unknown>>(text)).rows
    const records = await rows('select id, state, attempts, closed_as from campaign_records')
    const attempts = await rows('select * from attempts order by seq')
    const deliveries = await rows(`select key from deliveries where what = 'wrap-up'`)
    return {
      records: records.map(({ closed_as: closedAs, ...row }) => ({ ...row, closedAs }) as ServerRecord),
      attempts: attempts.map(
        (row) =>
          ({
            ...row,
            record: row['record_id'],
            startedAt: number(row['started_at']),
            wrappedUpAt: number(row['wrapped_up_at']),
            savedAt: number(row['saved_at']),
            callbackAt: number(row['callback_at']),
          }) as unknown as ServerAttempt,
      ),
      deliveries: deliveries.map(({ key }) => String(key)),
    }
  } finally {
    await client.end()
  }
}

/** The last death may have been PostgreSQL's: then it is coming up again just now (57P03, or no socket yet). */
async function connected(url: string, tries = 50): Promise<Client> {
  const client = new Client({ connectionString: url })
  try {
    await client.connect()
    return client
  } catch (error) {
    if (tries === 0) throw error
    await wait(200)
    return connected(url, tries - 1)
  }
}

/** Reads the outbox in a client's file; the client must have ended, since it keeps the file to itself. */
export function readOutbox(file: string): OutboxEntry[] {
  const database = new Database(file)
  try {
    return database
      .prepare<[], OutboxEntry>('select key, attempt, delivered, refused from outbox order by seq')
      .all()
  } finally {
    database.close()
  }
}
