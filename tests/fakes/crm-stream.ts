import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import { streamClose, streamPath, StreamRequest } from '../../shared/crm-api/stream.ts'
import type { StreamMessage } from '../../shared/crm-api/stream.ts'
import type { Clock } from '../../shared/std/clock.ts'
import type { UserId } from '../../shared/std/ids.ts'
import type { CrmDesk } from './crm-desk.ts'

/** The event stream: hello, then whole states. An operator without it counts as disconnected. */
export function crmStream(desk: CrmDesk, clock: Clock) {
  const sockets = new Map<WebSocket, UserId>()
  const watchers = new Set<WebSocket>()
  const server = new WebSocketServer({ noServer: true })
  const say = (socket: WebSocket, message: StreamMessage) => socket.send(JSON.stringify(message))
  const isOperator = (user: UserId) =>
    [...desk.users.values()].some((each) => each.user.id === user && each.user.role === 'operator')

  const tell = (user: UserId) => {
    if (!isOperator(user)) return
    for (const [socket, owner] of sockets) {
      if (owner === user) say(socket, { type: 'operator', view: desk.viewOf(user) })
    }
  }
  const listen = (socket: WebSocket, user: UserId) => {
    sockets.set(socket, user)
    say(socket, { type: 'hello', now: clock.now() })
    desk.connected(user, true)
    tell(user)
    socket.on('message', (data: Buffer) => {
      const request = StreamRequest.parse(JSON.parse(data.toString()))
      if (request.type === 'unwatch-board') return void watchers.delete(socket)
      watchers.add(socket)
      const board = { rev: 1, at: clock.now(), operators: [], campaigns: [], calls: [], alarms: [] }
      say(socket, { type: 'board', board })
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      sockets.delete(socket)
      watchers.delete(socket)
      if (![...sockets.values()].includes(user)) desk.connected(user, false)
    })
  }
  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const user = desk.userOf((request.headers.authorization ?? '').replace(/^Bearer /, ''))
    if (request.url !== streamPath || user === undefined) {
      stream.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n')
      return
    }
    server.handleUpgrade(request, stream, head, (socket) => listen(socket, user))
  }
  desk.changed(tell)
  return {
    attach: (http: Server) => void http.on('upgrade', upgrade),
    boardWatchers: () => watchers.size,
    end: (user: UserId) => {
      for (const [socket, owner] of sockets) if (owner === user) socket.close(streamClose.signedOut)
    },
    close: () => {
      for (const socket of sockets.keys()) socket.terminate()
      server.close()
    },
  }
}
