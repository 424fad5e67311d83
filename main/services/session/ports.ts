import type { User } from '../../../shared/crm-api/users.ts'
import type { Clock } from '../../../shared/std/clock.ts'
import type { Event, Watchable } from '../../../shared/std/event.ts'
import type { Log } from '../../../shared/std/log.ts'
import type { StreamMessage, StreamRequest } from '../../../shared/crm-api/stream.ts'
import type { CrmCalls } from '../crm/ports.ts'

export type SignedInUser = User

/** The server's push, opened with the session and kept open: whoever listens gets whole states. */
export interface ServerStream {
  messages: Event<StreamMessage>
  /** `up` from the server's first word until the socket is gone. */
  link: Watchable<'up' | 'down'>
  /** The server will not have this session any more; nothing is tried again. */
  ended: Event<'signed-out' | 'replaced'>
  open(): void
  close(): void
  /** Dropped while the link is down: who wants something asks again at the next `up`. */
  send(request: StreamRequest): void
}

/** Where the session's token is kept: memory only, read by the CRM client and the stream. */
export interface TokenHolder {
  set(token: string | null): void
}

export interface SessionPorts {
  sessions: Pick<CrmCalls['sessions'], 'loginPage' | 'signIn' | 'signOut' | 'changePassword'>
  stream: ServerStream
  token: TokenHolder
  /** A request was refused because its session is over. */
  signedOutByServer: Event<void>
  /** A call on the desk forbids signing out. */
  callOpen: () => boolean
  /** The login page names the telephone gateway: its origin, for the next page that is loaded. */
  rememberGateway: (origin: string) => void
  clock: Clock
  log: Log
}
