import type { Clock, Instant } from '../../shared/std/clock.ts'

export interface TestClock extends Clock {
  /** Lets time pass; what is due runs in its order, at its own instant. */
  advance(ms: number): void
}

/** A clock that stands still until told otherwise. */
export function testClock(start: Instant = Date.UTC(2026, 10, 24, 9, 0)): TestClock {
  let now = start
  const waiting = new Set<{ at: Instant; task: () => void }>()
  const nextBefore = (end: Instant) =>
    [...waiting].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0]
  return {
    now: () => now,
    after: (ms, task) => {
      const entry = { at: now + ms, task }
      waiting.add(entry)
      return () => waiting.delete(entry)
    },
    advance: (ms) => {
      const end = now + ms
      for (let next = nextBefore(end); next !== undefined; next = nextBefore(end)) {
        waiting.delete(next)
        now = next.at
        next.task()
      }
      now = end
    },
  }
}
