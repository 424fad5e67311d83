import { AppError } from '../../shared/std/errors.ts'
import type { Log } from '../../shared/std/log.ts'

export interface Turns {
  /** Runs the task after all earlier ones of that key; what it throws goes to the caller. */
  take<T>(key: string, task: () => Promise<T>): Promise<T>
  /** The same for what nobody waits for; what it throws is logged. */
  go(key: string, task: () => Promise<void>): void
  underWay(): Iterable<Promise<unknown>>
}

/** One thing after the other for each operator, so that what the switch says and what is asked keep their order. */
export function createTurns(log: Log): Turns {
  const last = new Map<string, Promise<unknown>>()

  function take<T>(key: string, task: () => Promise<T>): Promise<T> {
    const turn = (last.get(key) ?? Promise.resolve()).then(task)
    const settled = turn.then(
      () => undefined,
      () => undefined,
    )
    last.set(key, settled)
    void settled.then(() => {
      if (last.get(key) === settled) last.delete(key)
    })
    return turn
  }

  return {
    take,
    go: (key, task) => {
      take(key, task).catch((error: unknown) => {
        const isLink = error instanceof AppError && error.code === 'line-down'
        if (isLink)
          log.info({ key }, 'a step of a call was broken off by the link; the snapshot puts it right')
        else log.error({ err: error, key }, 'a step of a call failed')
      })
    },
    underWay: () => last.values(),
  }
}
