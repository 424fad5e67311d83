import { WebSocket } from 'ws'
import type { Clock } from '../../../shared/std/clock.ts'
import type { Log } from '../../../shared/std/log.ts'
import type { AriEvent } from './events.ts'
import { readEvent } from './events.ts'
import type { AriSettings } from './http.ts'

/** A ping every 5 s, and a link that was silent for 15 s is dead: clients that trusted the socket lost calls. */
const pingMs = 5_000
const deadMs = 15_000
/** So many messages back an event is looked for that comes twice. */
const lookBack = 32

export interface EventSocket {
  /** Breaks it; `closed` follows, with this reason. */
  drop(reason: string): void
}

/**
 * One connection to Asterisk's events. `closed` comes exactly once, also when it never opened; its reason is `replaced`
 * where another server has taken our place.
 */
export function eventSocket(
  { url, user, password, app }: AriSettings,
  { clock, log }: { clock: Clock; log: Log },
  on: { opened(): void; event(event: AriEvent): void; closed(reason: string): void },
): EventSocket {
  const address = new URL(`${url.replace(/^http/, 'ws')}/events`)
  address.search = new URLSearchParams({ app, subscribeAll: 'true' }).toString()
  const socket = new WebSocket(address, { auth: `${user}:${password}`, handshakeTimeout: 5_000 })
  const recent: string[] = []
  const counts = { used: 0, unused: 0, twice: 0, unreadable: 0 }
  let reason = 'the switch closed the link'
  let heardAt = clock.now()
  let stopPing = () => {}

  const drop = (why: string) => {
    reason = why
    socket.terminate()
  }
  const ping = () => {
    stopPing = clock.after(pingMs, () => {
      if (clock.now() - heardAt >= deadMs) return drop('the switch went silent')
      socket.ping()
      ping()
    })
  }

  /** Told once for the channel or bridge and once for "everything": word for word the same, also its time in ms. */
  function isRepeated(text: string): boolean {
    if (recent.includes(text)) return true
    recent.push(text)
    if (recent.length > lookBack) recent.shift()
    return false
  }

  function read(text: string): void {
    heardAt = clock.now()
    const event = readEvent(text)
    if (event === 'unused') counts.unused++
    else if (event === 'unreadable') {
      counts.unreadable++
      log.warn({ type: /"type":"(\w+)"/.exec(text)?.[1] }, 'an event of the switch is not as we know it')
    } else if (isRepeated(text)) counts.twice++
    else {
      counts.used++
      if (event.type === 'ApplicationReplaced') drop('replaced')
      else on.event(event)
    }
  }

  socket.on('open', () => {
    heardAt = clock.now()
    ping()
    on.opened()
  })
  socket.on('pong', () => {
    heardAt = clock.now()
  })
  socket.on('message', (data: Buffer) => read(data.toString('utf8')))
  socket.on('unexpected-response', (request, { statusCode }) => {
    reason = statusCode === 401 ? 'the switch refuses our password' : `the switch answered ${statusCode}`
    request.destroy()
    socket.terminate()
  })
  socket.on('error', (error: Error & { code?: string }) => {
    if (error.code !== undefined) reason = `the switch is not reached (${error.code})`
  })
  socket.on('close', () => {
    stopPing()
    log.info({ reason, events: counts }, 'the link to the switch has ended')
    on.closed(reason)
  })
  return { drop }
}
