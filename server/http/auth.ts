import type { FastifyRequest } from 'fastify'
import type { Allow } from '../../shared/crm-api/resource.ts'
import type { Instant } from '../../shared/std/clock.ts'
import { AppError } from '../../shared/std/errors.ts'
import type { SignedInUser } from './handlers.ts'

export interface Authenticated {
  user: SignedInUser
  mustChangePassword: boolean
}

/** Finds whose open session an `Authorization` header names; null for anything else. */
export type Authenticate = (header: string | undefined) => Promise<Authenticated | null>

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A route without it is public only if it is on the list in `server.ts`. */
    allow?: Allow
    routeName?: string
  }
  interface FastifyRequest {
    /** Set before any handler runs. */
    asker: { user: SignedInUser | null; address: string; now: Instant }
  }
}

/** The token of an `Authorization: Bearer` header (RFC 6750 section 2.1), or null. */
export function bearerToken(header: string | undefined): string | null {
  return /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i.exec(header ?? '')?.[1] ?? null
}

/** Without the prefix that an IPv4 client has on a dual-stack socket. */
export const plainAddress = (address: string): string => address.replace(/^::ffff:/i, '')

/** Throws `signed-out`, `password-change-required` or `not-allowed`; else says who it is. */
export async function admit(
  allow: Allow,
  header: string | undefined,
  authenticate: Authenticate,
): Promise<SignedInUser | null> {
  if (allow === 'anyone') return null
  const found = await authenticate(header)
  if (found === null) throw new AppError('signed-out', 'there is no open session')
  if (allow === 'signed-in') return found.user
  if (found.mustChangePassword) {
    throw new AppError('password-change-required', 'the password must be changed first')
  }
  if (!allow.includes(found.user.role)) {
    throw new AppError('not-allowed', `this is not for the role ${found.user.role}`)
  }
  return found.user
}

export const authHook =
  (deps: { authenticate: Authenticate; now: () => Instant; isPublic: (url: string) => boolean }) =>
  async (request: FastifyRequest): Promise<void> => {
    const { allow } = request.routeOptions.config
    request.asker = { user: null, address: plainAddress(request.ip), now: deps.now() }
    if (request.is404 || (allow === undefined && deps.isPublic(request.routeOptions.url ?? ''))) return
    // A route that says nothing is for nobody.
    request.asker.user = await admit(allow ?? [], request.headers.authorization, deps.authenticate)
  }
