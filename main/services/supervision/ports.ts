import type { Watchable } from '../../../shared/std/event.ts'
import type { ServerStream, SignedInUser } from '../session/ports.ts'

export interface SupervisionPorts {
  stream: Pick<ServerStream, 'messages'>
  signedIn: Watchable<SignedInUser | null>
}
