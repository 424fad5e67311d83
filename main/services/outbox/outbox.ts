import type { outbox, OutboxView } from '../../../shared/contract/outbox.ts'
import type { Host } from '../../../shared/rpc/contract.ts'
import { backOff } from '../../../shared/std/back-off.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { Watchable } from '../../../shared/std/event.ts'
import { cell } from '../../../shared/std/event.ts'
import type { AttemptId, UserId } from '../../../shared/std/ids.ts'
import type { z } from 'zod'
import type { OutboxPorts, OutboxRow } from './ports.ts'
import { verdictOf } from './verdict.ts'

const firstWaitMs = 200
const longestWaitMs = 30_000
/** After so many faults of the server in a row, about three seconds, an operator goes on without it. */
const mostFaults = 5

export interface OutboxService {
  host: Host<{ outbox: typeof outbox }>['outbox']
  view: Watchable<z.infer<typeof OutboxView>>
  /** Something was added: tries soon, after whoever added it has answered its caller. */
  kick(): void
  /**
   * Resolves once the server has heard of everything that who is signed in took back: a call that left before would
   * rest on the outcome that is no more, and the server would refuse to take it back. False where the server fails at
   * one again and again: it is tried on, and nobody waits for it. Rejects when aborted.
   */
  undosHeard(signal: AbortSignal): Promise<boolean>
  /** Something taken back has not reached the server yet, and will soon. */
  undosWait(): boolean
  stop(): void
}

/**
 * Brings what is saved here to the server, in the order in which it was saved and only for who is signed in. What fails
 * is tried again; what is refused for good becomes a problem that somebody sees, and stays in the file.
 */
export function outboxService(ports: OutboxPorts): OutboxService {
  const { store, work, signedIn, link, clock, random, log } = ports
  const view = cell(look())
  let stopTimer = () => {}
  let delivering = false
  let again = false
  let stopped = false
  /** While the server is away nothing is tried, whatever its row says. */
  let notBefore = 0
  /** How often in a row the server itself failed at an attempt's oldest row. */
  const faults = new Map<AttemptId, number>()

  function look(): z.infer<typeof OutboxView> {
    const user = signedIn.current()?.id
    const counts = [...store.counts()]
    const sum = (rows: typeof counts) => rows.reduce((total, [, count]) => total + count, 0)
    const problems = user === undefined ? [] : store.problems(user)
    return {
      waiting: sum(counts),
      waitingForOthers: sum(counts.filter(([owner]) => owner !== user)),
      problems: problems.map(({ key, code, at, shown }) => ({
        key,
        code,
        at,
        contact: shown.contact,
        outcome: shown.outcome[ports.language()],
      })),
    }
  }
  const refresh = () => {
    if (!stopped) view.set(look())
  }
  const soon = (ms: number) => {
    stopTimer()
    if (!stopped) stopTimer = clock.after(ms, () => void pump())
  }

  /** One at a time: the server must hear things in the order in which they happened. */
  const pump = async () => {
    if (stopped) return
    if (delivering) {
      again = true
      return
    }
    delivering = true
    try {
      do {
        again = false
        await deliverAll()
      } while (again)
    } catch (error) {
      log.error({ error }, 'the outbox cannot be read or written')
      soon(longestWaitMs)
    } finally {
      delivering = false
      refresh()
    }
  }

  const deliverAll = async () => {
    const user = signedIn.current()?.id
    if (user === undefined) return
    for (let row = due(user); row; row = due(user)) {
      if (!(await deliver(row))) break
      refresh()
    }
    if (stopped || link.current() === 'down') return
    const times = heads(store.waiting(user)).map(({ nextTry }) => Math.max(nextTry, notBefore))
    if (times.length > 0) soon(Math.max(0, Math.min(...times) - clock.now()))
  }

  /** The oldest row whose time has come and that waits for no earlier row of its attempt. */
  const due = (user: UserId): OutboxRow | undefined => {
    if (stopped || signedIn.current()?.id !== user || link.current() === 'down') return
    const now = clock.now()
    return now < notBefore ? undefined : heads(store.waiting(user)).find(({ nextTry }) => nextTry <= now)
  }

  /** False where the rest has to wait too. */
  const deliver = async (row: OutboxRow): Promise<boolean> => {
    try {
      await send(row)
      if (stopped) return false
      faults.delete(row.attempt)
      store.delivered(row.key, clock.now())
      return true
    } catch (error) {
      if (stopped) return false
      const verdict = verdictOf(error)
      log.warn({ error, verdict, key: row.key, attempt: row.attempt }, 'an outbox entry was not taken')
      if (verdict === 'ours') faults.set(row.attempt, (faults.get(row.attempt) ?? 0) + 1)
      else faults.delete(row.attempt)
      if (verdict === 'refused' && error instanceof AppError) {
        store.refused(row.key, error.code, clock.now())
        return true
      }
      const nextTry = clock.now() + backOff(row.tries, firstWaitMs, longestWaitMs, random)
      store.failed(row.key, nextTry)
      if (verdict === 'away') notBefore = nextTry
      return verdict === 'ours'
    }
  }
  const send = async (row: OutboxRow): Promise<void> => {
    const { key } = row
    const params = { id: row.attempt }
    if (row.kind === 'wrap-up') await work.wrapUp({ params, body: row.body }, { key })
    else if (row.kind === 'undo') await work.undo({ params }, { key })
    else throw new AppError('invalid-input', 'the entry is of another version')
  }

  const undos = () => {
    const user = signedIn.current()?.id
    return user === undefined ? [] : store.waiting(user).filter(({ kind }) => kind === 'undo')
  }
  const undosWait = () => undos().some(({ attempt }) => (faults.get(attempt) ?? 0) < mostFaults)

  const hurry = () => {
    const user = signedIn.current()?.id
    if (user === undefined || stopped) return
    notBefore = 0
    store.hurry(user)
    void pump()
  }
  const leaves = [
    link.changed((now) => {
      if (now === 'up') hurry()
    }),
    signedIn.changed(() => {
      refresh()
      hurry()
    }),
  ]
  return {
    view,
    kick: () => {
      refresh()
      soon(0)
    },
    undosWait,
    undosHeard: async (signal) => {
      if (undosWait()) hurry()
      while (undosWait()) await nextChange(view, signal)
      return undos().length === 0
    },
    stop: () => {
      stopped = true
      stopTimer()
      for (const leave of leaves) leave()
    },
    host: {
      state: () => view,
      deliverNow: async () => hurry(),
      setAside: async ({ key }) => {
        const user = signedIn.current()?.id
        if (user === undefined || !store.setAside(key, user)) throw new AppError('not-found', 'no such entry')
        refresh()
      },
    },
  }
}

function nextChange<T>(of: Watchable<T>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      stop()
      signal.removeEventListener('abort', abort)
    }
    const abort = () => {
      leave()
      reject(new AppError('deadline-passed', 'the outbox did not change in time'))
    }
    const stop = of.changed(() => {
      leave()
      resolve()
    })
    signal.addEventListener('abort', abort)
    if (signal.aborted) abort()
  })
}

/** The oldest row of each attempt: what happened later to it must not be heard first. */
function heads(rows: readonly OutboxRow[]): readonly OutboxRow[] {
  const seen = new Set<AttemptId>()
  return rows.filter(({ attempt }) => !seen.has(attempt) && seen.add(attempt))
}
