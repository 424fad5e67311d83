import { AppError } from '../../shared/std/errors.ts'
import type { AttemptId, CallId, CampaignId, LegId, UserId } from '../../shared/std/ids.ts'
import { dialNew } from './dial-new.ts'
import type { Inbound } from './inbound.ts'
import type { LiveLeg, LiveLegs } from './legs.ts'
import { answeredAt } from './legs.ts'
import { bridgeOf, handedBridge, handedChannel } from './names.ts'
import type { CallsPorts, SavedHanded } from './ports.ts'
import type { Telephony } from '../telephony/port.ts'

/** A customer and somebody outside who talk without any of us; while the party rings the customer hears music. */
interface Handed extends SavedHanded {
  isEnding: boolean
}

const ringMs = 30_000

export interface HandOver {
  /** The colleague is known to be free. Throws `not-in-this-state` where they are so no more. */
  toOperator(leg: LiveLeg, colleague: UserId): Promise<void>
  /** Blind: the number is called after the operator has left. */
  toNumber(leg: LiveLeg, number: string): Promise<void>
  /** The customer waits for whoever of that campaign is free first. Throws `not-in-this-state` where nobody is there. */
  toQueue(leg: LiveLeg, campaign: CampaignId): Promise<void>
  /** Attended: a party that is on the line already. */
  toParty(leg: LiveLeg, channel: string): Promise<void>
  /** True where the channel belonged to a call handed over. */
  answered(channel: string): Promise<boolean>
  ended(channel: string): Promise<boolean>
  /** Of a server that starts. */
  restore(): Promise<void>
  /** After a break: what is gone, and what was answered meanwhile. */
  check(states: ReadonlyMap<string, string>): Promise<void>
  has(channel: string): boolean
}

