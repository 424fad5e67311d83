import { AppError } from '../../shared/std/errors.ts'
import type { LegId, UserId } from '../../shared/std/ids.ts'
import { dialNew } from './dial-new.ts'
import type { LiveLeg, LiveLegs } from './legs.ts'
import { answeredAt } from './legs.ts'
import { bridgeOf, handedBridge, handedChannel } from './names.ts'
import type { CallsPorts } from './ports.ts'
import type { Telephony } from '../telephony/port.ts'
import type { CallId } from '../../shared/std/ids.ts'

/** A customer and somebody outside who talk without any of us. */
interface Handed {
  leg: LegId
  channels: readonly [customer: string, party: string]
  /** The party has not answered yet: the customer hears music. */
  waits: boolean
}

const ringMs = 30_000

export interface HandOver {
  /** The colleague is known to be free. Throws `not-in-this-state` where they are so no more. */
  toOperator(leg: LiveLeg, colleague: UserId): Promise<void>
  /** Blind: the number is called after the operator has left. */
  toNumber(leg: LiveLeg, number: string): Promise<void>
  /** Attended: a party that is on the line already. */
  toParty(leg: LiveLeg, channel: string): Promise<void>
  /** True where the channel belonged to a call handed over. */
  answered(channel: string): Promise<boolean>
  ended(channel: string): Promise<boolean>
  /** Found on the switch by a server that starts; true where both are there. */
  adopt(bridge: string, channels: readonly string[]): boolean
  /** After a break: what is gone. */
  check(isThere: (channel: string) => boolean): Promise<void>
  has(channel: string): boolean
}

/** The operator's part ends, the call goes on: with a colleague as work of theirs, or outside with nobody of us. */
export function handOver(
  ports: Pick<CallsPorts, 'desk' | 'settings' | 'clock'>,
  line: Telephony,
  legs: LiveLegs,
): HandOver {
  const { desk, clock } = ports
  const handed = new Map<LegId, Handed>()
  const byChannel = (channel: string) =>
    [...handed.values()].find(({ channels }) => channels.includes(channel))

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

  async function connect({ leg, channels }: Handed): Promise<void> {
    await line.createBridge(handedBridge(leg))
    for (const channel of channels) {
      await line.stopMusic(channel)
      await line.addToBridge(handedBridge(leg), channel)
    }
  }

  async function end(call: Handed, channel: string): Promise<void> {
    handed.delete(call.leg)
    for (const other of call.channels) if (other !== channel) await line.hangUp(other)
    await line.destroyBridge(handedBridge(call.leg))
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
      const call: Handed = { leg: leg.leg, channels: [leg.channel, channel], waits: true }
      handed.set(leg.leg, call)
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

    toParty: async (leg, channel) => {
      const call: Handed = { leg: leg.leg, channels: [leg.channel, channel], waits: false }
      handed.set(leg.leg, call)
      await leave(leg)
      await connect(call)
      await told(leg)
    },

    answered: async (channel) => {
      const call = byChannel(channel)
      if (!call) return false
      if (call.waits) await connect(call)
      call.waits = false
      return true
    },
    ended: async (channel) => {
      const call = byChannel(channel)
      if (!call) return false
      await end(call, channel)
      return true
    },
    adopt: (bridge, channels) => {
      const [customer, party] = channels
      const leg = /^handed-(.+)$/.exec(bridge)?.[1] as LegId | undefined
      if (leg === undefined || customer === undefined || party === undefined) return false
      handed.set(leg, { leg, channels: [customer, party], waits: false })
      return true
    },
    check: async (isThere) => {
      for (const call of handed.values()) {
        const gone = call.channels.find((channel) => !isThere(channel))
        if (gone !== undefined) await end(call, gone)
      }
    },
    has: (channel) => byChannel(channel) !== undefined,
  }
}
