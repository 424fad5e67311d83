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
  const expected = new Map<ChannelId, { resolve(): void; reject(error: AppError): void }>()
  const settle = (id: ChannelId, error: AppError | null) => {
    const waiting = expected.get(id)
    expected.delete(id)
    if (error === null) waiting?.resolve()
    else waiting?.reject(error)
  }
  return {
    expect: (id) => {
      const late = () => settle(id, new AppError('deadline-passed', 'a new channel did not reach us'))
      const stopClock = clock.after(deadlineMs, late)
      const entered = new Promise<void>((resolve, reject) => expected.set(id, { resolve, reject }))
      // It may break before anybody waits for it.
      entered.catch(() => undefined)
      void entered.then(stopClock, stopClock)
      return { entered, forget: () => settle(id, null) }
    },
    entered: (id) => settle(id, null),
    shut: (error) => {
      for (const id of expected.keys()) settle(id, error)
    },
  }
}
