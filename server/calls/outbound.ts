import type { CallId, LegId } from '../../shared/std/ids.ts'
import type { AttemptEvent } from '../dialer/attempt.ts'
import { begin, next } from '../dialer/attempt.ts'
import { dialString } from '../../shared/domain/call/dial-string.ts'
import { dialNew } from './dial-new.ts'
import type { LiveLeg, LiveLegs } from './legs.ts'
import { answeredAt, isUp, isWithCustomer } from './legs.ts'
import { bridgeOf } from './names.ts'
import type { OperatorPhones } from './operator-leg.ts'
import type { CallsPorts, DialPlan } from './ports.ts'
import type { Telephony } from '../telephony/port.ts'
import type { Turns } from './turns.ts'

/** So long the customer hears music while the operator's phone comes back; a page that reloads takes about two seconds. */
const graceMs = 20_000

export interface Outbound {
  /** In the operator's turn. A leg that is known changes nothing. */
  dial(plan: DialPlan, by: 'operator' | 'server'): Promise<void>
  /** What the switch, a person or the clock says of a leg; in its operator's turn. */
  move(leg: LiveLeg, event: AttemptEvent, switchCause?: string): Promise<void>
  /** The operator's phone is lost: whoever is on the line hears music, and is let go after the grace. */
  soothe(leg: LiveLeg): Promise<void>
  /** The operator's phone is back. */
  resume(leg: LiveLeg): Promise<void>
  /** Found up after a break: with the operator or with music, as it says of itself. */
  settle(leg: LiveLeg): Promise<void>
}

export function outboundCalls(
  ports: Pick<CallsPorts, 'settings' | 'desk' | 'clock' | 'log'>,
  line: Telephony,
  turns: Turns,
  legs: LiveLegs,
  phones: () => Pick<OperatorPhones, 'isUp'>,
  before: { over(leg: LiveLeg): Promise<void> },
): Outbound {
  const { clock, desk, settings } = ports

  function later(leg: LiveLeg, ms: number, task: () => Promise<void>): void {
    leg.stopTimer()
    leg.stopTimer = clock.after(ms, () =>
      turns.go(leg.user, async () => {
        // Without a link nothing can be done about it; `settle` starts anew when it is back.
        if (legs.find(leg.leg) === leg && line.link() === 'up') await task()
      }),
    )
  }

  async function dial(plan: DialPlan, by: 'operator' | 'server'): Promise<void> {
    const id = plan.attempt as string as LegId
    if (legs.find(id) || legs.isOver(id)) return
    const leg: LiveLeg = {
      leg: id,
      call: plan.attempt as string as CallId,
      user: plan.user,
      attempt: plan.attempt,
      channel: id,
      direction: 'out',
      peer: plan.phone,
      callerId: plan.callerId === '' ? settings.callerId : plan.callerId,
      serverDialed: by === 'server',
      line: begin(clock.now()),
      held: false,
      recording: 'off',
      party: null,
      stopTimer: () => {},
    }
    // One operator has one customer: an outcome saved while the line was up may have left the last one on it.
    for (const other of legs.of(plan.user)) await move(other, { type: 'hang-up-asked', at: clock.now() })
    try {
      // Written before it is dialled: a server that dies now finds it, and nobody dials it again.
      await legs.add(leg)
      const number = dialString(plan.phone, plan.prefix)
      const to = { kind: 'trunk', number, callerId: leg.callerId } as const
      await dialNew(line, { id: leg.channel, to, timeoutMs: settings.ringSeconds * 1_000 })
    } catch (error) {
      ports.log.warn({ err: error, attempt: plan.attempt }, 'a call could not be dialled')
      await line.hangUp(leg.channel).catch(() => undefined)
      await move(leg, { type: 'ended', end: 'congestion', at: clock.now() })
    }
  }

  async function move(leg: LiveLeg, event: AttemptEvent, switchCause?: string): Promise<void> {
    const step = next(leg.line, event)
    if ('ignored' in step) return
    const was = leg.line.name
    // Done before it is noted: where the link breaks in between, the snapshot tells the same fact again.
    for (const effect of step.effects) {
      if (effect === 'hang-up') await line.hangUp(leg.channel)
      else await line.addToBridge(bridgeOf(leg.user), leg.channel)
    }
    leg.line = step.attempt
    if (step.attempt.name === was) return
    switch (step.attempt.name) {
      case 'ringing':
        legs.tell(leg, { type: 'leg-ringing' })
        return legs.save(leg)
      case 'answered':
        return answered(leg, event.at)
      case 'ended':
      case 'failed':
        return over(leg, step.attempt.end, event.at, switchCause ?? null)
      case 'bridged':
      case 'dialing':
        return
    }
  }

  async function answered(leg: LiveLeg, at: number): Promise<void> {
    leg.stopTimer()
    const { user, attempt } = leg
    if (leg.line.asked === null) leg.line = { ...leg.line, name: 'bridged' } as LiveLeg['line']
    if (leg.serverDialed) {
      // First the record, then its call: the page has it on screen when the leg is told.
      if (attempt !== null) await desk.reached(user, attempt, at)
      legs.tell(leg, { type: 'leg-dialed', call: leg.call, from: leg.callerId, to: leg.peer })
    }
    legs.tell(leg, { type: 'leg-answered' })
    await legs.save(leg)
    if (!phones().isUp(user)) await soothe(leg)
    if (!leg.serverDialed && attempt !== null) await desk.progress(user, attempt, 'answered', at)
  }

  async function over(
    leg: LiveLeg,
    end: Parameters<typeof desk.ended>[2]['end'],
    at: number,
    switchCause: string | null,
  ): Promise<void> {
    await before.over(leg)
    legs.tell(leg, { type: 'leg-ended', end, ...(switchCause !== null && { switchCause }) })
    await legs.drop(leg)
    const { user, attempt } = leg
    if (attempt === null) return
    const facts = { at, answeredAt: answeredAt(leg), end, switchCause }
    if (leg.serverDialed && leg.line.name === 'failed') await desk.notReached(user, attempt, facts)
    else await desk.ended(user, attempt, facts)
  }

  async function soothe(leg: LiveLeg): Promise<void> {
    if (!isUp(leg)) return
    if (isWithCustomer(leg)) await line.startMusic(leg.channel)
    later(leg, graceMs, async () => {
      await line.hangUp(leg.channel)
      await move(leg, { type: 'lost', at: clock.now() })
    })
  }

  async function settle(leg: LiveLeg): Promise<void> {
    if (!isUp(leg)) {
      // The time it may ring died with the server that dialled it.
      return later(leg, settings.ringSeconds * 1_000, () => move(leg, { type: 'timed-out', at: clock.now() }))
    }
    if (leg.held) {
      await line.removeFromBridge(bridgeOf(leg.user), leg.channel)
      await line.startMusic(leg.channel)
    } else {
      await line.stopMusic(leg.channel)
      await line.addToBridge(bridgeOf(leg.user), leg.channel)
    }
    if (!phones().isUp(leg.user)) await soothe(leg)
  }

  return {
    settle,
    dial,
    move,
    soothe,
    resume: async (leg) => {
      if (!isUp(leg)) return
      leg.stopTimer()
      if (!isWithCustomer(leg)) return
      await line.stopMusic(leg.channel)
      await line.addToBridge(bridgeOf(leg.user), leg.channel)
    },
  }
}
