import { systemClock } from '../../../server/entry/system.ts'
import type { Clock } from '../../../shared/std/clock.ts'

/** Ten o'clock of a weekday in Rome at the start, whatever the day on which the tests run; it goes on as time does. */
export function officeHours(start = Date.UTC(2026, 10, 24, 9, 0)): Clock {
  const shift = start - systemClock.now()
  return { now: () => systemClock.now() + shift, after: systemClock.after }
}
