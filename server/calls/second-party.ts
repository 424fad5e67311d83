import type { LegNews, LegState } from '../../shared/crm-api/lines.ts'
import type { SecondParty } from '../../shared/domain/call/legs.ts'
import { AppError } from '../../shared/std/errors.ts'
import type { LegId, UserId } from '../../shared/std/ids.ts'
import { dialNew } from './dial-new.ts'
import type { ConsultEffect, ConsultEvent } from './consult.ts'
import { next } from './consult.ts'
import { goesOut } from './goes-out.ts'
import type { HandOver } from './hand-over.ts'
import type { LiveLeg, LiveLegs, News, Party } from './legs.ts'
import { consultOf, isUp } from './legs.ts'
import { bridgeOf, consultChannel } from './names.ts'
import type { OperatorPhones } from './operator-leg.ts'
import type { CallsPorts } from './ports.ts'
import type { Telephony } from '../telephony/port.ts'
import type { Turns } from './turns.ts'

const ringMs = 30_000

export interface SecondParties {
  ask(leg: LiveLeg, consult: LegId, to: SecondParty): Promise<void>
  /** Throws `not-in-this-state` where the event does not fit. */
  move(leg: LiveLeg, event: ConsultEvent): Promise<void>
  /** The same for what the switch says: what does not fit is ignored. */
  happened(leg: LiveLeg, event: ConsultEvent): Promise<void>
  /** A colleague takes it. */
  taken(leg: LiveLeg): Promise<void>
  /** After a break: everybody is where the state says. */
  settle(leg: LiveLeg): Promise<void>
  /** Somebody asks, or talks to, this colleague. */
  isEngaged(user: UserId): boolean
  /** The legs a colleague has by being asked. */
  asked(user: UserId): LegState[]
  /** A colleague who may be handed a call or asked. Throws `not-in-this-state`. */
  refuseBusy(user: UserId): Promise<void>
}

