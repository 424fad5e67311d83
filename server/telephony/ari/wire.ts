import { WebSocket } from 'ws'
import { z } from 'zod'
import { backOff } from '../../../shared/std/back-off.ts'
import type { Clock, Random } from '../../../shared/std/clock.ts'
import { AppError } from '../../../shared/std/errors.ts'
import { emitter } from '../../../shared/std/event.ts'
import type { Log } from '../../../shared/std/log.ts'
import type { Fact, Signal, Unfinished, Wire, WireState } from '../wire.ts'
import { ariCommands } from './commands.ts'
import { AriBridge, AriChannel, AriEndpoint, AriEvent, AriInfo } from './events.ts'
import { factsOf, snapshotOf } from './facts.ts'
import { ariHttp, type AriHttp, type AriSettings } from './http.ts'

/** A ping every 5 s, and a link that was silent for 15 s is dead: clients that trusted the socket lost calls. */
const pingMs = 5_000
const deadMs = 15_000
const firstWaitMs = 100
const longestWaitMs = 5_000

async function list<T>(http: AriHttp, path: string, schema: z.ZodType<T>): Promise<T[]> {
  const { status, body } = await http.ask('GET', path)
  if (status >= 300) throw new AppError('line-down', `the switch answered ${path} with ${status}`)
  return z.array(schema).parse(body)
}

/** Everything on the switch now. */
async function stateOf(http: AriHttp, unfinished: Unfinished): Promise<WireState> {
  const exists = async (path: string) => (await http.ask('GET', path)).status < 300
  const going = async (ids: readonly string[], path: (id: string) => string) => {
    const found = await Promise.all(ids.map((id) => exists(path(encodeURIComponent(id)))))
    return ids.filter((_id, index) => found[index])
  }
  const [info, channels, bridges, endpoints, playbacks, recordings] = await Promise.all([
    http.ask('GET', '/asterisk/info'),
    list(http, '/channels', AriChannel),
    list(http, '/bridges', AriBridge),
    list(http, '/endpoints/PJSIP', AriEndpoint),
    going(unfinished.playbacks, (id) => `/playbacks/${id}`),
    going(unfinished.recordings, (id) => `/recordings/live/${id}`),
  ])
  const bridgeOf = new Map(
    bridges.flatMap(({ id, channels: inside }) => inside.map((channel) => [channel, id] as const)),
  )
  return {
    startedAt: AriInfo.parse(info.body).status.startup_time,
    channels: channels.map((channel) => snapshotOf(channel, bridgeOf.get(channel.id) ?? null)),
    bridges,
    phones: endpoints.filter(({ state }) => state === 'online').map(({ resource }) => resource),
    playbacks,
    recordings,
  }
}

/** The way to a real Asterisk 22: one WebSocket for its events, keep-alive HTTP for commands. */
export function ariWire(
  settings: AriSettings & { trunk: string },
  { clock, random, log }: { clock: Clock; random: Random; log: Log },
): Wire {
  const http = ariHttp(settings)
  const signals = emitter<Signal>()
  let socket: WebSocket | null = null
  let stopWaiting = () => {}
  let unfinished: () => Unfinished = () => ({ playbacks: [], recordings: [] })
  let tries = 0
  let isOpen = false

  function connect(): void {
    const { url, user, password, app } = settings
    const address = new URL(`${url.replace(/^http/, 'ws')}/events`)
    address.search = new URLSearchParams({ app, subscribeAll: 'true' }).toString()
    const own = new WebSocket(address, { auth: `${user}:${password}`, handshakeTimeout: 5_000 })
    socket = own
    /** Facts that came before the state was complete; null once they are told as they come. */
    let meanwhile: Fact[] | null = []
    let isUp = false
    let reason = 'the link broke'
    let stopPing = () => {}
    let heardAt = clock.now()

    const ping = () => {
      stopPing = clock.after(pingMs, () => {
        if (clock.now() - heardAt > deadMs) {
          reason = 'the switch went silent'
          return own.terminate()
        }
        own.ping()
        ping()
      })
    }
    own.on('pong', () => (heardAt = clock.now()))
    own.on('open', () => {
      ping()
      stateOf(http, unfinished())
        .then((state) => {
          const before = meanwhile ?? []
          meanwhile = null
          isUp = true
          tries = 0
          signals.emit({ signal: 'up', state, meanwhile: before })
        })
        .catch((error: unknown) => {
          log.warn({ err: error }, 'the state of the switch could not be read')
          own.terminate()
        })
    })
    own.on('message', (data: Buffer) => {
      heardAt = clock.now()
      const event = AriEvent.safeParse(JSON.parse(data.toString('utf8')))
      // What we do not use comes too: the application hears everything.
      if (!event.success) return
      if (event.data.type === 'ApplicationReplaced') {
        reason = 'replaced'
        isOpen = false
        return own.terminate()
      }
      for (const fact of factsOf(event.data)) {
        if (meanwhile === null) signals.emit({ signal: 'fact', fact })
        else meanwhile.push(fact)
      }
    })
    own.on('error', (error) => log.warn({ reason: error.message }, 'the link to the switch'))
    own.on('close', () => {
      stopPing()
      if (socket === own) socket = null
      if (isUp) signals.emit({ signal: 'down', reason })
      if (!isOpen) return
      stopWaiting = clock.after(backOff(tries++, firstWaitMs, longestWaitMs, random), connect)
    })
  }

  return {
    signals: signals.event,
    open: (ask) => {
      unfinished = ask
      if (isOpen) return
      isOpen = true
      connect()
    },
    close: async () => {
      isOpen = false
      stopWaiting()
      const closing = socket
      if (closing !== null) {
        const closed = new Promise((resolve) => closing.once('close', resolve))
        closing.terminate()
        await closed
      }
      http.close()
    },
    commands: ariCommands(http, settings.app, settings.trunk, clock),
  }
}
