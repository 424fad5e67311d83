import type { StreamMessage, StreamRequest } from '../../shared/crm-api/stream.ts'
import { streamClose } from '../../shared/crm-api/stream.ts'
import type { Clock } from '../../shared/std/clock.ts'
import type { Event, Watchable } from '../../shared/std/event.ts'
import { cell, emitter } from '../../shared/std/event.ts'
import type { UserId } from '../../shared/std/ids.ts'
import type { SignedInUser } from '../http/handlers.ts'

/** One open event stream, as whoever carries it (`stream.ts`, a test) hands it over. */
export interface StreamClient {
  user: SignedInUser
  send(message: StreamMessage): void
  close(code: number, reason: string): void
}

/** What the carrier tells the hub of its client from then on. */
export interface StreamSeat {
  received(request: StreamRequest): void
  left(): void
}

export interface Presence {
  user: SignedInUser
  here: boolean
  /** They left because their session ended, not because a line broke. */
  signedOut: boolean
}

export interface Hub {
  /** Takes a client in and greets it. An operator has one desk: an older stream of the same user is closed. */
  join(client: StreamClient): StreamSeat
  isHere(user: UserId): boolean
  /** Someone came, or their last stream went. */
  presence: Event<Presence>
  toUser(user: UserId, message: StreamMessage): void
  /** To each of a user's sessions what is true for it. */
  toSessions(user: UserId, make: (session: string) => StreamMessage): void
  toBoardWatchers(message: StreamMessage): void
  /** Whether anybody looks at the board: it is not made for nobody. */
  boardWatched: Watchable<boolean>
  /** Someone began to look: the first message is a whole board. */
  boardAsked: Event<void>
  closeSession(sessionId: string): void
  closeUser(user: UserId): void
}

interface Seat {
  client: StreamClient
  watchesBoard: boolean
}

export function createHub({ clock }: { clock: Pick<Clock, 'now'> }): Hub {
  const seats = new Set<Seat>()
  const presence = emitter<Presence>()
  const boardWatched = cell(false)
  const boardAsked = emitter<void>()

  const seatsOf = (user: UserId) => [...seats].filter((seat) => seat.client.user.id === user)
  const countWatchers = () => boardWatched.set([...seats].some((seat) => seat.watchesBoard))

  function leave(seat: Seat, signedOut: boolean): void {
    if (!seats.delete(seat)) return
    countWatchers()
    const { user } = seat.client
    if (seatsOf(user.id).length === 0) presence.emit({ user, here: false, signedOut })
  }

  /** The seat is given up before its stream is closed, so that a late message finds nobody. */
  function close(seat: Seat, code: number, reason: string): void {
    leave(seat, code === streamClose.signedOut)
    seat.client.close(code, reason)
  }

  return {
    join: (client) => {
      const seat: Seat = { client, watchesBoard: false }
      const older = client.user.role === 'operator' ? seatsOf(client.user.id) : []
      seats.add(seat)
      for (const each of older) close(each, streamClose.replaced, 'replaced')
      client.send({ type: 'hello', now: clock.now() })
      presence.emit({ user: client.user, here: true, signedOut: false })
      return {
        received: (request) => {
          if (!seats.has(seat) || client.user.role !== 'supervisor') return
          seat.watchesBoard = request.type === 'watch-board'
          countWatchers()
          if (seat.watchesBoard) boardAsked.emit()
        },
        left: () => leave(seat, false),
      }
    },
    isHere: (user) => seatsOf(user).length > 0,
    presence: presence.event,
    toUser: (user, message) => {
      for (const seat of seatsOf(user)) seat.client.send(message)
    },
    toSessions: (user, make) => {
      for (const { client } of seatsOf(user)) client.send(make(client.user.sessionId))
    },
    toBoardWatchers: (message) => {
      for (const seat of seats) if (seat.watchesBoard) seat.client.send(message)
    },
    boardWatched,
    boardAsked: boardAsked.event,
    closeSession: (sessionId) => {
      for (const seat of seats) {
        if (seat.client.user.sessionId === sessionId) close(seat, streamClose.signedOut, 'signed-out')
      }
    },
    closeUser: (user) => {
      for (const seat of seatsOf(user)) close(seat, streamClose.signedOut, 'signed-out')
    },
  }
}
