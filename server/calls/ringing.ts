import type { LegNews, LegState } from '../../shared/crm-api/lines.ts'
import type { LegEnd } from '../../shared/domain/call/legs.ts'
import { AppError } from '../../shared/std/errors.ts'
import type { AttemptId, CallId, CampaignId, LegId, UserId } from '../../shared/std/ids.ts'
import type { LiveLegs, News } from './legs.ts'
import { bridgeOf } from './names.ts'
import type { OperatorPhones } from './operator-leg.ts'
import type { CallsPorts } from './ports.ts'
import type { FreeOperator } from './queue.ts'
import { nextSpared, sparedFor, whomToRing } from './queue.ts'
import type { Telephony } from '../telephony/port.ts'
import type { Turns } from './turns.ts'
import type { Entry, WaitingCallers } from './waiting.ts'
import { queueTurn } from './waiting.ts'

export interface Ringing {
  /** Rings for all who wait and could be served; in the queue's turn, as are the others. */
  next(): Promise<void>
  over(entry: Entry, how: 'missed' | 'not-reached', end: LegEnd): Promise<void>
  /** Whether this leg is a call that rings for this operator. */
  isRinging(user: UserId, leg: LegId): boolean
  /** Takes its turn by itself; throws `not-in-this-state` where it rings no more or the phone is not up. */
  answer(user: UserId, leg: LegId): Promise<void>
  decline(user: UserId, leg: LegId): Promise<void>
  /** The call goes to the next one, and is not missed. */
  phoneLost(user: UserId): Promise<void>
  legs(user: UserId): LegState[]
  /** A caller waits whom this operator, of these campaigns, could be rung for. */
  isAwaited(user: UserId, campaigns: readonly CampaignId[]): boolean
  /** The longest idle operator of a campaign who could be asked something; null where nobody is idle. */
  longestIdle(campaign: CampaignId, except: UserId): Promise<UserId | null>
  stop(): void
}

/** Callers ring at operators, one after the other, until somebody answers. The phone is up already: only the page rings. */
export function callersRing(
  ports: Pick<CallsPorts, 'settings' | 'desk' | 'queue' | 'stream' | 'clock' | 'makeId'>,
  line: Telephony,
  turns: Turns,
  legs: LiveLegs,
  waiting: WaitingCallers,
  phones: () => Pick<OperatorPhones, 'isUp'>,
  isEngaged: (user: UserId) => boolean,
): Ringing {
  const { clock, queue, settings } = ports
  let stopSpared = () => {}

  const tell = (user: UserId, attempt: AttemptId, news: News) =>
    ports.stream.toUser(user, {
      type: 'leg',
      event: { ...news, leg: attempt as string as LegId, at: clock.now() } as LegNews,
    })
  const isFree = (user: UserId) => phones().isUp(user) && !isEngaged(user) && legs.of(user).length === 0
  const ringingAt = (user: UserId, leg: LegId) =>
    waiting.all().find(({ ring }) => ring?.user === user && (ring.attempt as string) === leg)

  async function next(): Promise<void> {
    if (waiting.all().length === 0 || line.link() === 'down') return
    const free = (await queue.ringable()).filter(({ user }) => isFree(user))
    const rings = whomToRing(waiting.all(), free, clock.now())
    for (const { caller, user } of rings) {
      const entry = waiting.all().find((each) => each.caller === caller)
      if (entry) await ringAt(entry, user)
    }
    const spared = nextSpared(waiting.all(), clock.now())
    stopSpared()
    if (spared !== null) stopSpared = clock.after(spared - clock.now(), () => turns.go(queueTurn, next))
    // Who was idle beside the one that is rung may have a record now.
    if (rings.length > 0) ports.desk.look()
  }

  async function ringAt(entry: Entry, user: UserId): Promise<void> {
    const attempt = ports.makeId() as AttemptId
    if (!(await queue.ring(user, entry.caller, attempt))) return
    entry.ring = { user, attempt, since: clock.now() }
    entry.ringing = user
    const call = attempt as string as CallId
    // First the leg, then the record: a page that has the leg shows both at once, 6 ms sooner than the other way round.
    tell(user, attempt, { type: 'leg-offered', call, from: entry.from, to: entry.called })
    const shown = queue.show(user)
    entry.stopTimer = clock.after(settings.pickUpSeconds * 1_000, () =>
      turns.go(queueTurn, async () => {
        if (entry.ring?.attempt !== attempt || !waiting.isHere(entry)) return
        // Without the link nobody could have answered.
        if (line.link() === 'up') await over(entry, 'missed', 'no-answer')
        else await over(entry, 'not-reached', 'lost')
        await next()
      }),
    )
    await shown
  }

  async function over(entry: Entry, how: 'missed' | 'not-reached', end: LegEnd): Promise<void> {
    const { ring } = entry
    if (ring === null) return
    entry.stopTimer()
    entry.ring = null
    entry.ringing = null
    tell(ring.user, ring.attempt, { type: 'leg-ended', end })
    await queue.ringOver(ring.user, ring.attempt, how)
  }

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
    waiting.drop(entry)
    const leg = {
      leg: id,
      call: attempt as string as CallId,
      user,
      attempt,
      channel: entry.channel,
      direction: 'in',
      peer: entry.from,
      callerId: settings.callerId,
      serverDialed: false,
      line: { name: 'bridged', dialedAt: since, answeredAt: clock.now(), asked: null },
      held: false,
      recording: 'off',
      party: null,
      stopTimer: () => {},
    } as const
    const live = { ...leg }
    await legs.add(live)
    await line.stopMusic(entry.channel)
    await line.addToBridge(bridgeOf(user), entry.channel)
    legs.tell(live, { type: 'leg-answered' })
    await legs.save(live)
  }

  return {
    next,
    over,
    isRinging: (user, leg) => ringingAt(user, leg) !== undefined,
    answer: (user, leg) => turns.take(queueTurn, () => turns.take(user, () => take(user, leg))),
    decline: (user, leg) =>
      turns.take(queueTurn, async () => {
        const entry = ringingAt(user, leg)
        if (!entry) return
        entry.spared.set(user, clock.now() + sparedFor)
        await over(entry, 'not-reached', 'rejected')
        await next()
      }),
    phoneLost: async (user) => {
      for (const entry of waiting.all()) {
        if (entry.ring?.user === user) await over(entry, 'not-reached', 'lost')
      }
      await next()
    },
    legs: (user) =>
      waiting.all().flatMap((entry) => (entry.ring?.user === user ? [legOf(entry, entry.ring)] : [])),
    isAwaited: (user, campaigns) => {
      if (line.link() === 'down' || !isFree(user)) return false
      const me: FreeOperator = { user, campaigns, since: 0, doing: 'waits' }
      return whomToRing(waiting.all(), [me], clock.now()).length > 0
    },
    longestIdle: async (campaign, except) => {
      const idle = (await queue.ringable()).filter(
        ({ user, campaigns, doing }) =>
          doing === 'waits' && user !== except && campaigns.includes(campaign) && isFree(user),
      )
      return idle.toSorted((left, right) => left.since - right.since)[0]?.user ?? null
    },
    stop: () => {
      stopSpared()
      for (const entry of waiting.all()) entry.stopTimer()
    },
  }
}

const legOf = ({ from, called }: Entry, { attempt, since }: NonNullable<Entry['ring']>): LegState => ({
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
