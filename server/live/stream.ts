import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { WebSocket, WebSocketServer } from 'ws'
import { streamClose, StreamRequest, streamPath } from '../../shared/crm-api/stream.ts'
import type { Clock } from '../../shared/std/clock.ts'
import type { Event } from '../../shared/std/event.ts'
import type { SignedInUser } from '../http/handlers.ts'
import type { Hub } from './hub.ts'

export interface StreamDeps {
  hub: Pick<Hub, 'join'>
  clock: Pick<Clock, 'after'>
  /** Whose open session an `Authorization` header names; null for anything else. */
  authenticate(
    header: string | undefined,
  ): Promise<{ user: SignedInUser; mustChangePassword: boolean } | null>
  /** Asked with each heartbeat; another server process may have ended the session. */
  stillOpen(sessionId: string): Promise<boolean>
  /** A session ended before its time. */
  sessionEnded: Event<string>
  log: { warn(details: object, message: string): void }
}

// A connection that was cut without a word is found within two of these.
const heartbeatMs = 10_000
const requestLimit = 4 * 1024
// A client that reads so slowly is better off connecting again: it starts with the whole present state.
const bufferLimit = 8 * 1024 * 1024
// RFC 6455 section 7.4.1
const goingAway = 1001
const badData = 1007

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function parseRequest(text: string): StreamRequest | null {
  try {
    return StreamRequest.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/**
 * The event stream: a WebSocket on the path `/stream` of `server`, let in by its `Authorization` header (which no
 * page of a foreign site can set). It carries and keeps alive; what is said is the hub's. One stream a session.
 */
export function serveStream(server: Server, deps: StreamDeps): { close(): Promise<void> } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: requestLimit, clientTracking: true })
  const bySession = new Map<string, WebSocket>()

  function seat(socket: WebSocket, user: SignedInUser): void {
    const { sessionId } = user
    bySession.get(sessionId)?.close(streamClose.replaced, 'replaced')
    bySession.set(sessionId, socket)
    const place = deps.hub.join({
      user,
      send: (message) => {
        if (socket.readyState !== WebSocket.OPEN) return
        if (socket.bufferedAmount > bufferLimit) socket.terminate()
        else socket.send(JSON.stringify(message))
      },
      close: (code, reason) => socket.close(code, reason),
    })

    const checkSession = async (): Promise<void> => {
      try {
        if (!(await deps.stillOpen(sessionId))) socket.close(streamClose.signedOut, 'signed-out')
      } catch (error) {
        deps.log.warn({ err: error, sessionId }, 'a session could not be checked; it is asked again')
      }
    }
    let answered = true
    let cancel: () => void = () => undefined
    const beat = (): void => {
      if (!answered) return socket.terminate()
      answered = false
      socket.ping()
      void checkSession()
      cancel = deps.clock.after(heartbeatMs, beat)
    }
    socket.on('pong', () => {
      answered = true
    })
    socket.on('message', (data, isBinary) => {
      const request = isBinary ? null : parseRequest(String(data))
      if (request === null) socket.close(badData, 'not a request')
      else place.received(request)
    })
    socket.on('error', (error) => deps.log.warn({ err: error, sessionId }, 'an event stream failed'))
    socket.on('close', () => {
      cancel()
      if (bySession.get(sessionId) === socket) bySession.delete(sessionId)
      place.left()
    })
    // The first beat also catches a session that ended while the upgrade was under way.
    beat()
  }

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (request.url?.split('?')[0] !== streamPath) return refuse(socket, '404 Not Found')
    const found = await deps.authenticate(request.headers.authorization)
    if (found === null) return refuse(socket, '401 Unauthorized')
    if (found.mustChangePassword) return refuse(socket, '403 Forbidden')
    sockets.handleUpgrade(request, socket, head, (client) => seat(client, found.user))
  }

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy())
    upgrade(request, socket, head).catch((error: unknown) => {
      deps.log.warn({ err: error }, 'an event stream could not be opened')
      refuse(socket, '503 Service Unavailable')
    })
  }
  server.on('upgrade', onUpgrade)
  const unsubscribe = deps.sessionEnded((id) => bySession.get(id)?.close(streamClose.signedOut, 'signed-out'))

  return {
    close: async () => {
      server.off('upgrade', onUpgrade)
      unsubscribe()
      for (const socket of sockets.clients) socket.close(goingAway, 'server stops')
      for (let tries = 0; sockets.clients.size > 0 && tries < 20; tries++) await wait(25)
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
    },
  }
}
