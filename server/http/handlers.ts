import type { Role, Route, RouteInput, RouteReply } from '../../shared/crm-api/resource.ts'
import type { Instant } from '../../shared/std/clock.ts'
import type { UserId } from '../../shared/std/ids.ts'
import type { Readable } from 'node:stream'

/** Who asks: found from the session token, never from what the client says of itself. */
export interface SignedInUser {
  id: UserId
  username: string
  displayName: string
  role: Role
  sessionId: string
}

export interface RequestContext {
  /** Null only on routes that allow `anyone`. */
  user: SignedInUser | null
  address: string
  now: Instant
  /** `Idempotency-Key`; always there on a POST that is `repeat: 'safe'`. */
  key: string | null
  /** The body of a `stream: 'upload'` route. */
  upload: Readable | null
  /** The `Range` header of a `stream: 'download'` route. */
  range: string | null
}

/**
 * One function per route of a resource; input is parsed, the reply is checked against its schema.
 * The handler of a `stream: 'download'` route, whose reply is `unknown`, returns a Download.
 */
export type Handlers<R extends Record<string, Route>> = {
  [K in keyof R]: (input: RouteInput<R[K]>, context: RequestContext) => Promise<RouteReply<R[K]>>
}

/** What a `stream: 'download'` route replies. */
export interface Download {
  fileName: string
  contentType: string
  body: Readable
  /** Bytes of the body; with it a client may ask for a part. */
  length?: number
  /** The body is these bytes of so many, `to` counted (RFC 9110 section 14). */
  part?: { from: number; to: number; of: number }
}

/** The user of a route that needs one; the route table has made sure of it. */
export function signedIn(context: RequestContext): SignedInUser {
  if (context.user === null) throw new Error('a route for signed-in users was reached without one')
  return context.user
}