/** The operator's part ends, the call goes on: with a colleague as work of theirs, or outside with nobody of us. */
export function handOver(
  ports: Pick<CallsPorts, 'desk' | 'queue' | 'store' | 'settings' | 'clock'>,
  line: Telephony,
  legs: LiveLegs,
  inbound: () => Pick<Inbound, 'enqueue'>,
): HandOver {
  const { desk, clock, queue, store } = ports
  const handed = new Map<LegId, Handed>()
  const byChannel = (channel: string) =>
    [...handed.values()].find(({ customer, party }) => channel === customer || channel === party)

  /** The operator's leg is over; customer and party are not. */
  async function leave(leg: LiveLeg): Promise<void> {
    legs.tell(leg, { type: 'leg-ended', end: 'transferred' })
    await legs.drop(leg)
  }

  async function told(leg: LiveLeg): Promise<void> {
    if (leg.attempt === null) return
    const facts = {
      at: clock.now(),
      answeredAt: answeredAt(leg),
      end: 'transferred',
      switchCause: null,
    } as const
    await desk.ended(leg.user, leg.attempt, facts)
  }

  /** On disk before the leg is gone, so that a server that dies in between knows whose customer it is. */
  async function note(leg: LiveLeg, party: string, waits: boolean): Promise<Handed> {
    const about = leg.attempt === null ? null : await queue.aboutAttempt(leg.attempt)
    const call: Handed = {
      leg: leg.leg,
      campaign: about?.campaign ?? null,
      contact: about?.contact ?? null,
      customer: leg.channel,
      peer: leg.peer,
      party,
      waits,
      isEnding: false,
    }
    handed.set(leg.leg, call)
    await store.saveHanded(call)
    return call
  }

  async function forget({ leg }: Handed): Promise<void> {
    handed.delete(leg)
    await store.dropHanded(leg)
  }

  async function connect({ leg, customer, party }: Handed): Promise<void> {
    await line.createBridge(handedBridge(leg))
    for (const channel of [customer, party]) {
      await line.stopMusic(channel)
      await line.addToBridge(handedBridge(leg), channel)
    }
  }

  /** The party did not answer: whoever of the campaign is free first takes the customer back. */
  async function takeBack(call: Handed): Promise<boolean> {
    const { campaign, contact, customer, peer, leg } = call
    if (campaign === null) return false
    try {
      const from = leg as string as AttemptId
      await inbound().enqueue({ channel: customer, campaign, contact, from, peer }, () => forget(call))
      return true
    } catch (error) {
      if (error instanceof AppError && error.code === 'not-in-this-state') return false
      throw error
    }
  }

  async function end(call: Handed, channel: string): Promise<void> {
    if (call.isEnding) return
    call.isEnding = true
    if (call.waits && channel === call.party && (await takeBack(call))) return
    for (const other of [call.customer, call.party]) if (other !== channel) await line.hangUp(other)
    await line.destroyBridge(handedBridge(call.leg))
    await forget(call)
  }

  async function answered(call: Handed): Promise<void> {
    if (!call.waits) return
    await connect(call)
    call.waits = false
    await store.saveHanded(call)
  }

  return {
    toOperator: async (leg, colleague) => {
      if (leg.attempt === null) throw new AppError('not-in-this-state', 'this call has no record to hand on')
      const attempt = await desk.handOn(leg.user, leg.attempt, colleague)
      const id = attempt as string as LegId
      const theirs: LiveLeg = {
        ...leg,
        leg: id,
        call: id as string as CallId,
        user: colleague,
        attempt,
        held: false,
        party: null,
        serverDialed: false,
        stopTimer: () => {},
      }
      // Known as the colleague's before it is known as nobody's.
      legs.adopt(theirs)
      await leave(leg)
      await line.stopMusic(leg.channel)
      await line.addToBridge(bridgeOf(colleague), leg.channel)
      await legs.save(theirs)
      legs.tell(theirs, { type: 'leg-dialed', call: theirs.call, from: leg.callerId, to: leg.peer })
      legs.tell(theirs, { type: 'leg-answered' })
      await told(leg)
    },

    toNumber: async (leg, number) => {
      const channel = handedChannel(leg.leg)
      const call = await note(leg, channel, true)
      await leave(leg)
      await line.removeFromBridge(bridgeOf(leg.user), leg.channel)
      await line.startMusic(leg.channel)
      try {
        const to = { kind: 'trunk', number, callerId: leg.callerId } as const
        await dialNew(line, { id: channel, to, timeoutMs: ringMs })
      } catch {
        await end(call, channel)
      }
      await told(leg)
    },

    toQueue: async (leg, campaign) => {
      const about = leg.attempt === null ? null : await queue.aboutAttempt(leg.attempt)
      const { channel, peer, attempt: from } = leg
      const call = { channel, campaign, contact: about?.contact ?? null, from, peer }
      await inbound().enqueue(call, async () => {
        await leave(leg)
        await line.removeFromBridge(bridgeOf(leg.user), channel)
        await told(leg)
      })
    },

    toParty: async (leg, channel) => {
      const call = await note(leg, channel, false)
      await leave(leg)
      await connect(call)
      await told(leg)
    },

    answered: async (channel) => {
      const call = byChannel(channel)
      if (!call) return false
      await answered(call)
      return true
    },
    ended: async (channel) => {
      const call = byChannel(channel)
      if (!call) return false
      await end(call, channel)
      return true
    },
    restore: async () => {
      for (const saved of await store.handed()) {
        // It died before the leg was gone: still its operator's.
        if (legs.find(saved.leg)) await store.dropHanded(saved.leg)
        else handed.set(saved.leg, { ...saved, isEnding: false })
      }
    },
    check: async (states) => {
      for (const call of handed.values()) {
        call.isEnding = false
        const gone = [call.customer, call.party].find((channel) => !states.has(channel))
        if (gone !== undefined) await end(call, gone)
        else if (call.waits && states.get(call.party) === 'up') await answered(call)
        else if (call.waits) await line.startMusic(call.customer)
      }
    },
    has: (channel) => byChannel(channel) !== undefined,
  }
}
