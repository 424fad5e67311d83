import type { LegState, LineCommand, LineState } from '../../../../shared/crm-api/lines.ts'
import { toEvent } from '../../../../shared/crm-api/lines.ts'
import type { StreamMessage } from '../../../../shared/crm-api/stream.ts'
import type { Ability, CtiCommand, CtiEvent, LegSnapshot } from '../../../../shared/domain/call/legs.ts'
import { abilities, isOwnWork } from '../../../../shared/domain/call/legs.ts'
import type { LiveLegs } from '../../../../shared/domain/call/live-legs.ts'
import { follow } from '../../../../shared/domain/call/live-legs.ts'
import type { Clock, Instant } from '../../../../shared/std/clock.ts'
import { AppError, isNetworkTurn } from '../../../../shared/std/errors.ts'
import { emitter } from '../../../../shared/std/event.ts'
import type { LegId, MakeId } from '../../../../shared/std/ids.ts'
import type { Log } from '../../../../shared/std/log.ts'
import type { CrmCalls } from '../../../services/crm/ports.ts'
import type { PagePhone } from '../../../services/phone/ports.ts'
import type { ServerStream } from '../../../services/session/ports.ts'
import type { CtiDriver } from '../../driver.ts'

export interface ServerLinePorts {
  lines: Pick<CrmCalls['lines'], 'command'>
  stream: Pick<ServerStream, 'messages' | 'link'>
  /** Built after the lines, hence asked for when needed. */
  phone: () => PagePhone
  /** A desk phone has a mute key of its own, and its microphone is not ours. */
  phoneKind: () => 'web' | 'desk'
  clock: Clock
  makeId: MakeId
  log: Log
}

/** A command whose answer was lost goes again under its key at once: the person waits for it. */
const tries = 3
/** All tries together stay below the page's own limit. */
const limitMs = 8_000
const all: ReadonlySet<Ability> = new Set(abilities)
const withoutMute: ReadonlySet<Ability> = new Set(abilities.filter((each) => each !== 'mute'))

/**
 * The calls that our own server makes and takes: commands go to it as requests, facts come on its stream. It is the
 * server's switch and the page's microphone in one: muting is told by us, everything else by the server.
 */
