import type { Clock, Random } from '../../shared/std/clock.ts'

/** Longer waits overflow the 32-bit timer and would fire at once. */
const longestTimerMs = 2_147_483_647

export const realClock: Clock = {
  now: () => Date.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, Math.min(Math.max(0, ms), longestTimerMs))
    return () => clearTimeout(timer)
  },
}

export const realRandom: Random = () => Math.random()
