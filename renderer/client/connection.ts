import type { Channel } from '../../shared/rpc/channel.ts'
import { connect } from '../../shared/rpc/client.ts'
import type { Call, Client, Contract, Watch } from '../../shared/rpc/contract.ts'
import { clientOf, membersOf } from '../../shared/rpc/contract.ts'
import type { Clock, Random } from '../../shared/std/clock.ts'
import { AppError } from '../../shared/std/errors.ts'
import type { Unsubscribe, Watchable } from '../../shared/std/event.ts'
import { cell } from '../../shared/std/event.ts'

/** `connecting` only before the first success; `down` until the next; `reload-needed` for good. */
export type Status = 'connecting' | 'up' | 'down' | 'reload-needed'

export interface ConnectionOptions<C extends Contract> {
  contract: C
  /** A fresh channel, still without any frame received: it is used in the tick the promise settles. */
  open: () => Promise<Channel>
  clock: Clock
  random: Random
  build?: string
  protocol?: number
  /** Told of each new channel in the tick it was made: where the page serves its own contract. */
  onChannel?: (channel: Channel) => void
}

/** Outlives its channels: views are watched again after a break and restart from the whole value. */
export interface Connection<C extends Contract> {
  status: Watchable<Status>
  client: Client<C>
  /** Tries now instead of at the end of the pause. */
  retry(): void
  close(): void
}

const firstPauseMs = 500
const longestPauseMs = 15_000
const helloDeadlineMs = 10_000

/** Doubling pauses, spread over their upper half so that a room full of clients does not return as one. */
export function pauseMs(failures: number, random: Random): number {
  const whole = Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs)
  return Math.round((whole * (1 + random())) / 2)
}

interface Wanted {
  to: string
  on: (value: unknown) => void
  onEnd: (error: AppError) => void
  leave: Unsubscribe
}

type Members = ReadonlyMap<string, unknown>

export function openConnection<C extends Contract>(options: ConnectionOptions<C>): Connection<C> {
  const { contract, clock, random } = options
  const status = cell<Status>('connecting')
  const views = new Set<Wanted>()
  let link: Members | undefined
  let channel: Channel | undefined
  let failures = 0
  let stopPause: Unsubscribe = () => {}
  let stopped = false
  let opening = false

  const again = () => {
    if (stopped) return
    status.set('down')
    stopPause = clock.after(pauseMs(++failures, random), () => void open())
  }
  const open = async () => {
    if (stopped || opening) return
    opening = true
    const opened = await options.open().catch(() => undefined)
    opening = false
    if (!opened) return again()
    if (stopped) return opened.close()
    use(opened)
  }
  const use = (opened: Channel) => {
    channel = opened
    const stopWaiting = clock.after(helloDeadlineMs, () => opened.close('no greeting'))
    opened.closed(() => {
      stopWaiting()
      link = undefined
      channel = undefined
      again()
    })
    const client = connect(contract, opened, {
      clock,
      build: options.build,
      protocol: options.protocol,
      onHello: () => {
        stopWaiting()
        if (link) return
        failures = 0
        link = membersOf(client as unknown as Contract)
        for (const wanted of views) watch(wanted)
        status.set('up')
      },
      onMismatch: () => {
        stopped = true
        status.set('reload-needed')
        opened.close('another protocol')
      },
    })
    options.onChannel?.(opened)
  }

  const watch = (wanted: Wanted) => {
    const begin = link?.get(wanted.to) as Watch<unknown> | undefined
    if (!begin) return
    wanted.leave = begin(wanted.on, (error) => {
      if (error.code === 'disconnected') return
      views.delete(wanted)
      wanted.onEnd(error)
    })
  }
  const viewOf =
    (to: string): Watch<unknown> =>
    (on, onEnd = () => {}) => {
      const wanted: Wanted = { to, on, onEnd, leave: () => {} }
      views.add(wanted)
      watch(wanted)
      return () => {
        views.delete(wanted)
        wanted.leave()
      }
    }

  const refusal = () =>
    status.current() === 'reload-needed'
      ? new AppError('protocol-mismatch', 'the page is older than the host')
      : new AppError('disconnected', 'not connected')
  const once = async (to: string, input: unknown, signal?: AbortSignal) => {
    const call = link?.get(to) as Call<unknown, unknown> | undefined
    if (!call) throw refusal()
    return call(input, signal)
  }
  /** Settles when calls can go out again; rejects when that takes too long or can no longer be. */
  const linkUp = (limitMs: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      if (link) return resolve()
      const settle = (end: () => void) => {
        stopClock()
        stopStatus()
        signal?.removeEventListener('abort', abort)
        end()
      }
      const abort = () => settle(() => reject(signal?.reason))
      const stopClock = clock.after(limitMs, () => settle(() => reject(refusal())))
      const stopStatus = status.changed((now) => {
        if (now === 'up') settle(resolve)
        if (now === 'reload-needed') settle(() => reject(refusal()))
      })
      signal?.addEventListener('abort', abort)
    })
  const safeCallOf =
    (to: string, limitMs: number): Call<unknown, unknown> =>
    async (input, signal) => {
      try {
        return await once(to, input, signal)
      } catch (error) {
        if (!(error instanceof AppError && error.code === 'disconnected') || stopped) throw error
        await linkUp(limitMs, signal)
        return once(to, input, signal)
      }
    }

  void open()
  return {
    status,
    client: clientOf(contract, (to, member) => {
      if (member.kind === 'view') return viewOf(to)
      if (member.repeat === 'safe') return safeCallOf(to, member.deadlineMs)
      return (input: unknown, signal?: AbortSignal) => once(to, input, signal)
    }),
    retry: () => {
      if (channel || status.current() !== 'down') return
      stopPause()
      void open()
    },
    close: () => {
      stopped = true
      stopPause()
      channel?.close()
    },
  }
}
