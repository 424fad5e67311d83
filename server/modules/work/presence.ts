import type { OperatorEvent } from '../../../shared/domain/operator/operator.ts'
import type { UserId } from '../../../shared/std/ids.ts'
import { withdrawOffer } from './matching.ts'
import type { WorkPorts } from './ports.ts'
import { lockOperator, saveOperator } from './repository.ts'
import { absence, moved } from './rules.ts'

export interface OperatorPresence {
  /** The server starts: nobody has a stream yet, whatever was written before it died. */
  start(): Promise<void>
  /** Puts right what events missed, for example while the database was away. */
  sweep(): Promise<void>
  /** What this operator's streams said so far is noted. */
  settled(user: UserId): Promise<void>
  underWay(): Iterable<Promise<void>>
  stop(): Promise<void>
}

/**
 * Follows the streams: who comes is back where they were; who is gone for 3 s is offline; who is gone for 20 s loses an
 * offer that was not started. What was started is never taken away.
 */
export function createPresence(
  ports: Pick<WorkPorts, 'db' | 'clock' | 'hub' | 'log'>,
  changed: (user: UserId, arrived: boolean) => Promise<void>,
): OperatorPresence {
  const here = new Set<UserId>()
  const timers = new Map<UserId, () => void>()
  const queues = new Map<UserId, Promise<void>>()

  /** One after the other for each operator, so that coming and going keep their order. */
  function inTurn(user: UserId, task: () => Promise<void>): Promise<void> {
    const turn = (queues.get(user) ?? Promise.resolve())
      .then(task)
      .catch((error: unknown) => ports.log.error({ err: error, operator: user }, 'presence was not noted'))
      .finally(() => {
        if (queues.get(user) === turn) queues.delete(user)
      })
    queues.set(user, turn)
    return turn
  }

  async function apply(user: UserId, type: 'connected' | 'disconnected' | 'signed-out'): Promise<void> {
    await ports.db.transaction().execute(async (tx) => {
      const at = ports.clock.now()
      const before = await lockOperator(tx, user, at)
      const free = type === 'signed-out' ? await withdrawOffer(tx, user, before, at) : before
      const event: OperatorEvent = { type, at }
      await saveOperator(tx, user, moved(free, event))
    })
    await changed(user, type === 'connected')
  }

  /** An offer of someone who has been gone too long; their place in line is gone with it. */
  async function withdraw(user: UserId): Promise<void> {
    const taken = await ports.db.transaction().execute(async (tx) => {
      const at = ports.clock.now()
      const operator = await lockOperator(tx, user, at)
      if (operator.state !== 'offline' || here.has(user)) return false
      const free = await withdrawOffer(tx, user, operator, at)
      await saveOperator(tx, user, free)
      return free.attempt !== operator.attempt
    })
    if (taken) await changed(user, false)
  }

  function wait(user: UserId, ms: number, task: () => Promise<void>): void {
    timers.get(user)?.()
    const cancel = ports.clock.after(ms, () => {
      timers.delete(user)
      void inTurn(user, task)
    })
    timers.set(user, cancel)
  }

  function left(user: UserId): void {
    wait(user, absence.offlineAfter, async () => {
      if (here.has(user)) return
      await apply(user, 'disconnected')
      wait(user, absence.withdrawAfter - absence.offlineAfter, () => withdraw(user))
    })
  }

  const unsubscribe = ports.hub.presence(({ user, here: isHere, signedOut }) => {
    if (user.role !== 'operator') return
    timers.get(user.id)?.()
    timers.delete(user.id)
    if (isHere) {
      here.add(user.id)
      void inTurn(user.id, () => apply(user.id, 'connected'))
    } else {
      here.delete(user.id)
      if (signedOut) void inTurn(user.id, () => apply(user.id, 'signed-out'))
      else left(user.id)
    }
  })

  async function sweep(): Promise<void> {
    const rows = await ports.db
      .selectFrom('operators')
      .select(['user_id', 'state', 'since', 'attempt'])
      .execute()
    const now = ports.clock.now()
    const overdue = now - (absence.withdrawAfter - absence.offlineAfter)
    for (const { user_id: user, state, since, attempt } of rows) {
      if (state === 'offline' && here.has(user)) await inTurn(user, () => apply(user, 'connected'))
      if (state !== 'offline' && !here.has(user) && !timers.has(user)) {
        await inTurn(user, () => apply(user, 'disconnected'))
      }
      if (state === 'offline' && attempt !== null && !here.has(user) && since <= overdue) {
        await inTurn(user, () => withdraw(user))
      }
    }
  }

  return {
    start: sweep,
    sweep,
    settled: async (user) => queues.get(user),
    underWay: () => queues.values(),
    stop: async () => {
      unsubscribe()
      for (const cancel of timers.values()) cancel()
      timers.clear()
      await Promise.all(queues.values())
    },
  }
}
