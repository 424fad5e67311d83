import type { LegState } from '../../shared/crm-api/lines.ts'
import type { LegEnd } from '../../shared/domain/call/legs.ts'
import type { Instant } from '../../shared/std/clock.ts'
import { AppError } from '../../shared/std/errors.ts'
import type { AttemptId, CallId, CampaignId, LegId, UserId } from '../../shared/std/ids.ts'
import type { HandedCall, Queued } from './inbound-ports.ts'
import type { LiveLeg, LiveLegs, News } from './legs.ts'
import { bridgeOf } from './names.ts'
import type { OperatorPhones } from './operator-leg.ts'
import type { CallsPorts } from './ports.ts'
import type { FreeOperator, QueuedCaller } from './queue.ts'
import { nextSpared, sendAway, sparedFor, whomToRing } from './queue.ts'
import type { IncomingCall, Telephony } from '../telephony/port.ts'
import type { Turns } from './turns.ts'

/** One who waits, with music, until an operator answers. */
interface Entry extends QueuedCaller, Queued {
  /** What rings, and at whom, since when. */
  ring: { user: UserId; attempt: AttemptId; since: Instant } | null
  spared: Map<UserId, Instant>
  stopTimer: () => void
}

/** How often those who wait are looked after: whether anybody is there still, and how long they wait. */
const lookAfterEvery = 10_000
/** A caller who was let in hears that nobody comes; who was not is refused unanswered, by their own network's tone. */
const busyToneMs = 3_000
const queueTurn = 'queue'

export interface Inbound {
  incoming(channel: string, call: IncomingCall, at: Instant): void
  /** True where the channel waits in a queue. */
  has(channel: string): boolean
  ended(channel: string, end: LegEnd, at: Instant): void
  /** Whether this leg is a call that rings for this operator. */
  isRinging(user: UserId, leg: LegId): boolean
  answer(user: UserId, leg: LegId): Promise<void>
  decline(user: UserId, leg: LegId): Promise<void>
  /** Calls that ring for this operator. */
  ringing(user: UserId): LegState[]
  phoneLost(user: UserId): void
  /** A caller waits whom this operator, of these campaigns, could be rung for. */
  isAwaited(user: UserId, campaigns: readonly CampaignId[]): boolean
  /** The longest idle operator of a campaign who could be asked something; null where nobody is idle. */
  longestIdle(campaign: CampaignId, except: UserId): Promise<UserId | null>
  /** A call that is up joins a queue. Whose leg it was is dropped by `leave`, once the queue knows of it. */
  enqueue(call: HandedCall, leave: () => Promise<void>): Promise<void>
  /** Operators, their work or their phones have changed. */
  look(): void
  restore(): Promise<void>
  /** After a break: who waits still, who has come meanwhile. */
  resync(): Promise<void>
  stop(): void
}

