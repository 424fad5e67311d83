import type { Clock, Instant } from '../../shared/std/clock.ts'

export interface HandClock extends Clock {
  /** Runs what is due on the way, in order, each at its own instant. */
  pass(ms: number): void
  pending(): number
}

/** Time that stands still until a test moves it. Begins on a Tuesday at 10:00 in Rome. */
export function handClock(start: Instant = Date.UTC(2026, 2, 10, 9)): HandClock {
  let now = start
  let count = 0
  const tasks = new Set<{ at: Instant; order: number; run: () => void }>()
  const nextUntil = (end: Instant) =>
    [...tasks].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at || a.order - b.order)[0]
  return {
    now: () => now,
    after: (ms, run) => {
      const task = { at: now + Math.max(0, ms), order: count++, run }
      tasks.add(task)
      return () => tasks.delete(task)
    },
    pass: (ms) => {
      const end = now + ms
      for (let task = nextUntil(end); task; task = nextUntil(end)) {
        tasks.delete(task)
        now = Math.max(now, task.at)
        task.run()
      }
      now = end
    },
    pending: () => tasks.size,
  }
}
