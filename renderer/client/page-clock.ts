import type { Clock } from '../../shared/std/clock.ts'

/** The page's clock. What is compared with a server's instant adds the offset of `session.connection`. */
export const pageClock: Clock = {
  now: () => Date.now(),
  after: (ms, task) => {
    const waiting = setTimeout(task, ms)
    return () => clearTimeout(waiting)
  },
}
