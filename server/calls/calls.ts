import type { Colleague, Group, LineCommand, LineState } from '../../shared/crm-api/lines.ts'
import type { PhoneAccount, PhoneKind, PhoneProblem, PhoneView } from '../../shared/crm-api/phone.ts'
import type { Supervisor } from '../../shared/crm-api/supervision.ts'
import type { Instant } from '../../shared/std/clock.ts'
import type { AttemptId, CampaignId, LegId, UserId } from '../../shared/std/ids.ts'
import { adoption } from './adopt.ts'
import { callControl } from './control.ts'
import { handOver } from './hand-over.ts'
import { inboundCalls } from './inbound.ts'
import { createLegs } from './legs.ts'
import { readBridge, readOperatorChannel, readSnoopChannel } from './names.ts'
import { operatorPhones } from './operator-leg.ts'
import { outboundCalls } from './outbound.ts'
import type { CallsPorts, DialPlan, PhoneRole } from './ports.ts'
import { createRecorder } from './recording.ts'
import { callersRing } from './ringing.ts'
import { secondParties } from './second-party.ts'
import type { Supervisions } from './supervision.ts'
import { supervisions } from './supervision.ts'
import type { ChannelEnded, Telephony, TelephonyEvent } from '../telephony/port.ts'
import { createTurns } from './turns.ts'
import { queueTurn, waitingCallers } from './waiting.ts'

export interface Calls {
  accounts: {
    /** Throws `not-in-this-state` for a supervisor who does not listen from that session. */
    open(user: UserId, session: string, kind: PhoneKind, role: PhoneRole): Promise<PhoneAccount>
    close(user: UserId): Promise<void>
  }
  lines: {
    state(user: UserId): Promise<LineState>
    colleagues(user: UserId): Promise<Colleague[]>
    groups(): Promise<Group[]>
    command(user: UserId, leg: LegId, command: LineCommand, key: string): Promise<void>
  }
  phone: {
    of(user: UserId): Omit<PhoneView, 'needed'>
    canDial(user: UserId): boolean
    isEngaged(user: UserId): boolean
    isAwaited(user: UserId, campaigns: readonly CampaignId[]): boolean
    want(user: UserId): 'up' | 'coming' | PhoneProblem
    unwant(user: UserId): void
    /** Resolves once it is in its operator's turn, not once it was dialled. */
    dial(plan: DialPlan): Promise<void>
    outsidePrefix: string
    /** Who is with the operator's call, as far as the campaign tells. */
    supervised(user: UserId): Supervisor[]
  }
  supervision: Pick<Supervisions, 'view' | 'listen' | 'stop' | 'onCallOf' | 'canHear' | 'changed'> & {
    link(): 'up' | 'down'
  }
  recordings: {
    /** Nothing happens where the call is not up, or not this operator's. */
    sensitive(user: UserId, attempt: AttemptId, on: boolean): Promise<void>
  }
  /** Call before the first stream is let in. */
  start(): Promise<void>
  stop(): Promise<void>
  /** Everything that the switch, the clock or a request has set going. */
  underWay(): Iterable<Promise<unknown>>
}

const sweepEvery = 5 * 60_000
/** A switch that did not answer one of our questions after a break is asked all of them again. */
const resyncAgainMs = 1_000

type ChannelFact = { at: Instant } & ({ type: 'ringing' | 'answered'; channel: string } | ChannelEnded)