/** Callers wait, ring and are answered, one thing after the other; never waited for in an operator's turn. */
export function inboundCalls(
  ports: Pick<CallsPorts, 'settings' | 'desk' | 'queue' | 'stream' | 'clock' | 'makeId' | 'log'>,
  line: Telephony,
  turns: Turns,
  legs: LiveLegs,
  phones: () => Pick<OperatorPhones, 'isUp'>,
  others: { isEngaged(user: UserId): boolean; isKnown(channel: string): boolean },
): Inbound {
  const { clock, queue, settings, log } = ports
  const entries = new Map<string, Entry>()
  const all = () => [...entries.values()]
  let stopLook = () => {}
  let isWatching = false
  const go = (task: () => Promise<void>) => turns.go(queueTurn, task)
  const timers = new Set<() => void>()
  function later(ms: number, task: () => Promise<void>): void {
    const stop = clock.after(ms, () => {
      timers.delete(stop)
      // Without a link nothing can be done about it: what is left on the switch is found when it is back.
      if (line.link() === 'up') go(task)
    })
    timers.add(stop)
  }
  const isHere = (entry: Entry) => entries.get(entry.channel) === entry

  const tell = (user: UserId, attempt: AttemptId, news: News) =>
    ports.stream.toUser(user, {
      type: 'leg',
      event: { ...news, leg: attempt as string as LegId, at: clock.now() } as never,
    })

  function add(queued: Queued): Entry {
    const { caller, channel, campaign, priority, from, called, since } = queued
    const entry: Entry = {
      ...{ caller, channel, campaign, priority, from, called, since },
      ring: null,
      ringing: null,
      spared: new Map(),
      stopTimer: () => {},
    }
    entries.set(channel, entry)
    watch()
    return entry
  }

  function drop(entry: Entry): void {
    entry.stopTimer()
    entries.delete(entry.channel)
  }

  /** While somebody waits: the hours of nobody pass without a word. */
  function watch(): void {
    if (isWatching) return
    isWatching = true
    stopLook = clock.after(lookAfterEvery, () => {
      isWatching = false
      if (entries.size === 0) return
      watch()
      if (line.link() === 'up') go(lookAfter)
    })
  }

  async function lookAfter(): Promise<void> {
    for (const entry of all()) {
      if (entry.ring !== null) continue
      const why = sendAway({
        isOpen: null,
        isStaffed: await queue.isStaffed(entry.campaign),
        waitedMs: clock.now() - entry.since,
        longestWaitMs: settings.longestWaitSeconds * 1_000,
      })
      if (why === null) continue
      drop(entry)
      await queue.gone(entry.caller, why, clock.now())
      log.info({ caller: entry.caller, campaign: entry.campaign, why }, 'a caller was sent away')
      await line.stopMusic(entry.channel)
      await line.play({ id: `away-${entry.caller}`, on: { channel: entry.channel }, sound: 'tone:busy' })
      later(busyToneMs, async () => void (await line.hangUp(entry.channel)))
    }
    await ringNext()
  }

  async function arrive(channel: string, call: IncomingCall, at: Instant, isUp: boolean): Promise<void> {
    if (entries.has(channel) || others.isKnown(channel)) return
    const { from, name, to } = call
    const queued = await queue.arrived({ channel, from, name, to }, at)
    if (queued === null) {
      log.warn({ channel, called: to }, 'a call came in for a number of no campaign')
      await line.hangUp(channel, 'congestion')
      return
    }
    const isStaffed = await queue.isStaffed(queued.campaign)
    const longestWaitMs = settings.longestWaitSeconds * 1_000
    const why = sendAway({ isOpen: queued.isOpen, isStaffed, waitedMs: 0, longestWaitMs })
    if (why !== null) {
      await queue.gone(queued.caller, why, at)
      log.info({ caller: queued.caller, campaign: queued.campaign, why }, 'a caller was not let in')
      await line.hangUp(channel, isUp ? 'normal' : 'busy')
      return
    }
    const entry = add(queued)
    await greet(entry)
    await ringNext()
  }

  async function greet({ channel }: Entry): Promise<void> {
    await line.answer(channel)
    await line.startMusic(channel)
  }

  const isFree = ({ user }: FreeOperator) =>
    phones().isUp(user) && !others.isEngaged(user) && legs.of(user).length === 0

  async function ringNext(): Promise<void> {
    if (entries.size === 0 || line.link() === 'down') return
    const free = (await queue.ringable()).filter(isFree)
    const rings = whomToRing(all(), free, clock.now())
    for (const { caller, user } of rings) {
      const entry = all().find((each) => each.caller === caller)
      if (entry) await ringAt(entry, user)
    }
    const spared = nextSpared(all(), clock.now())
    if (spared !== null) later(spared - clock.now(), ringNext)
    // Who waited with the one that is rung may have a record now.
    if (rings.length > 0) ports.desk.look()
  }

  async function ringAt(entry: Entry, user: UserId): Promise<void> {
    const attempt = ports.makeId() as AttemptId
    if (!(await queue.ring(user, entry.caller, attempt))) return
    entry.ring = { user, attempt, since: clock.now() }
    entry.ringing = user
    tell(user, attempt, {
      type: 'leg-offered',
      call: attempt as string as CallId,
      from: entry.from,
      to: entry.called,
    })
    entry.stopTimer = clock.after(settings.pickUpSeconds * 1_000, () =>
      go(async () => {
        if (entry.ring?.attempt !== attempt || !isHere(entry)) return
        await ringOver(entry, 'missed', 'no-answer')
        await ringNext()
      }),
    )
  }

  async function ringOver(entry: Entry, how: 'missed' | 'not-reached', end: LegEnd): Promise<void> {
    const { ring } = entry
    if (ring === null) return
    entry.stopTimer()
    entry.ring = null
    entry.ringing = null
    tell(ring.user, ring.attempt, { type: 'leg-ended', end })
    await queue.ringOver(ring.user, ring.attempt, how)
  }

  const ringingAt = (user: UserId, leg: LegId) =>
    all().find(({ ring }) => ring?.user === user && (ring.attempt as string) === leg)

  /** In the queue's turn, then the operator's. */
  async function take(user: UserId, id: LegId): Promise<void> {
    const entry = ringingAt(user, id)
    if (!entry?.ring) throw new AppError('not-in-this-state', 'this call rings no more')
    if (!phones().isUp(user)) {
      throw new AppError('not-in-this-state', 'the phone of this operator is not up', {
        details: { check: 'phone' },
      })
    }
    const { attempt, since } = entry.ring
    await queue.answer(user, attempt)
    drop(entry)
    const at = clock.now()
    const leg: LiveLeg = {
      leg: id,
      call: attempt as string as CallId,
      user,
      attempt,
      channel: entry.channel,
      direction: 'in',
      peer: entry.from,
      callerId: settings.callerId,
      serverDialed: false,
      line: { name: 'bridged', dialedAt: since, answeredAt: at, asked: null },
      held: false,
      recording: 'off',
      party: null,
      stopTimer: () => {},
    }
    await legs.add(leg)
    await line.stopMusic(entry.channel)
    await line.addToBridge(bridgeOf(user), entry.channel)
    legs.tell(leg, { type: 'leg-answered' })
    await legs.save(leg)
  }

  async function leaveQueue(channel: string, end: LegEnd, at: Instant): Promise<void> {
    const entry = entries.get(channel)
    if (!entry) return
    drop(entry)
    await queue.gone(entry.caller, end === 'lost' ? 'lost' : 'hung-up', at)
    await ringOver(entry, 'not-reached', end === 'lost' ? 'lost' : 'hung-up-by-them')
    await ringNext()
  }

  const inbound: Inbound = {
    incoming: (channel, call, at) => go(() => arrive(channel, call, at, false)),
    has: (channel) => entries.has(channel),
    ended: (channel, end, at) => go(() => leaveQueue(channel, end, at)),
    isRinging: (user, leg) => ringingAt(user, leg) !== undefined,
    answer: (user, leg) => turns.take(queueTurn, () => turns.take(user, () => take(user, leg))),
    decline: (user, leg) =>
      turns.take(queueTurn, async () => {
        const entry = ringingAt(user, leg)
        if (!entry) return
        entry.spared.set(user, clock.now() + sparedFor)
        await ringOver(entry, 'not-reached', 'rejected')
        await ringNext()
      }),
    ringing: (user) =>
      all().flatMap(({ ring, from, called }) =>
        ring?.user === user ? [ringingLeg(ring.attempt, from, called, ring.since)] : [],
      ),
    phoneLost: (user) =>
      go(async () => {
        for (const entry of all()) {
          if (entry.ring?.user === user) await ringOver(entry, 'not-reached', 'lost')
        }
        await ringNext()
      }),
    isAwaited: (user, campaigns) => {
      const me: FreeOperator = { user, campaigns, since: 0, doing: 'waits' }
      if (line.link() === 'down' || !isFree(me)) return false
      return whomToRing(all(), [me], clock.now()).length > 0
    },
    longestIdle: async (campaign, except) => {
      const idle = (await queue.ringable()).filter(
        (each) =>
          each.doing === 'waits' && each.user !== except && each.campaigns.includes(campaign) && isFree(each),
      )
      return idle.toSorted((left, right) => left.since - right.since)[0]?.user ?? null
    },
    enqueue: async (call, leave) => {
      if (!(await queue.isStaffed(call.campaign))) {
        throw new AppError('not-in-this-state', 'nobody of that campaign is there')
      }
      add(await queue.handedIn(call, clock.now()))
      await leave()
      const isGone = (await line.startMusic(call.channel)) === 'gone'
      if (isGone) return inbound.ended(call.channel, 'hung-up-by-them', clock.now())
      go(ringNext)
    },
    look: () => {
      if (entries.size > 0) go(ringNext)
    },
    restore: async () => {
      for (const queued of await queue.waiting()) add(queued)
    },
    resync: () =>
      turns.take(queueTurn, async () => {
        const { channels } = await line.snapshot()
        for (const entry of all()) {
          const found = channels.find(({ id }) => id === entry.channel)
          if (found === undefined) {
            await leaveQueue(entry.channel, 'lost', clock.now())
            continue
          }
          if (found.bridge !== null) await line.removeFromBridge(found.bridge, found.id)
          await greet(entry)
        }
        // They came while no server was there to hear of it.
        for (const { id, call, state } of channels) {
          if (call !== null) await arrive(id, call, clock.now(), state === 'up')
        }
        await ringNext()
      }),
    stop: () => {
      stopLook()
      for (const stop of timers) stop()
      for (const entry of all()) entry.stopTimer()
    },
  }
  return inbound
}

const ringingLeg = (attempt: AttemptId, from: string, called: string, since: Instant): LegState => ({
  leg: attempt as string as LegId,
  call: attempt as string as CallId,
  direction: 'in',
  peer: from,
  to: called,
  state: 'ringing',
  held: false,
  muted: false,
  consult: null,
  recording: 'off',
  startedAt: since,
  answeredAt: null,
})
