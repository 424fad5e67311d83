import { unreachable } from '../../shared/std/never.ts'
import { endOf, lostEnd } from './causes.ts'
import type {
  BridgeId,
  ChannelId,
  ChannelSnapshot,
  PlaybackId,
  RecordingId,
  Snapshot,
  TelephonyEvent,
} from './port.ts'
import type { Fact, Unfinished, WireState } from './wire.ts'

type WithoutTime<E> = E extends unknown ? Omit<E, 'at'> : never
/** An event before it gets its instant. */
export type Told = WithoutTime<TelephonyEvent>

interface Known extends ChannelSnapshot {
  asked: 'hang-up' | 'time-out' | null
}

/** What has been told so far about the switch. Facts that add nothing to it, or are not about us, tell nothing. */
export interface Mirror {
  apply(fact: Fact): Told[]
  /** After a gap: what is over without our having heard of it. Everything else is taken over in silence. */
  resync(state: WireState): Told[]
  /** A channel of ours is being made: facts about it count from now on. */
  expect(id: ChannelId): void
  /** It was refused. */
  forget(id: ChannelId): void
  /** It is there. */
  created(id: ChannelId, kind: 'out' | 'snoop'): Told[]
  bridgeCreated(id: BridgeId): void
  /** False where it goes on already. */
  begun(what: { playback: PlaybackId } | { recording: RecordingId }): boolean
  notBegun(what: { playback: PlaybackId } | { recording: RecordingId }): void
  /** Who wished the end; the first wish counts. */
  asked(id: ChannelId, what: 'hang-up' | 'time-out'): void
  /** The wish came before the channel was there. */
  notAsked(id: ChannelId): void
  channel(id: ChannelId): ChannelSnapshot | undefined
  unfinished(): Unfinished
  snapshot(): Snapshot
}

