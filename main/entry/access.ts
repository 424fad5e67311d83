import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Caller } from '../../shared/rpc/contract.ts'
import type { Clock } from '../../shared/std/clock.ts'

/** Which browsers are in, by the hashes of their cookies: kept, so that a page comes back by itself after a crash. */
export interface BrowserStore {
  load(): readonly string[]
  save(hashes: readonly string[]): void
}

/** More than anybody has on one machine; the oldest ones have to come in again. */
const mostBrowsers = 20

/** An address that nobody opened in this time is of no use any more. */
const addressLifeMs = 10 * 60_000

export interface Access {
  /** A new address that lets one browser in, once. */
  newAddress(): string
  /** Takes the token out of an address: a `Set-Cookie` value, or undefined where it is wrong, used or old. */
  redeem(token: string): string | undefined
  /** Who this is by its cookie. */
  callerOf(request: IncomingMessage): Caller | undefined
  /** The request names us as its host: a page of another site that rebound its name to 127.0.0.1 does not. */
  isForUs(request: IncomingMessage): boolean
  /** It comes from our own page; browsers send no `Origin` with their own plain GETs. */
  isFromUs(request: IncomingMessage): boolean
  readonly origins: ReadonlySet<string>
}

/**
 * Who may use a host that listens on loopback, where every program and page of this machine can knock: one-time tokens
 * in addresses become cookies that scripts cannot read (RFC 6265 section 5: cookies ignore ports, so ours has it in its name).
 */
export function access(port: number, browsers: BrowserStore, clock: Clock, makeSecret: () => string): Access {
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`])
  const origins = new Set([...hosts].map((host) => `http://${host}`))
  const cookieName = `cuffia-${port}`
  const tokens = new Map<string, number>()
  let cookies = [...browsers.load()]

  return {
    origins,
    newAddress: () => {
      const token = makeSecret()
      tokens.set(token, clock.now() + addressLifeMs)
      return `http://127.0.0.1:${port}/?token=${token}`
    },
    redeem: (token) => {
      const known = [...tokens.keys()].find((each) => same(each, token))
      const until = known === undefined ? undefined : tokens.get(known)
      if (known === undefined || until === undefined) return undefined
      tokens.delete(known)
      if (until < clock.now()) return undefined
      const secret = makeSecret()
      cookies = [...cookies, hashOf(secret)].slice(-mostBrowsers)
      browsers.save(cookies)
      return `${cookieName}=${secret}; HttpOnly; SameSite=Strict; Path=/`
    },
    callerOf: (request) => {
      const given = cookieIn(request.headers.cookie, cookieName)
      const hash = given === undefined ? undefined : hashOf(given)
      const known = hash === undefined ? undefined : cookies.find((each) => same(each, hash))
      return known === undefined ? undefined : { window: `browser-${known.slice(0, 8)}` }
    },
    isForUs: (request) => hosts.has(request.headers.host ?? ''),
    isFromUs: (request) =>
      request.headers.origin === undefined
        ? request.method === 'GET' || request.method === 'HEAD'
        : origins.has(request.headers.origin),
  }
}

/** Of 256 random bits: nothing to guess, so no salt and no slow hash. */
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex')

function same(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function cookieIn(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}
