import type Database from 'better-sqlite3'
import { WrapUp } from '../../shared/crm-api/work.ts'
import type { Instant } from '../../shared/std/clock.ts'
import type { AttemptId, UserId } from '../../shared/std/ids.ts'
import type { NewOutboxRow, OutboxRow, OutboxStore, Shown } from '../services/outbox/ports.ts'
import { guarded } from './problem.ts'

interface Row {
  key: string
  kind: 'wrap-up' | 'undo'
  attempt: AttemptId
  body: string
  tries: number
  next_try: Instant
}

const isWaiting = 'delivered is null and refused is null'
/** See `UndoBody`. */
export const isAsked = `kind = 'undo' and body = '"asked"'`

/** For a transaction of whoever knows what else must be true: no row is ever written alone. */
export function insertOutboxRow(database: Database.Database, row: NewOutboxRow): void {
  database
    .prepare(
      `insert into outbox (key, kind, attempt, user_id, body, shown, created) values (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      row.key,
      row.kind,
      row.attempt,
      row.user,
      JSON.stringify(row.body),
      JSON.stringify(row.shown),
      row.created,
    )
}

/** What must reach the server: `OutboxStore` over SQLite. */
export function outboxStore(database: Database.Database): OutboxStore {
  const waiting = database.prepare<[string], Row>(
    `select key, kind, attempt, body, tries, next_try from outbox where user_id = ? and ${isWaiting} order by seq`,
  )
  const counts = database.prepare<[], { user: UserId; count: number }>(
    `select user_id as user, count(*) as count from outbox where ${isWaiting} group by user_id`,
  )
  const problems = database.prepare<[string], { key: string; code: string; at: Instant; shown: string }>(
    `select key, refused as code, refused_at as at, shown from outbox
     where user_id = ? and delivered is null and refused is not null and set_aside is null order by seq`,
  )
  const delivered = database.prepare('update outbox set delivered = ? where key = ?')
  const failed = database.prepare('update outbox set tries = tries + 1, next_try = ? where key = ?')
  const refused = database.prepare('update outbox set refused = ?, refused_at = ? where key = ?')
  const dropUndo = database.prepare(
    `update outbox set refused = 'conflict', refused_at = :at, set_aside = :at
     where kind = 'undo' and not (${isAsked}) and ${isWaiting} and seq = (
       select min(later.seq) from outbox later, outbox own
       where own.key = :key and own.kind = 'wrap-up' and later.attempt = own.attempt and later.seq > own.seq)`,
  )
  // The wrap-up was taken back by hand: that the server would not have it is no longer a problem.
  const forget = database.prepare('update outbox set set_aside = ? where key = ?')
  const dropAsked = database.prepare(`update outbox set set_aside = ? where key = ? and ${isAsked}`)
  const setAside = database.prepare(
    'update outbox set set_aside = refused_at where key = ? and user_id = ? and refused is not null',
  )
  const hurry = database.prepare(`update outbox set next_try = 0 where user_id = ? and ${isWaiting}`)

  return {
    waiting: (user) => guarded(() => waiting.all(user)).map(read),
    counts: () => new Map(guarded(() => counts.all()).map(({ user, count }) => [user, count])),
    problems: (user) =>
      guarded(() => problems.all(user)).map(({ key, code, at, shown }) => ({
        key,
        code,
        at,
        shown: JSON.parse(shown) as Shown,
      })),
    delivered: (key, at) => void guarded(() => delivered.run(at, key)),
    failed: (key, nextTry) => void guarded(() => failed.run(nextTry, key)),
    refused: (key, code, at) =>
      guarded(
        database.transaction(() => {
          refused.run(code, at, key)
          dropAsked.run(at, key)
          if (dropUndo.run({ at, key }).changes > 0) forget.run(at, key)
        }),
      ),
    setAside: (key, user) => guarded(() => setAside.run(key, user)).changes > 0,
    hurry: (user) => void guarded(() => hurry.run(user)),
  }
}

function read(row: Row): OutboxRow {
  const base = { key: row.key, attempt: row.attempt, tries: row.tries, nextTry: row.next_try }
  if (row.kind === 'undo') return { ...base, kind: 'undo' }
  const body = WrapUp.safeParse(JSON.parse(row.body))
  return body.success ? { ...base, kind: 'wrap-up', body: body.data } : { ...base, kind: 'unreadable' }
}
