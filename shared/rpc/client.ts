import type { Clock } from '../std/clock.ts'
import { AppError } from '../std/errors.ts'
import type { Channel } from './channel.ts'
import type { Call, Client, Contract, Watch } from './contract.ts'
import { clientOf } from './contract.ts'
import type { Frame } from './frame.ts'
import { protocolNumber } from './frame.ts'

export interface Hello {
  protocol: number
  build: string
}

export interface ConnectOptions {
  clock: Clock
  /** Names this program's version to the other end. */
  build?: string
  protocol?: number
  /** The host speaks our protocol. */
  onHello?: (hello: Hello) => void
  /** It does not: every call is refused with `protocol-mismatch`, and a page has to be loaded again. */
  onMismatch?: (hello: Hello) => void
}

interface Pending {
  resolve(output: unknown): void
  reject(error: unknown): void
}

interface Watching {
  rev: number
  on(value: unknown): void
  onEnd(error: AppError): void
}

/**
 * The calling end of a contract. Losing the channel fails everything pending at once with `disconnected`; later
 * calls are refused the same way. May share its channel with a `serve()` of another contract.
 */
export function connect<C extends Contract>(
  contract: C,
  channel: Channel,
  options: ConnectOptions,
): Client<C> {
  const { clock, build = '', protocol = protocolNumber } = options
  const calls = new Map<number, Pending>()
  const watches = new Map<number, Watching>()
  let lastId = 0
  let ended: AppError | undefined

  const end = (error: AppError) => {
    if (ended) return
    ended = error
    for (const pending of calls.values()) pending.reject(error)
    const watching = [...watches.values()]
    watches.clear()
    for (const watch of watching) watch.onEnd(error)
  }

  const callOf =
    (to: string, deadlineMs: number): Call<unknown, unknown> =>
    (input, signal) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended)
        if (signal?.aborted) return reject(signal.reason)
        const id = ++lastId
        const settle = () => {
          calls.delete(id)
          stopClock()
          signal?.removeEventListener('abort', abort)
        }
        const giveUp = (reason: unknown) => {
          settle()
          channel.send({ t: 'cancel', id })
          reject(reason)
        }
        const abort = () => giveUp(signal?.reason)
        const stopClock = clock.after(deadlineMs, () => {
          giveUp(new AppError('deadline-passed', `no answer from ${to} in ${deadlineMs} ms`))
        })
        signal?.addEventListener('abort', abort)
        calls.set(id, {
          resolve: (output) => (settle(), resolve(output)),
          reject: (error) => (settle(), reject(error)),
        })
        try {
          channel.send({ t: 'call', id, to, input })
        } catch (error) {
          calls.get(id)?.reject(error)
        }
      })

  const watchOf =
    (to: string): Watch<unknown> =>
    (on, onEnd = () => {}) => {
      if (ended) {
        const error = ended
        queueMicrotask(() => onEnd(error))
        return () => {}
      }
      const id = ++lastId
      watches.set(id, { rev: 0, on, onEnd })
      channel.send({ t: 'watch', id, to })
      return () => {
        if (watches.delete(id)) channel.send({ t: 'unwatch', id })
      }
    }

  const receive = (frame: Frame) => {
    if (frame.t === 'hello') {
      if (frame.protocol === protocol) return options.onHello?.(frame)
      end(new AppError('protocol-mismatch', `this end speaks ${protocol}, the host ${frame.protocol}`))
      options.onMismatch?.(frame)
    } else if (frame.t === 'ok') {
      calls.get(frame.id)?.resolve(frame.output)
    } else if (frame.t === 'fail') {
      const { code, message, ...more } = frame.error
      const error = new AppError(code, message, more)
      calls.get(frame.id)?.reject(error)
      const watch = watches.get(frame.id)
      watches.delete(frame.id)
      watch?.onEnd(error)
    } else if (frame.t === 'value') {
      const watch = watches.get(frame.id)
      if (!watch || frame.rev <= watch.rev) return
      watch.rev = frame.rev
      watch.on(frame.value)
    }
  }

  channel.received(receive)
  channel.closed(({ reason }) => end(new AppError('disconnected', `connection lost: ${reason}`)))
  channel.send({ t: 'hello', protocol, build })
  return clientOf(contract, (to, member) =>
    member.kind === 'method' ? callOf(to, member.deadlineMs) : watchOf(to),
  )
}