/** Carries the consult's state machine out on the switch. Always in the turn of the leg's operator. */
export function secondParties(
  ports: Pick<CallsPorts, 'settings' | 'desk' | 'stream' | 'clock' | 'log'>,
  line: Telephony,
  turns: Turns,
  legs: LiveLegs,
  phones: () => Pick<OperatorPhones, 'channel' | 'isUp'>,
  handing: HandOver,
): SecondParties {
  const { desk, clock } = ports

  const engaged = (user: UserId) =>
    legs.all().find(({ party }) => party?.to.kind === 'operator' && party.to.user === user)

  function tellParty(party: Party, news: News): void {
    if (party.to.kind !== 'operator') return
    const event = { ...news, leg: party.consult, at: clock.now() } as LegNews
    ports.stream.toUser(party.to.user, { type: 'leg', event })
  }

  async function move(leg: LiveLeg, event: ConsultEvent, party = leg.party): Promise<void> {
    const step = next(leg.party?.state ?? 'none', event)
    if ('ignored' in step) throw new AppError('not-in-this-state', step.ignored)
    if (party === null) throw new Error('a consult without a party moved')
    if (step.state === 'none') {
      party.stopTimer()
      leg.party = null
    } else {
      party.state = step.state
      leg.party = party
    }
    try {
      for (const effect of step.effects) await run(leg, party, effect)
    } catch (error) {
      // A colleague who is not free any more: all stays as it was, with both of them on the line.
      if (event === 'complete' && legs.find(leg.leg) === leg) leg.party = party
      throw error
    }
    const isColleague = party.to.kind === 'operator'
    if (event === 'party-ended' && isColleague) await sendHome(party)
    // Handed over or hung up: the leg's own end says all.
    if (legs.find(leg.leg) !== leg || event === 'customer-ended') return
    legs.tell(leg, { type: 'leg-consult', consult: consultOf(leg) })
    await legs.save(leg)
  }

  async function run(leg: LiveLeg, party: Party, effect: ConsultEffect): Promise<void> {
    const own = bridgeOf(leg.user)
    const isColleague = party.to.kind === 'operator'
    switch (effect) {
      case 'wait-customer':
        await line.removeFromBridge(own, leg.channel)
        await line.startMusic(leg.channel)
        return
      case 'fetch-customer':
        await line.stopMusic(leg.channel)
        await line.addToBridge(own, leg.channel)
        return
      case 'call-party':
        return callParty(leg, party)
      case 'fetch-party':
        if (party.channel === null) return
        await line.stopMusic(party.channel)
        await line.addToBridge(own, party.channel)
        return
      case 'wait-party':
        if (party.channel === null) return
        if (party.to.kind === 'operator') await line.addToBridge(bridgeOf(party.to.user), party.channel)
        else await line.removeFromBridge(own, party.channel)
        await line.startMusic(party.channel)
        return
      case 'drop-party':
        if (isColleague) return sendHome(party)
        if (party.channel !== null) await line.hangUp(party.channel)
        return
      case 'connect':
        return connect(leg, party)
    }
  }

  async function callParty(leg: LiveLeg, party: Party): Promise<void> {
    const { to, consult } = party
    const giveUp = async () => happened(leg, 'party-ended', party)
    if (to.kind === 'operator') {
      const [asker] = await desk.colleagues([leg.user])
      party.asker = asker?.name ?? ''
      tellParty(party, { type: 'leg-offered', call: leg.call, from: party.asker, to: leg.peer })
      party.stopTimer = clock.after(ringMs, () => turns.go(leg.user, giveUp))
      return
    }
    const channel = consultChannel(consult)
    party.channel = channel
    try {
      const number = await goesOut(ports, leg, to.number)
      const target = { kind: 'trunk', number, callerId: leg.callerId } as const
      await dialNew(line, { id: channel, to: target, timeoutMs: ringMs })
    } catch (error) {
      ports.log.warn({ err: error, leg: leg.leg }, 'the second party could not be called')
      await giveUp()
    }
  }

  /** A colleague is alone with their own phone again. */
  async function sendHome(party: Party): Promise<void> {
    if (party.to.kind !== 'operator') return
    const { user } = party.to
    if (party.channel !== null) {
      await line.stopMusic(party.channel)
      await line.addToBridge(bridgeOf(user), party.channel)
    }
    tellParty(party, { type: 'leg-ended', end: 'hung-up-by-them' })
    desk.look()
  }

  async function connect(leg: LiveLeg, party: Party): Promise<void> {
    if (party.to.kind === 'number') {
      if (party.channel !== null) await handing.toParty(leg, party.channel)
      return
    }
    await handing.toOperator(leg, party.to.user)
    await sendHome(party)
  }

  async function happened(leg: LiveLeg, event: ConsultEvent, party = leg.party): Promise<void> {
    // A party that is another one by now, or gone.
    if (legs.find(leg.leg) !== leg || party === null || leg.party !== party) return
    if ('ignored' in next(party.state, event)) return
    await move(leg, event)
  }

  async function refuseBusy(user: UserId): Promise<void> {
    const [colleague] = phones().isUp(user) && !engaged(user) ? await desk.colleagues([user]) : []
    if (colleague?.state !== 'ready') throw new AppError('not-in-this-state', 'the colleague is not free')
  }

  const places: Record<Party['state'], readonly ConsultEffect[]> = {
    ringing: ['wait-customer'],
    party: ['wait-customer', 'fetch-party'],
    customer: ['wait-party', 'fetch-customer'],
    both: ['fetch-customer', 'fetch-party'],
  }

  return {
    settle: async (leg) => {
      const { party } = leg
      if (party === null) return
      for (const effect of places[party.state]) await run(leg, party, effect)
    },
    refuseBusy,
    ask: async (leg, consult, to) => {
      if (leg.party?.consult === consult) return
      if (!isUp(leg) || leg.party !== null) throw new AppError('not-in-this-state', 'nobody can be asked now')
      if (to.kind === 'operator') await refuseBusy(to.user)
      if (leg.held) {
        leg.held = false
        legs.tell(leg, { type: 'leg-resumed' })
      }
      const party: Party = { consult, to, state: 'ringing', channel: null, asker: '', stopTimer: () => {} }
      await move(leg, 'ask', party)
    },
    move: (leg, event) => move(leg, event),
    happened: (leg, event) => happened(leg, event),
    taken: async (leg) => {
      const { party } = leg
      if (party?.to.kind !== 'operator' || party.state !== 'ringing') {
        throw new AppError('not-in-this-state', 'there is nothing to answer')
      }
      const channel = phones().channel(party.to.user)
      if (channel === null) throw new AppError('not-in-this-state', 'the phone of this operator is not up')
      party.stopTimer()
      party.channel = channel
      await move(leg, 'answered')
      tellParty(party, { type: 'leg-answered' })
    },
    isEngaged: (user) => engaged(user) !== undefined,
    asked: (user) => {
      const leg = engaged(user)
      if (!leg?.party) return []
      return [
        {
          leg: leg.party.consult,
          call: leg.call,
          direction: 'in',
          peer: leg.party.asker,
          to: leg.peer,
          state: leg.party.state === 'ringing' ? 'ringing' : 'answered',
          held: leg.party.state === 'customer',
          muted: false,
          consult: null,
          recording: 'off',
          startedAt: leg.line.dialedAt,
          answeredAt: null,
        },
      ]
    },
  }
}
