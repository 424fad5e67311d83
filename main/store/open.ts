import Database from 'better-sqlite3'
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Instant } from '../../shared/std/clock.ts'
import type { CallStore } from '../services/call/ports.ts'
import type { OutboxStore } from '../services/outbox/ports.ts'
import type { SettingsStore } from '../services/settings/ports.ts'
import { callStore } from './calls.ts'
import { migrations } from './migrations/index.ts'
import { outboxStore } from './outbox.ts'
import { guarded, storeError } from './problem.ts'
import { settingsStore } from './settings.ts'

/** Delivered work and closed calls hold people's data: kept only as long as a repeated save could still ask for them. */
const keepMs = 24 * 60 * 60_000

export interface Store {
  calls: CallStore
  outbox: OutboxStore
  settings: SettingsStore
  /** Writes and syncs one row, to know that the disk takes it. */
  check(): void
  close(): void
}

/** Opens or makes the file, for this process alone. Throws `internal` with `details.store`; never repairs by deleting. */
export function openStore(file: string, now: Instant): Store {
  return guarded(() => {
    const database = openDatabase(file)
    try {
      migrate(database)
      prune(database, now - keepMs)
    } catch (error) {
      database.close()
      throw error
    }
    const check = database.prepare(`insert or replace into setting (name, value) values ('check', 'true')`)
    return {
      calls: callStore(database),
      outbox: outboxStore(database),
      settings: settingsStore(database),
      check: () => {
        guarded(() => check.run())
      },
      close: () => {
        database.close()
      },
    }
  })
}

function openDatabase(file: string): Database.Database {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  // SQLite gives its side files the mode of the main one.
  closeSync(openSync(file, 'a', 0o600))
  chmodSync(file, 0o600)
  const database = new Database(file, { timeout: 1_000 })
  // Two processes would deliver the same outbox; the lock goes with the process, also when it is killed.
  database.pragma('locking_mode = EXCLUSIVE')
  database.pragma('journal_mode = WAL')
  // With less a power cut may take back a commit that the operator has been told of (sqlite.org/pragma.html).
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  if (database.pragma('quick_check(1)', { simple: true }) !== 'ok') {
    database.close()
    throw storeError('corrupt', 'the local file is damaged')
  }
  return database
}

function migrate(database: Database.Database): void {
  const done = Number(database.pragma('user_version', { simple: true }))
  if (done > migrations.length) throw storeError('newer', `the local file has version ${done}`)
  for (const [index, sql] of migrations.entries()) {
    if (index < done) continue
    database.transaction(() => {
      database.exec(sql)
      database.pragma(`user_version = ${index + 1}`)
    })()
  }
}

function prune(database: Database.Database, before: Instant): void {
  database.transaction(() => {
    database.prepare('delete from outbox where delivered < ?').run(before)
    database
      .prepare(
        `delete from call where closed < ?
         and not exists (select 1 from outbox where outbox.attempt = call.attempt)`,
      )
      .run(before)
  })()
}
