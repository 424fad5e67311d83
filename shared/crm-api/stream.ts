import { z } from 'zod'
import { Board } from './board.ts'
import { LegNews, LineState } from './lines.ts'
import { Instant } from './resource.ts'
import { SupervisionView } from './supervision.ts'
import { OperatorView } from './work.ts'

/** Path of the event stream: a WebSocket, the session token in the `Authorization` header of its upgrade. */
export const streamPath = '/stream'

/** What the server pushes. Each message but `leg` is a whole state, so a reconnect has nothing to repair. */
export const StreamMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), now: Instant }),
  z.object({ type: z.literal('operator'), view: OperatorView }),
  z.object({ type: z.literal('board'), board: Board }),
  /**
   * The operator's legs on the server's switch, whole: first thing on connecting where the server has a switch, and
   * again after its link was down. `leg` events come between, each one step on from it.
   */
  z.object({ type: z.literal('legs'), snapshot: LineState }),
  z.object({ type: z.literal('leg'), event: LegNews }),
  /** Of a supervisor: whom they listen to, and their phone; first thing on connecting where there is a switch. */
  z.object({ type: z.literal('supervision'), view: SupervisionView }),
])
export type StreamMessage = z.infer<typeof StreamMessage>

/** What the client says on it: whether someone looks at the board. */
export const StreamRequest = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('watch-board') }),
  z.strictObject({ type: z.literal('unwatch-board') }),
])
export type StreamRequest = z.infer<typeof StreamRequest>

/** WebSocket close codes of our own (RFC 6455 section 7.4.2, range 4000 to 4999). */
export const streamClose = { signedOut: 4401, replaced: 4409 } as const
