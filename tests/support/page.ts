import { WebSocket } from 'ws'
import { openSocket } from '../../renderer/client/browser-socket.ts'
import { desktop } from '../../shared/contract/index.ts'
import type { Desktop } from '../../shared/contract/index.ts'
import { connect } from '../../shared/rpc/client.ts'
import type { Channel } from '../../shared/rpc/channel.ts'
import type { Client, Watch } from '../../shared/rpc/contract.ts'
import { systemClock } from '../../server/entry/system.ts'

export interface Page {
  host: Client<Desktop>
  channel: Channel
  /** The present value of a view; undefined until its first value, and the last one after the channel broke. */
  follow<T>(watch: Watch<T>): { now(): T | undefined }
  /** Resolves with the first value, present or later, that fits; rejects once the channel is lost. */
  until<T>(watch: Watch<T>, fits: (value: T) => boolean): Promise<T>
  /** The channel is gone: a new page is needed. */
  lost(): boolean
  close(): void
}

/** What a browser does with a one-time address: the token becomes a cookie, the cookie opens the socket. */
export async function openPage(address: string): Promise<Page> {
  const { origin, host: where } = new URL(address)
  const entered = await fetch(address, { redirect: 'manual' })
  const cookie = entered.headers.get('set-cookie')?.split(';')[0]
  if (entered.status !== 303 || cookie === undefined) {
    throw new Error(`the address was refused: ${entered.status}`)
  }
  const make = (url: string) => {
    const socket = new WebSocket(url, { headers: { cookie, origin } })
    // `close` always follows, and tells the reason.
    socket.on('error', () => {})
    return socket as unknown as globalThis.WebSocket
  }
  const channel = await openSocket(`ws://${where}/rpc`, systemClock, make)
  let isLost = false
  channel.closed(() => {
    isLost = true
  })
  const host = connect(desktop, channel, { clock: systemClock, build: 'tests' })

  return {
    host,
    channel,
    follow: (watch) => {
      let value: Parameters<Parameters<typeof watch>[0]>[0] | undefined
      watch((next) => {
        value = next
      })
      return { now: () => value }
    },
    until: (watch, fits) =>
      new Promise((resolve, reject) => {
        let stop: (() => void) | undefined
        let done = false
        stop = watch((value) => {
          if (done || !fits(value)) return
          done = true
          resolve(value)
          stop?.()
        }, reject)
        if (done) stop()
      }),
    lost: () => isLost,
    close: () => channel.close(),
  }
}
