import type { CallId, LegId, UserId } from '../../shared/std/ids.ts'
import type { HandOver } from './hand-over.ts'
import type { Inbound } from './inbound.ts'
import type { LiveLegs } from './legs.ts'
import { legOf } from './legs.ts'
import { isOurParty, readOperatorChannel } from './names.ts'
import type { OperatorPhones } from './operator-leg.ts'
import type { Outbound } from './outbound.ts'
import type { CallsPorts, LeftBehind, Talk } from './ports.ts'
import type { SecondParties } from './second-party.ts'
import type { Supervisions } from './supervision.ts'
import type { Snapshot, Telephony } from '../telephony/port.ts'
import type { Turns } from './turns.ts'

export interface AdoptPorts {
  ports: Pick<CallsPorts, 'desk' | 'store' | 'clock' | 'log'>
  line: Telephony
  turns: Turns
  legs: LiveLegs
  phones: OperatorPhones
  outbound: Outbound
  parties: SecondParties
  handing: HandOver
  inbound: Inbound
  supervising: Supervisions
}

/**
 * After any break between us and the switch: what is up there is taken over, what is gone is ended here, what is nobody's
 * is hung up there. Only then anything goes on; nothing is dialled again, since a channel is named by its attempt.
 */
export function adoption(calls: AdoptPorts) {
  const { ports, line, turns, legs, phones, outbound, parties, handing, inbound, supervising } = calls
  const { clock, desk, store, log } = ports

  /** Only of the server that died: what is on its way in one that runs is dialled in its turn. */
  let undialed: LeftBehind['dialed'] = []

  /** Of a server that starts: what it knew when it died. */
  async function restore(): Promise<void> {
    await phones.restore()
    for (const saved of await store.legs()) if (!legs.find(saved.leg)) legs.adopt(legOf(saved))
    const { dialed, talks } = await desk.leftBehind()
    undialed = dialed
    for (const talk of talks) await takeUp(talk)
    await handing.restore()
    await inbound.restore()
    await supervising.restore()
  }

  /** It died between its books and the switch: who is still there gets their operator, a call that is gone ends. */
  async function takeUp({ attempt, operator, direction, peer, answeredAt, ...talk }: Talk): Promise<void> {
    const leg = attempt as string as LegId
    if (legs.find(leg)) return
    const isTaken = talk.channel !== null && legs.byChannel(talk.channel) !== undefined
    await legs.add(
      legOf({
        ...{ leg, attempt, user: operator, direction, peer, answeredAt, startedAt: answeredAt },
        call: attempt as string as CallId,
        channel: talk.channel === null || isTaken ? attempt : talk.channel,
        ...{ state: 'answered', held: false, consult: null, recording: 'off', serverDialed: false },
      }),
    )
  }

  async function phonesAfter(restarted: boolean): Promise<void> {
    for (const user of phones.users()) {
      await turns.take(user, async () => {
        if (restarted) return phones.apply(user, { type: 'switch-restarted' })
        const found = operatorLeg(await line.snapshot(), user)
        // Also where we know it: the link may have broken before it was in its bridge.
        await phones.apply(user, found ? { type: 'found', ...found } : { type: 'leg-ended' })
      })
    }
  }

  async function legsAfter(): Promise<void> {
    for (const leg of legs.all()) {
      await turns.take(leg.user, async () => {
        // Looked at in its turn: what was dialled meanwhile is there by now.
        const { channels } = await line.snapshot()
        const states = new Map(channels.map(({ id, state }) => [id, state]))
        const state = states.get(leg.channel)
        const at = clock.now()
        if (legs.find(leg.leg) !== leg) return
        if (state === undefined) return outbound.move(leg, { type: 'lost', at })
        if (state === 'up') await outbound.move(leg, { type: 'answered', at })
        if (state === 'ringing') await outbound.move(leg, { type: 'ringing', at })
        const party = leg.party?.channel
        if (party != null && !states.has(party)) await parties.happened(leg, 'party-ended')
        if (party != null && states.get(party) === 'up') await parties.happened(leg, 'answered')
        // Found by a server that starts: its customer may have been waiting for a second party.
        if (leg.party === null) await outbound.settle(leg)
        else await parties.settle(leg)
      })
    }
  }

  /** Channels of ours that nobody knows: left by a server that died between two steps. */
  async function tidy(): Promise<void> {
    const seen = await line.snapshot()
    await handing.check(new Map(seen.channels.map(({ id, state }) => [id, state])))
    for (const { id } of seen.channels) {
      const operator = readOperatorChannel(id)
      const isKnown = operator
        ? phones.users().includes(operator.user)
        : legs.byChannel(id) !== undefined ||
          legs.byParty(id) !== undefined ||
          handing.has(id) ||
          inbound.has(id) ||
          supervising.knows(id)
      if (isKnown || !(operator || isOurParty(id) || isAttempt(id))) continue
      log.warn({ channel: id }, 'a channel of nobody was hung up')
      await line.hangUp(id)
    }
  }

  async function serverDialed(): Promise<void> {
    for (const { id, operator } of undialed) {
      if (legs.all().some(({ attempt }) => attempt === id)) continue
      const facts = { at: clock.now(), answeredAt: null, end: 'lost', switchCause: null } as const
      await turns.take(operator, () => desk.notReached(operator, id, facts))
    }
    undialed = []
  }

  return {
    restore,
    resync: async (restarted: boolean): Promise<void> => {
      await phonesAfter(restarted)
      await legsAfter()
      await inbound.resync()
      await supervising.resync()
      await tidy()
      await serverDialed()
      for (const user of phones.users()) {
        await turns.take(user, async () => phones.registration(user, new Set((await line.snapshot()).phones)))
      }
    },
  }
}

/** The newest leg of an operator's phone that is there. */
function operatorLeg({ channels }: Snapshot, user: UserId): { call: number; isUp: boolean } | undefined {
  return channels
    .flatMap(({ id, state }) => {
      const leg = readOperatorChannel(id)
      return leg?.user === user ? [{ call: leg.call, isUp: state === 'up' }] : []
    })
    .toSorted((left, right) => right.call - left.call)[0]
}

/** Version 7 UUIDs of ours; whatever else the switch carries is not our business. */
const isAttempt = (channel: string) =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(channel)
