import type { StreamMessage } from '../../shared/crm-api/stream.ts'
import type { Clock } from '../../shared/std/clock.ts'
import type { Event, Watchable } from '../../shared/std/event.ts'
import { cell, emitter } from '../../shared/std/event.ts'
import type { UserId } from '../../shared/std/ids.ts'
import type { SignedInUser } from '../http/handlers.ts'
import type { StreamHub } from './stream-hub.ts'

/** Someone came, or their last stream went. */
export interface Presence {
  user: SignedInUser
  here: boolean
}

/** Who has a stream open, and what each is told. Each client is greeted with the server's clock. */
export interface Hub extends StreamHub {
  isHere(user: UserId): boolean
  presence: Event<Presence>
  toUser(user: UserId, message: StreamMessage): void
  toBoardWatchers(message: StreamMessage): void
  /** Whether anybody looks at the board: it is not made for nobody. */
  boardWatched: Watchable<boolean>
  /** Someone began to look: the first message is a whole board. */
  boardAsked: Event<void>
}

interface Seat {
  user: SignedInUser
  send: (message: StreamMessage) => void
  watchesBoard: boolean
}

export function createHub({ clock }: { clock: Pick<Clock, 'now'> }): Hub {
  const seats = new Set<Seat>()
  const presence = emitter<Presence>()
  const boardWatched = cell(false)
  const boardAsked = emitter<void>()

  const seatsOf = (user: UserId) => [...seats].filter((seat) => seat.user.id === user)
  const countWatchers = () => boardWatched.set([...seats].some((seat) => seat.watchesBoard))

  return {
    connected: (user, send) => {
      const seat: Seat = { user, send, watchesBoard: false }
      seats.add(seat)
      send({ type: 'hello', now: clock.now() })
      presence.emit({ user, here: true })
      return {
        received: (request) => {
          if (!seats.has(seat) || user.role !== 'supervisor') return
          seat.watchesBoard = request.type === 'watch-board'
          countWatchers()
          if (seat.watchesBoard) boardAsked.emit()
        },
        closed: () => {
          if (!seats.delete(seat)) return
          countWatchers()
          if (seatsOf(user.id).length === 0) presence.emit({ user, here: false })
        },
      }
    },
    isHere: (user) => seatsOf(user).length > 0,
    presence: presence.event,
    toUser: (user, message) => {
      for (const seat of seatsOf(user)) seat.send(message)
    },
    toBoardWatchers: (message) => {
      for (const seat of seats) if (seat.watchesBoard) seat.send(message)
    },
    boardWatched,
    boardAsked: boardAsked.event,
  }
}