export function createServerLine(ports: ServerLinePorts): CtiDriver {
  const { stream, clock, log } = ports
  const events = emitter<CtiEvent>()
  let legs: LiveLegs = new Map()
  let link: 'off' | 'down' | 'up' | 'disposed' = 'off'
  /** Of the server's clock to ours, as of its last greeting. */
  let offset = 0
  let latest: Instant = 0
  let ringing: 'call' | 'leg' | null = null
  let leave = () => {}

  /** What the server tells by its clock, on ours. */
  const onOurClock = (at: Instant) => at - offset
  /** Facts come from two clocks in turn: their time never goes back. */
  const forward = (at: Instant) => (latest = Math.max(latest, at))
  const now = () => forward(clock.now())
  const emit = (event: CtiEvent) => {
    legs = follow(legs, event)
    ring()
    events.emit(event)
  }
  const down = (reason: string, at: Instant) => {
    if (link !== 'up') return
    link = 'down'
    emit({ type: 'link-down', reason, at })
  }
  const ring = () => {
    const calling = [...legs.values()].find(
      ({ direction, state }) => direction === 'in' && state === 'ringing',
    )
    const kind = calling === undefined ? null : isOwnWork(calling) ? 'call' : 'leg'
    if (kind === ringing) return
    ringing = kind
    ports
      .phone()
      .ring(kind !== null, kind ?? 'call')
      .catch((error: unknown) => log.warn({ error }, 'the page does not ring'))
  }
  /** Whoever was muted in the last call is heard in the next one. */
  const openMicrophone = () => {
    ports
      .phone()
      .mute(false)
      .catch((error: unknown) => log.warn({ error }, 'the microphone was not opened'))
  }

  const snapshotCame = (state: LineState) => {
    legs = new Map(state.legs.map((leg) => [leg.leg, snapshotOf(leg, onOurClock, legs.get(leg.leg))]))
    ring()
    if (state.link === 'down') return down('the server’s switch is away', now())
    link = 'up'
    emit({ type: 'link-up', at: now() })
  }
  const receive = (message: StreamMessage) => {
    if (message.type === 'hello') offset = message.now - clock.now()
    if (message.type === 'legs') snapshotCame(message.snapshot)
    if (message.type !== 'leg') return
    const news = toEvent(message.event)
    const event = { ...news, at: forward(onOurClock(news.at)) }
    if (event.type === 'link-down') return down(event.reason, event.at)
    // What is up is told right after it, whole.
    if (event.type === 'link-up') return
    if (event.type === 'leg-dialed' || event.type === 'leg-offered') openMicrophone()
    emit(event)
  }

  const send = async (leg: LegId, body: LineCommand): Promise<void> => {
    const key = ports.makeId()
    const limit = new AbortController()
    const stopClock = clock.after(limitMs, () => limit.abort())
    try {
      for (let left = tries - 1; ; left--) {
        if (stream.link.current() === 'down')
          throw new AppError('server-unreachable', 'the server is away, and the line with it')
        try {
          await ports.lines.command({ params: { leg }, body }, { key, signal: limit.signal })
          return
        } catch (error) {
          if (limit.signal.aborted) throw new AppError('deadline-passed', 'the server does not answer')
          const isRefused = !isNetworkTurn(error) || error.code === 'line-down'
          if (left === 0 || isRefused) throw error
        }
      }
    } finally {
      stopClock()
    }
  }
  const mute = async (leg: LegId, on: boolean): Promise<void> => {
    const known = legs.get(leg)
    if (!known) throw new AppError('not-found', 'no such leg')
    if (known.state !== 'answered') throw new AppError('not-in-this-state', 'nobody hears this leg yet')
    await ports.phone().mute(on)
    if (legs.has(leg)) emit({ type: on ? 'leg-muted' : 'leg-unmuted', leg, at: now() })
  }

  return {
    name: 'server-line',
    get abilities() {
      return ports.phoneKind() === 'web' ? all : withoutMute
    },
    events: events.event,
    connect: (signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted()
        if (link !== 'off') return resolve()
        link = 'down'
        const leaves = [
          stream.messages(receive),
          stream.link.changed((state) => {
            if (state === 'down') down('the server is away', now())
          }),
          events.event(({ type }) => {
            if (type === 'link-up') resolve()
          }),
        ]
        leave = () => {
          for (const each of leaves) each()
        }
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
      }),
    execute: async (command) => {
      if (link === 'disposed') throw new AppError('line-down', 'this line is closed')
      if (command.do === 'mute' || command.do === 'unmute') return mute(command.leg, command.do === 'mute')
      if (command.do === 'dial') openMicrophone()
      await send(command.leg, onWire(command))
    },
    snapshot: async () => {
      if (link !== 'up') throw new AppError('line-down', 'the line is not connected')
      return [...legs.values()]
    },
    dispose: async () => {
      leave()
      link = 'disposed'
      legs = new Map()
    },
  }
}

/** `toCommand` the other way round; the caller id is the server's to choose, and muting never gets here. */
function onWire(command: CtiCommand): LineCommand {
  if (command.do === 'dial') return { do: 'dial', to: command.to }
  const { leg: _leg, ...body } = command
  return body as LineCommand
}

/** The microphone is ours: the server does not know it. */
function snapshotOf(
  state: LegState,
  onOurClock: (at: Instant) => Instant,
  before: LegSnapshot | undefined,
): LegSnapshot {
  const { startedAt, answeredAt } = state
  return {
    ...state,
    muted: before?.muted ?? false,
    startedAt: onOurClock(startedAt),
    answeredAt: answeredAt === null ? null : onOurClock(answeredAt),
  }
}