/** Operators' phones and calls on the switch. It owns what is up; what it means for the work is the desk's. */
export function createCalls(ports: CallsPorts, line: Telephony): Calls {
  const { desk, stream, log } = ports
  const turns = createTurns(log)
  const legs = createLegs(ports, line.link)
  const handing = handOver(ports, line, legs, () => inbound)
  const parties = secondParties(ports, line, turns, legs, () => phones, handing)
  const outbound = outboundCalls(ports, line, turns, legs, () => phones, {
    over: (leg) => parties.happened(leg, 'customer-ended'),
  })
  const waiting = waitingCallers()
  const ringing = callersRing(
    ports,
    line,
    turns,
    legs,
    waiting,
    () => phones,
    (user) => parties.isEngaged(user),
  )
  const inbound = inboundCalls(
    ports,
    line,
    turns,
    waiting,
    ringing,
    (channel) => legs.byChannel(channel) !== undefined || handing.has(channel),
  )
  const supervising = supervisions(ports, line, turns, legs, () => phones)
  const isSupervisor = (user: UserId) => phones.isSupervisor(user)
  const deskOf = (user: UserId) => (isSupervisor(user) ? supervising.phoneDesk : desk)
  const phoneDesk = {
    ...desk,
    phoneUp: (user: UserId) => deskOf(user).phoneUp(user),
    phoneLost: (user: UserId) => deskOf(user).phoneLost(user),
    phoneChanged: (user: UserId) => deskOf(user).phoneChanged(user),
  }
  const phones = operatorPhones({ ...ports, desk: phoneDesk }, line, turns, {
    up: async (user) => {
      for (const leg of legs.of(user)) await outbound.resume(leg)
      recorder.look(user)
      supervising.look(user)
      inbound.look()
    },
    lost: async (user) => {
      turns.go(queueTurn, () => ringing.phoneLost(user))
      supervising.look(user)
      for (const leg of legs.of(user)) await outbound.soothe(leg)
      recorder.look(user)
      const asker = legs.all().find(({ party }) => party?.to.kind === 'operator' && party.to.user === user)
      if (asker) turns.go(asker.user, () => parties.happened(asker, 'party-ended'))
    },
  })
  const shared = {
    ports,
    line,
    turns,
    legs,
    phones,
    outbound,
    parties,
    handing,
    inbound,
    ringing,
    supervising,
  }
  const recorder = createRecorder(ports, line, turns, legs, () => phones)
  const command = callControl({ ...shared, recorder })
  const { restore, resync } = adoption(shared)
  let stopAgain = () => {}

  function onChannel(event: ChannelFact): void {
    const { channel, type, at } = event
    const operator = readOperatorChannel(channel)
    if (operator) {
      if (type === 'ringing') return
      const what = type === 'answered' ? 'leg-up' : 'leg-ended'
      turns.go(operator.user, async () => {
        // A leg of before the reload, hung up by now, is not the one that is being called.
        if (phones.isCurrent(operator.user, channel)) await phones.apply(operator.user, { type: what })
      })
      return
    }
    if (readSnoopChannel(channel)) {
      if (type === 'ended') supervising.snoopEnded(channel)
      return
    }
    const leg = legs.byChannel(channel)
    if (leg) {
      turns.go(leg.user, async () => {
        // Handed to a colleague meanwhile: in their turn, then.
        if (legs.find(leg.leg) !== leg) return onChannel(event)
        if (type === 'ended') await outbound.move(leg, { type, at, end: event.end }, event.raw)
        else await outbound.move(leg, { type, at })
      })
      return
    }
    if (inbound.has(channel)) {
      if (event.type === 'ended') inbound.ended(channel, event.end, at)
      return
    }
    const asker = legs.byParty(channel)
    if (asker) {
      if (type === 'ringing') return
      const what = type === 'answered' ? 'answered' : 'party-ended'
      return turns.go(asker.user, () => parties.happened(asker, what))
    }
    if (type === 'ringing') return
    turns.go(
      channel,
      async () => void (await (type === 'answered' ? handing.answered(channel) : handing.ended(channel))),
    )
  }

  function everyone(tell: (user: UserId) => void): void {
    for (const user of phones.users()) if (!isSupervisor(user)) tell(user)
  }

  /** Made by a create whose answer we did not wait for: its call was given up meanwhile. */
  function ofNobody(channel: string): void {
    const operator = readOperatorChannel(channel)
    const isOver = operator
      ? !phones.isCurrent(operator.user, channel) || phones.view(operator.user).state === 'registered'
      : legs.isOver(channel as LegId)
    if (isOver && !legs.byChannel(channel)) turns.go(channel, async () => void (await line.hangUp(channel)))
  }

  async function afterBreak(restarted: boolean, at: Instant): Promise<void> {
    stopAgain()
    try {
      await resync(restarted)
    } catch (error) {
      // Half done is not done. While the link is down its return does it; what a restart took is known by now.
      const again = () => turns.go('switch', () => afterBreak(false, at))
      if (line.link() === 'up') stopAgain = ports.clock.after(resyncAgainMs, again)
      throw error
    }
    for (const { user } of legs.all()) recorder.look(user)
    everyone((user) => {
      stream.toUser(user, { type: 'leg', event: { type: 'link-up', at } })
      stream.toUser(user, { type: 'legs', snapshot: state(user) })
      desk.phoneChanged(user)
    })
    desk.look()
  }

  function onSwitch(event: TelephonyEvent): void {
    recorder.happened(event)
    switch (event.type) {
      case 'phone-registered':
      case 'phone-gone': {
        const user = phones.byEndpoint(event.account)
        const type = event.type === 'phone-gone' ? 'gone' : 'registered'
        if (user !== undefined) turns.go(user, () => phones.apply(user, { type }))
        return
      }
      case 'link-down':
        supervising.linkDown()
        return everyone((user) => {
          stream.toUser(user, { type: 'leg', event })
          desk.phoneChanged(user)
        })
      case 'link-up':
        return turns.go('switch', () => afterBreak(event.restarted, event.at))
      case 'entered-bridge':
      case 'left-bridge': {
        const user = readBridge(event.bridge)
        if (user !== null) supervising.roomChanged(user)
        return
      }
      case 'incoming':
        return inbound.incoming(event.channel, event, event.at)
      case 'channel-created':
        return ofNobody(event.channel)
      case 'ringing':
      case 'answered':
        return onChannel({ type: event.type, channel: event.channel, at: event.at })
      case 'ended':
        return onChannel(event)
      default:
        return
    }
  }

  const state = (user: UserId): LineState => {
    const own = legs.state(user)
    return { ...own, legs: [...own.legs, ...ringing.legs(user), ...parties.asked(user)] }
  }

  /** Sessions also end by time, without a word. */
  let stopSweep = () => {}
  async function sweep(): Promise<void> {
    const open = new Set((await ports.store.phones()).map(({ user }) => user))
    for (const user of phones.users()) {
      if (!open.has(user)) await turns.take(user, () => phones.apply(user, { type: 'closed' }))
    }
  }
  function sweepLater(): void {
    stopSweep = ports.clock.after(sweepEvery, () => {
      if (line.link() === 'up') turns.go('sessions', sweep)
      sweepLater()
    })
  }

  const unsubscribes: (() => void)[] = []
  return {
    accounts: {
      open: async (user, session, kind, role) => {
        if (role === 'supervisor') supervising.refusePhone(user, session)
        return phones.open(user, session, kind, role)
      },
      close: phones.close,
    },
    recordings: {
      sensitive: async (user, attempt, on) => {
        const leg = legs.find(attempt as string as LegId)
        if (leg?.user === user) await recorder.sensitive(leg, on)
      },
    },
    lines: {
      state: async (user) => state(user),
      colleagues: (user) =>
        desk.colleagues(phones.upUsers().filter((other) => other !== user && !isSupervisor(other))),
      groups: ports.queue.groups,
      command,
    },
    phone: {
      of: phones.view,
      canDial: (user) => line.link() === 'up' && phones.isUp(user),
      isEngaged: parties.isEngaged,
      isAwaited: ringing.isAwaited,
      want: phones.want,
      unwant: phones.unwant,
      dial: async (plan) => turns.go(plan.user, () => outbound.dial(plan, 'server')),
      outsidePrefix: ports.settings.outsidePrefix,
      supervised: (user) => supervising.onCallOf(user, 'told-only'),
    },
    supervision: { ...supervising, link: line.link },
    start: async () => {
      await restore()
      await recorder.restore()
      unsubscribes.push(
        line.events(onSwitch),
        ports.queue.changed(inbound.look),
        legs.changed(supervising.look),
        legs.changed(recorder.look),
        stream.presence(({ user, here, signedOut }) => {
          if (user.role === 'supervisor' && here) supervising.publish(user.id)
          if (user.role === 'operator' && signedOut) supervising.operatorLeft(user.id)
          if (user.role === 'operator' && here)
            stream.toUser(user.id, { type: 'legs', snapshot: state(user.id) })
        }),
        ports.sessionEnded((session) => {
          supervising.sessionEnded(session)
          const user = phones.bySession(session)
          if (user !== undefined) turns.go(user, () => phones.apply(user, { type: 'closed' }))
        }),
      )
      line.open()
      sweepLater()
    },
    stop: async () => {
      await line.close()
      for (const unsubscribe of unsubscribes) unsubscribe()
      stopSweep()
      stopAgain()
      phones.stop()
      ringing.stop()
      inbound.stop()
      supervising.stopTimers()
      for (const leg of legs.all()) {
        leg.stopTimer()
        leg.party?.stopTimer()
      }
      await Promise.all(turns.underWay())
    },
    underWay: turns.underWay,
  }
}
