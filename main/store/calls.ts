import type Database from 'better-sqlite3'
import { CallState, Draft } from '../../shared/contract/call.ts'
import { Offer } from '../../shared/crm-api/work.ts'
import type { Call } from '../../shared/domain/call/call.ts'
import type { Instant } from '../../shared/std/clock.ts'
import type { AttemptId, UserId } from '../../shared/std/ids.ts'
import type { CallStore, Journaled } from '../services/call/ports.ts'
import type { Delivery, NewOutboxRow } from '../services/outbox/ports.ts'
import { insertOutboxRow, isAsked } from './outbox.ts'
import { guarded } from './problem.ts'

interface Row {
  attempt: AttemptId
  user_id: UserId
  offer: string
  call: string | null
  draft: string
  updated: Instant
  closed: Instant | null
}

/** The journal of the desk: `CallStore` over SQLite. */
export function callStore(database: Database.Database): CallStore {
  const find = database.prepare<[string], Row>('select * from call where attempt = ?')
  const openCall = database.prepare<[string], Row>(
    'select * from call where user_id = ? and closed is null and call is not null order by updated desc limit 1',
  )
  const put = database.prepare(
    `insert or replace into call (attempt, user_id, offer, call, draft, updated, closed)
     values (?, ?, ?, ?, ?, ?, null)`,
  )
  const closePreviews = database.prepare(
    'update call set closed = ? where user_id = ? and attempt <> ? and call is null and closed is null',
  )
  const saveCall = database.prepare('update call set call = ?, updated = ? where attempt = ?')
  const saveDraft = database.prepare('update call set draft = ?, updated = ? where attempt = ?')
  const close = database.prepare('update call set closed = ?, updated = ? where attempt = ?')
  const reopen = database.prepare('update call set call = ?, updated = ?, closed = null where attempt = ?')
  const finish = database.prepare(
    'update call set call = ?, draft = ?, updated = ?, closed = ? where attempt = ?',
  )
  const lastEntry = database.prepare<
    [string],
    { kind: string; refused: string | null; delivered: number | null }
  >(
    `select kind, refused, delivered from outbox
     where attempt = ? and not (${isAsked} and delivered is null) order by seq desc limit 1`,
  )
  const savedAs = database.prepare<[string], { attempt: AttemptId; savedAt: Instant }>(
    `select attempt, created as savedAt from outbox where key = ? and kind = 'wrap-up'`,
  )
  const setAsideRefused = database.prepare(
    `update outbox set set_aside = ? where attempt = ? and refused is not null and set_aside is null`,
  )

  const enqueue = (row: NewOutboxRow) => {
    // A newer word about the same attempt takes the place of one the server would not have.
    setAsideRefused.run(row.created, row.attempt)
    insertOutboxRow(database, row)
  }
  const changeOne = (attempt: AttemptId, run: () => Database.RunResult) => {
    if (guarded(run).changes !== 1) throw new Error(`no journal of attempt ${attempt}`)
  }

  return {
    find: (attempt) => read(guarded(() => find.get(attempt))),
    openCall: (user) => read(guarded(() => openCall.get(user))),
    open: ({ attempt, user, offer, call, draft, updated }) =>
      guarded(
        database.transaction(() => {
          closePreviews.run(updated, user, attempt)
          put.run(
            attempt,
            user,
            JSON.stringify(offer),
            call && JSON.stringify(call),
            JSON.stringify(draft),
            updated,
          )
        }),
      ),
    saveCall: (attempt, call, at) =>
      changeOne(attempt, () => saveCall.run(JSON.stringify(call), at, attempt)),
    saveDraft: (attempt, draft, at) =>
      changeOne(attempt, () => saveDraft.run(JSON.stringify(draft), at, attempt)),
    close: (attempt, at) => changeOne(attempt, () => close.run(at, at, attempt)),
    wrapUp: ({ call, draft, at, outbox }) =>
      guarded(
        database.transaction(() => {
          const { attempt } = outbox
          changeOne(attempt, () => finish.run(JSON.stringify(call), JSON.stringify(draft), at, at, attempt))
          enqueue(outbox)
        }),
      ),
    reopen: ({ call, at, outbox }) =>
      guarded(
        database.transaction(() => {
          changeOne(outbox.attempt, () => reopen.run(JSON.stringify(call), at, outbox.attempt))
          enqueue(outbox)
        }),
      ),
    askUndo: (outbox) => guarded(() => insertOutboxRow(database, outbox)),
    delivery: (attempt) => deliveryOf(guarded(() => lastEntry.get(attempt))),
    savedAs: (key) => guarded(() => savedAs.get(key)),
  }
}

function deliveryOf(
  entry: { kind: string; refused: string | null; delivered: number | null } | undefined,
): Delivery {
  if (!entry || entry.kind === 'undo') return 'none'
  if (entry.delivered !== null) return 'delivered'
  return entry.refused === null ? 'waiting' : 'refused'
}

/** Rows are parsed as they come back: a file may be older than the program. What no longer fits counts as absent. */
function read(row: Row | undefined): Journaled | undefined {
  if (!row) return undefined
  const offer = Offer.safeParse(JSON.parse(row.offer))
  const draft = Draft.safeParse(JSON.parse(row.draft))
  const call = CallState.nullable().safeParse(row.call === null ? null : JSON.parse(row.call))
  if (!offer.success || !draft.success || !call.success) return undefined
  return {
    attempt: row.attempt,
    user: row.user_id,
    offer: offer.data,
    call: call.data satisfies Call | null,
    draft: draft.data,
    updated: row.updated,
    closed: row.closed !== null,
  }
}
