import type { Migration } from 'kysely/migration'
import { identity } from './0001_identity.ts'
import { work } from './0002_work.ts'
import { lines } from './0003_lines.ts'
import { callers } from './0004_callers.ts'
import { recordings } from './0005_recordings.ts'
import { supervision } from './0007_supervision.ts'
import { wrongNumbers } from './0008_wrong_numbers.ts'
import { recordingsCut } from './0009_recordings_cut.ts'

/** In the order of their names. One that has been released is never changed: add another. */
export const migrations: Record<string, Migration> = {
  '0001_identity': identity,
  '0002_work': work,
  '0003_lines': lines,
  '0004_callers': callers,
  '0005_recordings': recordings,
  '0007_supervision': supervision,
  '0008_wrong_numbers': wrongNumbers,
  '0009_recordings_cut': recordingsCut,
}
