import { DateTime } from 'luxon'
import type { Instant } from '../../../shared/std/clock.ts'

/** The ISO date of an instant by the clock of Rome: nobody in a file is born after it. */
export const dateOf = (at: Instant): string =>
  DateTime.fromMillis(at, { zone: 'Europe/Rome' }).toFormat('yyyy-MM-dd')
