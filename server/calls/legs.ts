import type { LegNews, LegState, LineState } from '../../shared/crm-api/lines.ts'
import type { Consult, RecordingState } from '../../shared/domain/call/legs.ts'
import type { Event } from '../../shared/std/event.ts'
import { emitter } from '../../shared/std/event.ts'
import type { AttemptId, CallId, LegId, UserId } from '../../shared/std/ids.ts'
import type { Attempt } from '../dialer/attempt.ts'
import type { ConsultState } from './consult.ts'
import type { CallsPorts, SavedLeg } from './ports.ts'

/** The second party of a leg: an outside channel of ours, or a colleague's phone lent by its own bridge. */
export interface Party {
  consult: LegId
  to: Consult['to']
  state: Exclude<ConsultState, 'none'>
  /** Null while a colleague has not taken it. */
  channel: string | null
  /** A colleague sees who asks. */
  asker: string
  stopTimer: () => void
}

/** A customer's leg that is up, owned by the operator who works it. */
export interface LiveLeg {
  leg: LegId
  call: CallId
  user: UserId
  attempt: AttemptId | null
  channel: string
  direction: 'in' | 'out'
  peer: string
  callerId: string
  serverDialed: boolean
  line: Attempt
  held: boolean
  recording: RecordingState
  party: Party | null
  /** Of ringing out, and of waiting for an operator whose phone was lost. */
  stopTimer: () => void
}

export const answeredAt = ({ line }: LiveLeg) => ('answeredAt' in line ? line.answeredAt : null)
export const isUp = ({ line }: LiveLeg) => line.name === 'answered' || line.name === 'bridged'
/** Whether the operator hears the customer, or would with a phone. */
export const isWithCustomer = (leg: LiveLeg) =>
  isUp(leg) &&
  !leg.held &&
  (leg.party === null || leg.party.state === 'customer' || leg.party.state === 'both')

export function consultOf({ party }: LiveLeg): Consult | null {
  if (party === null) return null
  const talking = { ringing: 'consult', party: 'consult', customer: 'customer', both: 'both' } as const
  return {
    leg: party.consult,
    to: party.to,
    state: party.state === 'ringing' ? 'ringing' : 'up',
    talkingTo: talking[party.state],
  }
}

const stateOf = (leg: LiveLeg): LegState => ({
  leg: leg.leg,
  call: leg.call,
  direction: leg.direction,
  peer: leg.peer,
  to: '',
  state: isUp(leg) ? 'answered' : 'ringing',
  held: leg.held,
  muted: false,
  consult: consultOf(leg),
  recording: leg.recording,
  startedAt: leg.line.dialedAt,
  answeredAt: answeredAt(leg),
})

const savedOf = (leg: LiveLeg): SavedLeg => ({
  leg: leg.leg,
  call: leg.call,
  user: leg.user,
  attempt: leg.attempt,
  channel: leg.channel,
  direction: leg.direction,
  peer: leg.peer,
  state: isUp(leg) ? 'answered' : leg.line.name === 'ringing' ? 'ringing' : 'dialing',
  held: leg.held,
  consult: consultOf(leg),
  recording: leg.recording,
  serverDialed: leg.serverDialed,
  startedAt: leg.line.dialedAt,
  answeredAt: answeredAt(leg),
})

/** A leg as it was saved; whatever second party there was is let go. */
export const legOf = (saved: SavedLeg): LiveLeg => ({
  leg: saved.leg,
  call: saved.call,
  user: saved.user,
  attempt: saved.attempt,
  channel: saved.channel,
  direction: saved.direction,
  peer: saved.peer,
  callerId: '',
  serverDialed: saved.serverDialed,
  line:
    saved.answeredAt === null
      ? { name: saved.state === 'ringing' ? 'ringing' : 'dialing', dialedAt: saved.startedAt, asked: null }
      : { name: 'bridged', dialedAt: saved.startedAt, answeredAt: saved.answeredAt, asked: null },
  held: saved.held,
  recording: saved.recording,
  party: null,
  stopTimer: () => {},
})

type Omitted<T> = T extends unknown ? Omit<T, 'at' | 'leg'> : never
export type News = Omitted<Extract<LegNews, { leg: LegId }>>

export interface LiveLegs {
  find(leg: LegId): LiveLeg | undefined
  byChannel(channel: string): LiveLeg | undefined
  /** The leg whose second party this is. */
  byParty(channel: string): LiveLeg | undefined
  byConsult(consult: LegId): LiveLeg | undefined
  of(user: UserId): LiveLeg[]
  all(): LiveLeg[]
  add(leg: LiveLeg): Promise<void>
  /** Of a server that starts: it is written already. */
  adopt(leg: LiveLeg): void
  save(leg: LiveLeg): Promise<void>
  drop(leg: LiveLeg): Promise<void>
  tell(leg: LiveLeg, news: News): void
  /** A leg that has been here and is over: a repeated dial changes nothing. */
  isOver(leg: LegId): boolean
  state(user: UserId): LineState
  /** A leg of this operator is there, changed, or is gone. */
  changed: Event<UserId>
}

/** A server that runs for weeks forgets the oldest. */
const mostOver = 5_000

export function createLegs(
  ports: Pick<CallsPorts, 'store' | 'stream' | 'clock'>,
  link: () => 'up' | 'down',
): LiveLegs {
  const legs = new Map<LegId, LiveLeg>()
  const over = new Set<LegId>()
  const changed = emitter<UserId>()
  const find = (is: (leg: LiveLeg) => boolean) => [...legs.values()].find(is)
  // Nobody is told of a call that the server makes for them before somebody has answered.
  const isShown = (leg: LiveLeg) => !leg.serverDialed || 'answeredAt' in leg.line
  const of = (user: UserId) => [...legs.values()].filter((leg) => leg.user === user)

  return {
    find: (leg) => legs.get(leg),
    byChannel: (channel) => find((leg) => leg.channel === channel),
    byParty: (channel) => find(({ party }) => party !== null && party.channel === channel),
    byConsult: (consult) => find(({ party }) => party?.consult === consult),
    of,
    all: () => [...legs.values()],
    add: async (leg) => {
      legs.set(leg.leg, leg)
      await ports.store.saveLeg(savedOf(leg))
    },
    adopt: (leg) => legs.set(leg.leg, leg),
    save: async (leg) => {
      changed.emit(leg.user)
      await ports.store.saveLeg(savedOf(leg))
    },
    drop: async (leg) => {
      leg.stopTimer()
      leg.party?.stopTimer()
      legs.delete(leg.leg)
      changed.emit(leg.user)
      over.add(leg.leg)
      const [oldest] = over
      if (over.size > mostOver && oldest !== undefined) over.delete(oldest)
      await ports.store.dropLeg(leg.leg)
    },
    tell: (leg, news) => {
      if (!isShown(leg)) return
      const event = { ...news, leg: leg.leg, at: ports.clock.now() } as LegNews
      ports.stream.toUser(leg.user, { type: 'leg', event })
    },
    isOver: (leg) => over.has(leg),
    changed: changed.event,
    state: (user) => ({ link: link(), legs: of(user).filter(isShown).map(stateOf) }),
  }
}
