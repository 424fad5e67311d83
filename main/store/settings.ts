import type Database from 'better-sqlite3'
import type { SettingsStore } from '../services/settings/ports.ts'
import { guarded } from './problem.ts'

/** One JSON value under each name; what it means is checked by whoever reads it. */
export function settingsStore(database: Database.Database): SettingsStore {
  const read = database.prepare<[string], { value: string }>('select value from setting where name = ?')
  const write = database.prepare('insert or replace into setting (name, value) values (?, ?)')
  return {
    read: (name: string): unknown => {
      const row = guarded(() => read.get(name))
      return row ? JSON.parse(row.value) : undefined
    },
    write: (name: string, value: unknown): void => {
      guarded(() => write.run(name, JSON.stringify(value)))
    },
  }
}
