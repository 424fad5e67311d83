import type { LineCommand } from '../../shared/crm-api/lines.ts'
import type { Destination, SecondParty } from '../../shared/domain/call/legs.ts'
import { AppError } from '../../shared/std/errors.ts'
import type { AttemptId, LegId, UserId } from '../../shared/std/ids.ts'
import { goesOut } from './goes-out.ts'
import type { HandOver } from './hand-over.ts'
import type { LiveLeg, LiveLegs } from './legs.ts'
import { isUp } from './legs.ts'
import { bridgeOf } from './names.ts'
import type { OperatorPhones } from './operator-leg.ts'
import type { Outbound } from './outbound.ts'
import type { CallsPorts } from './ports.ts'
import type { Recorder } from './recording.ts'
import type { Ringing } from './ringing.ts'
import type { SecondParties } from './second-party.ts'
import type { Telephony } from '../telephony/port.ts'
import type { Turns } from './turns.ts'

export interface ControlPorts {
  ports: Pick<CallsPorts, 'settings' | 'desk' | 'clock'>
  line: Telephony
  turns: Turns
  legs: LiveLegs
  phones: Pick<OperatorPhones, 'isUp'>
  outbound: Outbound
  parties: SecondParties
  handing: HandOver
  ringing: Pick<Ringing, 'isRinging' | 'answer' | 'decline' | 'longestIdle'>
  recorder: Pick<Recorder, 'ask'>
}

/** A client that lost an answer asks again within seconds, not after so many other commands. */
const mostKeys = 1_000

/** What an operator asks of a leg. Resolves when the switch accepted it; the fact follows as news. */
export function callControl(calls: ControlPorts) {
  const { ports, line, turns, legs, phones, outbound, parties, handing, ringing, recorder } = calls
  const { clock } = ports
  const done = new Map<string, Promise<void>>()

  const notNow = (why: string) => new AppError('not-in-this-state', why)

  async function dial(user: UserId, id: LegId, to: string): Promise<void> {
    if (legs.find(id) || legs.isOver(id)) return
    const plan = await ports.desk.planOf(user, id as string as AttemptId, to)
    if (plan.isOver) return
    if (!phones.isUp(user)) {
      throw new AppError('not-in-this-state', 'the phone of this operator is not up', {
        details: { check: 'phone' },
      })
    }
    await outbound.dial(plan, 'operator')
  }

  async function hold(leg: LiveLeg, held: boolean): Promise<void> {
    if (leg.party !== null) throw notNow('somebody is being asked: swap instead')
    if (leg.held === held) return
    // Out of the bridge: with music alone the operator would still hear the customer.
    if (held) {
      await line.removeFromBridge(bridgeOf(leg.user), leg.channel)
      await line.startMusic(leg.channel)
    } else {
      await line.stopMusic(leg.channel)
      await line.addToBridge(bridgeOf(leg.user), leg.channel)
    }
    leg.held = held
    legs.tell(leg, { type: held ? 'leg-held' : 'leg-resumed' })
    await legs.save(leg)
  }

  async function transfer(leg: LiveLeg, to: Extract<LineCommand, { do: 'transfer' }>['to']): Promise<void> {
    if (leg.party !== null) throw notNow('somebody is being asked: complete instead')
    if (to.kind === 'number') {
      return handing.toNumber(leg, await goesOut(ports, leg, to.number))
    }
    if (to.kind === 'queue') return handing.toQueue(leg, to.campaign)
    if (to.user === leg.user) throw new AppError('invalid-input', 'nobody hands a call to themselves')
    await parties.refuseBusy(to.user)
    await handing.toOperator(leg, to.user)
  }

  /** Of a campaign's group the longest idle one. */
  async function secondParty(leg: LiveLeg, to: Destination): Promise<SecondParty> {
    if (to.kind !== 'queue') return to
    const user = await ringing.longestIdle(to.campaign, leg.user)
    if (user === null) throw notNow('nobody of that campaign is free')
    return { kind: 'operator', user }
  }

  async function onLeg(leg: LiveLeg, command: LineCommand): Promise<void> {
    if (command.do === 'dial') return
    if (command.do === 'hang-up') return outbound.move(leg, { type: 'hang-up-asked', at: clock.now() })
    if (!isUp(leg)) throw notNow(`${command.do} needs a call that was answered`)
    switch (command.do) {
      case 'hold':
        return hold(leg, true)
      case 'resume':
        return hold(leg, false)
      case 'dtmf':
        await line.sendDtmf(leg.channel, command.digits)
        return
      case 'transfer':
        return transfer(leg, command.to)
      case 'consult':
        return parties.ask(leg, command.consult, await secondParty(leg, command.to))
      case 'swap':
      case 'join':
      case 'complete':
        return parties.move(leg, command.do)
      case 'cancel-consult':
        return parties.move(leg, 'cancel')
      case 'record-start':
        return recorder.ask(leg, 'start')
      case 'record-pause':
        return recorder.ask(leg, 'pause')
      case 'record-resume':
        return recorder.ask(leg, 'resume')
      case 'record-stop':
        return recorder.ask(leg, 'stop')
      default:
        throw notNow(`${command.do} is not possible on this leg`)
    }
  }

  /** Of a colleague who is asked: the leg is named by the consult. */
  async function asColleague(leg: LiveLeg, command: LineCommand): Promise<void> {
    switch (command.do) {
      case 'answer':
        return parties.taken(leg)
      case 'decline':
      case 'hang-up':
        return parties.happened(leg, 'party-ended')
      default:
        throw notNow(`${command.do} is for who asked`)
    }
  }

  async function run(user: UserId, id: LegId, command: LineCommand): Promise<void> {
    if (line.link() === 'down') throw new AppError('line-down', 'the switch is away')
    if (command.do === 'dial') return turns.take(user, () => dial(user, id, command.to))
    if (ringing.isRinging(user, id)) {
      if (command.do === 'answer') return ringing.answer(user, id)
      if (command.do === 'decline' || command.do === 'hang-up') return ringing.decline(user, id)
      throw notNow(`${command.do} needs a call that was answered`)
    }
    const asked = legs.byConsult(id)
    if (asked?.party?.to.kind === 'operator' && asked.party.to.user === user) {
      return turns.take(asked.user, () => asColleague(asked, command))
    }
    return turns.take(user, async () => {
      const leg = legs.find(id)
      if (!leg || leg.user !== user) throw new AppError('not-found', 'no such leg of this operator')
      await onLeg(leg, command)
    })
  }

  return (user: UserId, id: LegId, command: LineCommand, key: string): Promise<void> => {
    const name = `${user} ${key}`
    const earlier = done.get(name)
    if (earlier) return earlier
    const result = run(user, id, command)
    done.set(name, result)
    // What was refused may be asked again under the same key.
    result.catch(() => done.delete(name))
    const [oldest] = done.keys()
    if (done.size > mostKeys && oldest !== undefined) done.delete(oldest)
    return result
  }
}
