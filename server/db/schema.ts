import type { CallerTables } from './tables/callers.ts'
import type { IdentityTables } from './tables/identity.ts'
import type { LineTables } from './tables/lines.ts'
import type { RecordingTables } from './tables/recordings.ts'
import type { SupervisionTables } from './tables/supervision.ts'
import type { WorkTables } from './tables/work.ts'

/**
 * Every table, for Kysely. Columns are snake_case as in SQL; instants are `bigint` milliseconds UTC (no time zone can
 * slip in between), documents are `jsonb`.
 */
export interface Database
  extends IdentityTables, WorkTables, LineTables, CallerTables, SupervisionTables, RecordingTables {}
