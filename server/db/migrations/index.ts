import type { Migration } from 'kysely/migration'
import { identity } from './0001_identity.ts'

/** In the order of their names. One that has been released is never changed: add another. */
export const migrations: Record<string, Migration> = {
  '0001_identity': identity,
}
