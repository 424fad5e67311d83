import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import type { Channel } from '../../shared/rpc/channel.ts'
import type { Caller } from '../../shared/rpc/contract.ts'
import type { Frame } from '../../shared/rpc/frame.ts'
import { largestFrameBytes, readFrameText } from '../../shared/rpc/frame.ts'
import type { Clock } from '../../shared/std/clock.ts'
import type { Unsubscribe } from '../../shared/std/event.ts'
import { emitter } from '../../shared/std/event.ts'

/** Two missed beats and the socket counts as half-open. Proxies commonly cut idle sockets after 60 s. */
export const beatMs = 15_000
/** Above this a slow client gets only the latest value of each view. */
const fullBufferBytes = 262_144

/** A channel over a server's socket. What is no frame closes it (RFC 6455 7.4.1: 1008 is "violates policy"). */
export function webSocketChannel(socket: WebSocket, clock: Clock): Channel {
  const received = emitter<Frame>()
  const closed = emitter<{ reason: string }>()
  let open = true
  let alive = true
  let waiting: (() => void)[] = []

  const shut = (reason: string, end: () => void) => {
    if (!open) return
    open = false
    stopBeat()
    end()
    releaseWaiting()
    closed.emit({ reason })
  }
  const releaseWaiting = () => {
    const released = waiting
    waiting = []
    for (const release of released) release()
  }
  const full = () => open && socket.bufferedAmount > fullBufferBytes
  const beat = () => {
    if (!alive) return shut('no heartbeat', () => socket.terminate())
    alive = false
    socket.ping()
    // A page cannot see pings; the empty message lets it notice a dead server.
    socket.send('')
    stopBeat = clock.after(beatMs, beat)
  }
  let stopBeat = clock.after(beatMs, beat)

  socket.on('pong', () => (alive = true))
  socket.on('message', (data, isBinary) => {
    if (!open) return
    alive = true
    const frame = isBinary ? undefined : readFrameText(String(data))
    if (frame) received.emit(frame)
    else shut('unreadable frame', () => socket.close(1008))
  })
  // `close` always follows an error, so the reason is told there.
  socket.on('error', () => {})
  socket.on('close', (code) => shut(`socket closed (${code})`, () => {}))

  return {
    send: (frame) => {
      const text = JSON.stringify(frame)
      if (!open) return
      socket.send(text, () => {
        if (!full()) releaseWaiting()
      })
    },
    received: received.event,
    closed: closed.event,
    close: (reason = 'closed') => shut(reason, () => socket.close(1000)),
    ready: () => (full() ? new Promise((resolve) => waiting.push(resolve)) : undefined),
  }
}

export interface UpgradeOptions {
  path: string
  /** Pages that may connect, e.g. `http://127.0.0.1:4000`; a request that names no origin is refused. */
  origins: ReadonlySet<string>
  /** Who this is, by cookie or token; undefined refuses. */
  session: (request: IncomingMessage) => Promise<Caller | undefined>
  clock: Clock
  onChannel: (channel: Channel, by: Caller) => void
}

/** Turns upgrades on an HTTP server into channels. The result stops accepting and ends open sockets. */
export function acceptChannels(server: Server, options: UpgradeOptions): Unsubscribe {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestFrameBytes, clientTracking: true })
  const upgrade = async (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy())
    const admitted = await admit(request, options).catch(() => 500 as const)
    if (typeof admitted === 'number') {
      stream.end(`HTTP/1.1 ${admitted} Refused\r\nConnection: close\r\n\r\n`)
      return
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      options.onChannel(webSocketChannel(socket, options.clock), admitted)
    })
  }
  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) =>
    void upgrade(request, stream, head)
  server.on('upgrade', onUpgrade)
  return () => {
    server.off('upgrade', onUpgrade)
    for (const socket of sockets.clients) socket.terminate()
    sockets.close()
  }
}

/** The caller, or the HTTP status that refuses. */
export async function admit(
  request: IncomingMessage,
  options: Pick<UpgradeOptions, 'path' | 'origins' | 'session'>,
): Promise<Caller | 403 | 401 | 404> {
  const path = request.url?.split('?', 1)[0]
  if (path !== options.path) return 404
  // A foreign page can open sockets with the person's cookies (RFC 6455 10.2), so the origin decides first.
  if (!options.origins.has(request.headers.origin ?? '')) return 403
  return (await options.session(request)) ?? 401
}
