import { setTimeout as wait } from 'node:timers/promises'
import type { Random } from '../../shared/std/clock.ts'
import type { Running } from '../support/processes.ts'
import type { Moment } from './operator.ts'

/** A place that one process fills at a time; who is killed in it is started again at once, as the launcher does. */
export interface Seat {
  current(): Promise<Running>
  kill(): Promise<void>
  stop(): Promise<void>
}

export async function seat(start: () => Promise<Running>): Promise<Seat> {
  let current = Promise.resolve(await start())
  return {
    current: () => current,
    kill: async () => {
      const victim = await current
      current = victim.kill().then(() => startAgain(start))
      await current
    },
    stop: async () => (await current).stop(),
  }
}

/** As patient as the launcher (scripts/lib/supervise.mjs): PostgreSQL may be killed under a server that starts. */
async function startAgain(start: () => Promise<Running>, failures = 0): Promise<Running> {
  try {
    return await start()
  } catch (error) {
    if (failures >= 5) throw error
    await wait(100 * 2 ** failures)
    return startAgain(start, failures + 1)
  }
}

export type Target = 'client' | 'server' | 'postgres' | 'all'

export interface Strike {
  target: Target
  /** Which of the two clients, where one dies. */
  client: number
  /** What that operator is about to do when it happens. */
  moment: Moment | 'any'
  delayMs: number
}

/** So many of each, in an order, at moments and after delays that chance chooses. */
export function strikes(counts: Record<Target, number>, random: Random): Strike[] {
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!
  const targets = (Object.keys(counts) as Target[]).flatMap((target) =>
    Array<Target>(counts[target]).fill(target),
  )
  const order = targets.map((target) => ({ target, at: random() })).toSorted((a, b) => a.at - b.at)
  return order.map(({ target }) => {
    const moment = pick(['any', 'draft', 'dial', 'wrap-up', 'wrap-up', 'undo', 'skip'] as const)
    return {
      target,
      client: random() < 0.5 ? 0 : 1,
      moment,
      // Around the answer of what was just sent, or anywhere in a call.
      delayMs: Math.floor(random() * (moment === 'any' ? 300 : 12)),
    }
  })
}

/** Lets the killer wait for a moment; resolves when the operator comes to it, or after two seconds at the latest. */
export function moments() {
  const waiting = new Set<{ client: number; moment: Moment; go: () => void }>()
  return {
    about: (client: number, moment: Moment) => {
      for (const each of waiting) {
        if (each.client !== client || each.moment !== moment) continue
        waiting.delete(each)
        each.go()
      }
    },
    next: async (client: number, moment: Moment) => {
      await Promise.race([new Promise<void>((go) => waiting.add({ client, moment, go })), wait(2_000)])
    },
  }
}
