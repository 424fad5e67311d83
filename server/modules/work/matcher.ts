import type { UserId } from '../../../shared/std/ids.ts'
import { nextLook, readyOperators } from './matching.ts'
import { serveNext } from './server-dial.ts'
import type { WorkPorts } from './ports.ts'

/** However quiet it is: a look at least so often, in case an event was missed while the database was away. */
const sweepEvery = 15_000

export interface Matcher {
  /** Offers records to all who wait, longest first; calls while one look is under way become one more. */
  look(): Promise<void>
  underWay(): Iterable<Promise<void>>
  stop(): Promise<void>
}

/** Brings waiting operators and waiting records together: on every change, when something becomes due, and slowly. */
export function createMatcher(
  ports: Pick<WorkPorts, 'db' | 'clock' | 'makeId' | 'law' | 'phone' | 'log'>,
  after: { looked: (waited: readonly UserId[]) => Promise<void>; sweep: () => Promise<void> },
): Matcher {
  let wanted = false
  let sweepWanted = false
  let running: Promise<void> | null = null
  let cancel = () => {}
  let stopped = false

  async function run(): Promise<void> {
    cancel()
    let delay = sweepEvery
    while (wanted) {
      wanted = false
      if (stopped) break
      try {
        if (sweepWanted) await after.sweep()
        sweepWanted = false
        delay = await once()
      } catch (error) {
        ports.log.error({ err: error }, 'records could not be offered')
        delay = sweepEvery
      }
    }
    if (stopped) return
    cancel = ports.clock.after(delay, () => {
      sweepWanted = true
      void look()
    })
  }

  /** Returns after how many milliseconds to look again. */
  async function once(): Promise<number> {
    const begun = ports.clock.now()
    const waiting = await readyOperators(ports.db)
    for (const user of waiting) await serveNext(ports, user)
    await after.looked(waiting)
    if (waiting.length === 0) return sweepEvery
    // Counted from before the look, so that what became due during it is not overlooked.
    const next = await nextLook(ports, begun)
    return next === null ? sweepEvery : Math.max(0, Math.min(sweepEvery, next - ports.clock.now()))
  }

  function look(): Promise<void> {
    wanted = true
    running ??= run().finally(() => {
      running = null
    })
    return running
  }

  return {
    look,
    underWay: () => (running === null ? [] : [running]),
    stop: async () => {
      stopped = true
      cancel()
      await running
    },
  }
}
