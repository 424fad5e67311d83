import type { Watchable } from '../../../shared/std/event.ts'
import type { ServerStream, SignedInUser } from '../session/ports.ts'

export interface WallboardPorts {
  stream: Pick<ServerStream, 'messages' | 'link' | 'send'>
  signedIn: Watchable<SignedInUser | null>
}