export function mirror(): Mirror {
  const channels = new Map<ChannelId, Known>()
  const expected = new Map<ChannelId, Known['asked']>()
  const bridges = new Set<BridgeId>()
  const phones = new Set<string>()
  const playbacks = new Set<PlaybackId>()
  const recordings = new Set<RecordingId>()
  let startedAt = ''

  const add = (
    id: ChannelId,
    kind: Known['kind'],
    state: Known['state'],
    call: Known['call'],
    asked: Known['asked'],
  ) => channels.set(id, { id, kind, state, held: false, bridge: null, call, asked })
  const created = (id: ChannelId, kind: 'out' | 'snoop'): Told[] => {
    // Not expected any more: it was told when its first fact came, perhaps with its end.
    const asked = expected.get(id)
    if (asked === undefined) return []
    expected.delete(id)
    add(id, kind, kind === 'snoop' ? 'up' : 'down', null, asked)
    const told: Told = { type: 'channel-created', channel: id }
    return kind === 'snoop' ? [told, { type: 'answered', channel: id }] : [told]
  }
  const setOf = (what: { playback: PlaybackId } | { recording: RecordingId }) =>
    'playback' in what ? ([playbacks, what.playback] as const) : ([recordings, what.recording] as const)

  function apply(fact: Fact): Told[] {
    switch (fact.fact) {
      case 'incoming':
        return incoming(fact)
      case 'bridge-gone':
        bridges.delete(fact.bridge)
        return [...channels.values()]
          .filter(({ bridge }) => bridge === fact.bridge)
          .flatMap(({ id }) => ofChannel({ fact: 'left', channel: id, bridge: fact.bridge }))
      case 'playback':
        playbacks.delete(fact.playback)
        return [{ type: 'playback-finished', playback: fact.playback, ok: fact.ok }]
      case 'recording': {
        const { recording, seconds, failed } = fact
        recordings.delete(recording)
        const told = { type: 'recording-finished', recording, seconds } as const
        return [failed === null ? told : { ...told, failed }]
      }
      case 'phone': {
        const { account, registered } = fact
        if (phones.has(account) === registered) return []
        if (registered) phones.add(account)
        else phones.delete(account)
        return [{ type: registered ? 'phone-registered' : 'phone-gone', account }]
      }
      default:
        return ofChannel(fact)
    }
  }

  function incoming({ channel, isUp, call }: Extract<Fact, { fact: 'incoming' }>): Told[] {
    if (channels.has(channel)) return []
    add(channel, 'in', isUp ? 'up' : 'ringing', call, null)
    const told: Told = { type: 'incoming', channel, ...call }
    return isUp ? [told, { type: 'answered', channel }] : [told]
  }

  function ofChannel(fact: Extract<Fact, { channel: ChannelId }>): Told[] {
    const { channel } = fact
    const first = expected.has(channel) ? created(channel, 'out') : []
    const known = channels.get(channel)
    return known === undefined ? [] : [...first, ...changed(known, fact)]
  }

  function changed(known: Known, fact: Extract<Fact, { channel: ChannelId }>): Told[] {
    const { channel } = fact
    switch (fact.fact) {
      case 'state': {
        if (known.state === 'up' || known.state === fact.state) return []
        known.state = fact.state
        if (known.kind === 'in' && fact.state === 'ringing') return []
        return [{ type: fact.state === 'up' ? 'answered' : 'ringing', channel }]
      }
      case 'gone':
        return gone(known, fact)
      case 'dtmf':
        return [{ type: 'dtmf', channel, digit: fact.digit }]
      case 'hold':
        if (known.held === fact.on) return []
        known.held = fact.on
        return [{ type: fact.on ? 'held' : 'resumed', channel }]
      case 'entered':
        if (known.bridge === fact.bridge) return []
        known.bridge = fact.bridge
        bridges.add(fact.bridge)
        return [{ type: 'entered-bridge', channel, bridge: fact.bridge }]
      case 'left':
        if (known.bridge !== fact.bridge) return []
        known.bridge = null
        return [{ type: 'left-bridge', channel, bridge: fact.bridge }]
      case 'transfer':
        return [{ type: 'transfer-asked', channel, to: fact.to }]
      case 'incoming':
        return []
      default:
        return unreachable(fact)
    }
  }

  function gone(known: Known, fact: Extract<Fact, { fact: 'gone' }>): Told[] {
    const { channel, cause, techCause, raw } = fact
    const wasUp = known.state === 'up' || fact.wasUp
    channels.delete(channel)
    const direction = known.kind === 'in' ? 'in' : 'out'
    const why = endOf({ direction, wasUp, asked: known.asked, cause, techCause })
    const ourTimeout = known.asked === 'time-out'
    const ended: Told = { type: 'ended', channel, ...why, cause, techCause, ourTimeout, raw }
    return wasUp && known.state !== 'up' ? [{ type: 'answered', channel }, ended] : [ended]
  }

  function resync(state: WireState): Told[] {
    startedAt = state.startedAt
    const there = new Set(state.channels.map(({ id }) => id))
    const told = [...channels.values()].filter(({ id }) => !there.has(id)).map(lost)
    for (const { channel } of told) channels.delete(channel)
    for (const found of state.channels) {
      const asked = channels.get(found.id)?.asked ?? expected.get(found.id) ?? null
      expected.delete(found.id)
      channels.set(found.id, { ...found, asked })
    }
    refill(
      bridges,
      state.bridges.map(({ id }) => id),
    )
    refill(phones, state.phones)
    const silent = [...playbacks].filter((id) => !state.playbacks.includes(id))
    const stopped = [...recordings].filter((id) => !state.recordings.includes(id))
    return [
      ...told,
      ...silent.flatMap((playback) => apply({ fact: 'playback', playback, ok: false })),
      ...stopped.map((recording): Told => {
        recordings.delete(recording)
        return { type: 'recording-finished', recording, seconds: null }
      }),
    ]
  }

  return {
    apply,
    resync,
    expect: (id) => {
      if (!channels.has(id) && !expected.has(id)) expected.set(id, null)
    },
    forget: (id) => void expected.delete(id),
    created,
    bridgeCreated: (id) => void bridges.add(id),
    begun: (what) => {
      const [set, id] = setOf(what)
      const isNew = !set.has(id)
      set.add(id)
      return isNew
    },
    notBegun: (what) => {
      const [set, id] = setOf(what)
      set.delete(id)
    },
    asked: (id, what) => {
      const known = channels.get(id)
      if (known) known.asked ??= what
      else if (expected.has(id)) expected.set(id, what)
    },
    notAsked: (id) => {
      const known = channels.get(id)
      if (known) known.asked = null
      else if (expected.has(id)) expected.set(id, null)
    },
    channel: (id) => channels.get(id),
    unfinished: () => ({ playbacks: [...playbacks], recordings: [...recordings] }),
    snapshot: () => ({
      startedAt,
      channels: [...channels.values()].map(({ id, kind, state, held, bridge, call }) => ({
        id,
        kind,
        state,
        held,
        bridge,
        call,
      })),
      bridges: [...bridges].map((id) => ({
        id,
        channels: [...channels.values()].filter(({ bridge }) => bridge === id).map((channel) => channel.id),
      })),
      phones: [...phones],
    }),
  }
}

const lost = ({ id, asked }: Known) => ({
  type: 'ended' as const,
  channel: id,
  ...lostEnd,
  cause: null,
  techCause: null,
  ourTimeout: asked === 'time-out',
  raw: 'missed in a gap',
})

function refill<T>(set: Set<T>, values: readonly T[]): void {
  set.clear()
  for (const value of values) set.add(value)
}
