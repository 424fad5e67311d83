import type { Clock } from '../../../shared/std/clock.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { ChannelId } from '../port.ts'

/**
 * Asterisk answers `create` and `snoop` before the channel has entered our application, and refuses every other command
 * about it until then: 4 to 7 of 100 that were dialed at once ended so. StasisStart says when.
 */
export interface Entrance {
  /** Ask before the channel is made. Rejects with `deadline-passed`, or with what the link broke with. */
  expect(id: ChannelId): { entered: Promise<void>; forget(): void }
  entered(id: ChannelId): void
  shut(error: AppError): void
}

const deadlineMs = 5_000

export function entrance(clock: Clock): Entrance {
  /** A command that is repeated waits beside the first. */
  const waiting = new Map<ChannelId, Set<(error: AppError | null) => void>>()
  const settleAll = (id: ChannelId, error: AppError | null) => {
    for (const settle of waiting.get(id) ?? []) settle(error)
  }
  return {
    expect: (id) => {
      const { promise: entered, resolve, reject } = Promise.withResolvers<void>()
      // It may break before anybody waits for it.
      entered.catch(() => undefined)
      const beside = waiting.get(id) ?? new Set()
      waiting.set(id, beside)
      const settle = (error: AppError | null) => {
        stopClock()
        beside.delete(settle)
        if (beside.size === 0 && waiting.get(id) === beside) waiting.delete(id)
        if (error === null) resolve()
        else reject(error)
      }
      const stopClock = clock.after(deadlineMs, () =>
        settle(new AppError('deadline-passed', 'a new channel did not reach us')),
      )
      beside.add(settle)
      return { entered, forget: () => settle(null) }
    },
    entered: (id) => settleAll(id, null),
    shut: (error) => {
      for (const id of waiting.keys()) settleAll(id, error)
    },
  }
}
