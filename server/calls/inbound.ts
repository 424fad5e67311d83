import type { LegEnd } from '../../shared/domain/call/legs.ts'
import type { Instant } from '../../shared/std/clock.ts'
import { AppError } from '../../shared/std/errors.ts'
import type { HandedCall, Queued } from './inbound-ports.ts'
import type { CallsPorts } from './ports.ts'
import { sendAway } from './queue.ts'
import type { Ringing } from './ringing.ts'
import type { IncomingCall, Telephony } from '../telephony/port.ts'
import type { Turns } from './turns.ts'
import type { Entry, WaitingCallers } from './waiting.ts'
import { queueTurn } from './waiting.ts'

/** How often those who wait are looked after: whether anybody is there still, and how long they wait. */
const lookAfterEvery = 10_000
/** Somebody who was let in hears that nobody comes; who was not is refused unanswered, by their own network's tone. */
const busyToneMs = 3_000

export interface Inbound {
  incoming(channel: string, call: IncomingCall, at: Instant): void
  /** True where the channel waits in a queue. */
  has(channel: string): boolean
  ended(channel: string, end: LegEnd, at: Instant): void
  /**
   * A call that is up joins a queue. Whose it was forgets it in `leave`, once the queue knows of it. Throws
   * `not-in-this-state` where nobody of the campaign is there.
   */
  enqueue(call: HandedCall, leave: () => Promise<void>): Promise<void>
  /** Operators, their work or their phones have changed. */
  look(): void
  restore(): Promise<void>
  /** After a break: who waits still, who has come meanwhile. */
  resync(): Promise<void>
  stop(): void
}

/** Who is let into a queue, waits there with music, and leaves it unanswered. */
export function inboundCalls(
  ports: Pick<CallsPorts, 'settings' | 'queue' | 'clock' | 'log'>,
  line: Telephony,
  turns: Turns,
  waiting: WaitingCallers,
  ringing: Ringing,
  /** A call that somebody has already. */
  isKnown: (channel: string) => boolean,
): Inbound {
  const { clock, queue, settings, log } = ports
  const longestWaitMs = settings.longestWaitSeconds * 1_000
  const go = (task: () => Promise<void>) => turns.go(queueTurn, task)
  const timers = new Set<() => void>()
  let isWatching = false
  let isLooking = false

  function later(ms: number, task: () => Promise<void>): void {
    const stop = clock.after(ms, () => {
      timers.delete(stop)
      // Without a link nothing can be done about it: what is left on the switch is found when it is back.
      if (line.link() === 'up') go(task)
    })
    timers.add(stop)
  }

  /** While somebody waits: that nobody is there any more, and that time passes, comes without a word. */
  function watch(): void {
    if (isWatching) return
    isWatching = true
    const stop = clock.after(lookAfterEvery, () => {
      timers.delete(stop)
      isWatching = false
      if (waiting.all().length === 0) return
      watch()
      if (line.link() === 'up') go(lookAfter)
    })
    timers.add(stop)
  }

  function add(queued: Queued): Entry {
    watch()
    return waiting.add(queued)
  }

  async function lookAfter(): Promise<void> {
    for (const entry of waiting.all()) {
      if (entry.ring !== null) continue
      const isStaffed = await queue.isStaffed(entry.campaign)
      const waitedMs = clock.now() - entry.since
      const why = sendAway({ isOpen: null, isStaffed, waitedMs, longestWaitMs })
      if (why === null) continue
      waiting.drop(entry)
      await queue.gone(entry.caller, why, clock.now())
      log.info({ caller: entry.caller, campaign: entry.campaign, why }, 'a caller was sent away')
      await line.stopMusic(entry.channel)
      await line.play({ id: `away-${entry.caller}`, on: { channel: entry.channel }, sound: 'tone:busy' })
      later(busyToneMs, async () => void (await line.hangUp(entry.channel)))
    }
    await ringing.next()
  }

  async function arrive(channel: string, call: IncomingCall, at: Instant, isUp: boolean): Promise<void> {
    if (waiting.find(channel) || isKnown(channel)) return
    const { from, name, to } = call
    const queued = await queue.arrived({ channel, from, name, to }, at)
    if (queued === null) {
      log.warn({ channel, called: to }, 'a call came in for a number of no campaign')
      await line.hangUp(channel, 'congestion')
      return
    }
    const { isOpen, isStaffed } = queued
    const why = sendAway({ isOpen, isStaffed, waitedMs: 0, longestWaitMs })
    if (why !== null) {
      await queue.gone(queued.caller, why, at)
      log.info({ caller: queued.caller, campaign: queued.campaign, why }, 'a caller was not let in')
      await line.hangUp(channel, isUp ? 'normal' : 'busy')
      return
    }
    const entry = add(queued)
    // The ring does not wait for the music: the contact is to be on the screen with it.
    const both = await Promise.allSettled([greet(entry), ringing.next()])
    for (const each of both) if (each.status === 'rejected') throw each.reason
  }

  async function greet({ channel }: Entry): Promise<void> {
    await line.answer(channel)
    await line.startMusic(channel)
  }

  async function leaveQueue(channel: string, end: LegEnd, at: Instant): Promise<void> {
    const entry = waiting.find(channel)
    if (!entry) return
    waiting.drop(entry)
    await queue.gone(entry.caller, end === 'lost' ? 'lost' : 'hung-up', at)
    await ringing.over(entry, 'not-reached', end === 'lost' ? 'lost' : 'hung-up-by-them')
    await ringing.next()
  }

  async function resync(): Promise<void> {
    const { channels } = await line.snapshot()
    for (const entry of waiting.all()) {
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
    await ringing.next()
  }

  const ended: Inbound['ended'] = (channel, end, at) => go(() => leaveQueue(channel, end, at))
  return {
    incoming: (channel, call, at) => go(() => arrive(channel, call, at, false)),
    has: (channel) => waiting.find(channel) !== undefined,
    ended,
    enqueue: async (call, leave) => {
      if (!(await queue.isStaffed(call.campaign))) {
        throw new AppError('not-in-this-state', 'nobody of that campaign is there')
      }
      add(await queue.handedIn(call, clock.now()))
      await leave()
      const isGone = (await line.startMusic(call.channel)) === 'gone'
      if (isGone) return ended(call.channel, 'hung-up-by-them', clock.now())
      go(ringing.next)
    },
    look: () => {
      if (isLooking || waiting.all().length === 0) return
      isLooking = true
      go(async () => {
        isLooking = false
        await ringing.next()
      })
    },
    restore: async () => {
      for (const queued of await queue.waiting()) add(queued)
    },
    resync: () => turns.take(queueTurn, resync),
    stop: () => {
      for (const stop of timers) stop()
    },
  }
}
