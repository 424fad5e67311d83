import type { StreamMessage, StreamRequest } from '../../shared/crm-api/stream.ts'
import type { SignedInUser } from '../http/handlers.ts'

/** One client on the stream, as the hub talks to it. */
export interface StreamClient {
  received(request: StreamRequest): void
  /** The connection is gone; nothing can be sent any more. */
  closed(): void
}

/** Who decides what is sent on the stream; the endpoint only carries. `send` after the close does nothing. */
export interface StreamHub {
  connected(user: SignedInUser, send: (message: StreamMessage) => void): StreamClient
}
