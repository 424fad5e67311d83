import type { Desk } from '../../../shared/contract/call.ts'
import type { Offer } from '../../../shared/crm-api/work.ts'
import type { LineKind } from '../../../shared/crm-api/campaigns.ts'
import type { CallEvent } from '../../../shared/domain/call/call.ts'
import type { CtiEvent, LegEvent, LegSnapshot } from '../../../shared/domain/call/legs.ts'
import { isOwnWork } from '../../../shared/domain/call/legs.ts'
import type { LiveLegs } from '../../../shared/domain/call/live-legs.ts'
import { follow } from '../../../shared/domain/call/live-legs.ts'
import { isNetworkTurn } from '../../../shared/std/errors.ts'
import type { LegId } from '../../../shared/std/ids.ts'
import type { CtiDriver } from '../../cti/driver.ts'
import { isUp } from './desk.ts'
import type { DeskState } from './desk.ts'
import type { CallPorts } from './ports.ts'

/** A hang-up that did not get through is asked again so often, and at once when the line is back. */
const againMs = 2_000

/** What the lines need of the desk. */
export interface LinesDesk {
  state(): DeskState
  change(part: Partial<DeskState>): void
  move(event: CallEvent): void
  settle(): void
  ignore(why: string): void
  /** The outcome of this leg's call is saved: nobody wants it any more. */
  isOver(leg: LegId): boolean
}

export interface DeskLines {
  of(offer: Offer): CtiDriver
  isUp(kind: LineKind): boolean
  /** Undefined also for what is being left. */
  find(kind: LineKind, leg: LegId): LegSnapshot | undefined
  /** The line that a colleague asks on. */
  asking(leg: LegId): CtiDriver | undefined
  /**
   * Hangs up, and goes on asking until the line did it or does not know the leg: an outcome saved while the line was
   * away must not leave a customer on it. What the leg says from here on concerns nobody.
   */
  leave(kind: LineKind, leg: LegId): void
  /** A dial is on its way: that the switch does not know the leg yet is no loss. */
  dialing(leg: LegId, on: boolean): void
  /** Somebody else signs in: what lines that are down had is not theirs. */
  forget(): void
  state(): { kind: LineKind; name: string; up: boolean; legs: number }[]
  connect(signal: AbortSignal): void
  stop(): void
}

interface Line {
  kind: LineKind
  driver: CtiDriver
  up: boolean
  legs: LiveLegs
  /** Facts that come while a snapshot is on its way, for each that is. */
  meanwhile: Set<CtiEvent[]>
}

/** Hears every line and keeps apart what they carry: the call on the desk, a colleague who asks, calls to be let go. */
export function deskLines(ports: Pick<CallPorts, 'lines' | 'clock' | 'log'>, desk: LinesDesk): DeskLines {
  const { clock, log } = ports
  const lines = Object.entries(ports.lines).map(([kind, driver]): Line => ({
    kind: kind as LineKind,
    driver,
    up: false,
    legs: new Map(),
    meanwhile: new Set(),
  }))
  const lineOf = (kind: LineKind): Line => {
    const line = lines.find((each) => each.kind === kind)
    if (!line) throw new Error(`no line of the kind ${kind}`)
    return line
  }
  const leaving = new Map<LegId, { line: Line; since: number; isLate: boolean; stopTimer: () => void }>()
  const dialing = new Set<LegId>()
  const callOn = ({ kind }: Line) => {
    const { work } = desk.state()
    return work?.offer.campaign.line === kind ? work.call : null
  }

  const hear = (line: Line, event: CtiEvent) => {
    for (const each of line.meanwhile) each.push(event)
    line.legs = follow(line.legs, event)
    if (event.type === 'link-down') line.up = false
    else if (event.type === 'link-up') void linkUp(line)
    else legNews(line, event)
  }
  const legNews = (line: Line, event: LegEvent) => {
    const known = line.legs.get(event.leg)
    if (leaving.has(event.leg)) {
      if (event.type === 'leg-ended') gone(event.leg)
    } else if (callOn(line)?.leg === event.leg) desk.move(event)
    else if (desk.state().asked?.leg === event.leg || (known && !isOwnWork(known))) showAsked()
    // The record that it is about may have come first, or comes next.
    else if (known) desk.settle()
    else desk.ignore(`${event.type}: a leg of nobody`)
  }
  const showAsked = () => desk.change({ asked: askedOf(lines) })

  /** What changed while the link was down is told by nobody: the snapshot shows it. */
  const linkUp = async (line: Line) => {
    line.up = true
    const meanwhile: CtiEvent[] = []
    line.meanwhile.add(meanwhile)
    // A call dialled while the snapshot is on its way is not in it.
    const before = callOn(line)?.leg
    const found = await line.driver.snapshot().catch((error: unknown) => log.warn({ error }, 'no snapshot'))
    line.meanwhile.delete(meanwhile)
    if (!found || !line.up) return
    line.legs = meanwhile.reduce(follow, new Map(found.map((leg) => [leg.leg, leg])) as LiveLegs)
    reconcile(line, before)
    for (const [leg, { line: its }] of leaving) {
      if (its !== line) continue
      if (line.legs.has(leg)) hangUp(leg)
      else gone(leg)
    }
    // Of a program that was started again after it had saved the outcome.
    for (const leg of line.legs.values()) {
      if (isOwnWork(leg) && !leaving.has(leg.leg) && desk.isOver(leg.leg)) leave(line.kind, leg.leg)
    }
    showAsked()
    desk.settle()
  }
  const reconcile = (line: Line, before: LegId | undefined) => {
    const call = callOn(line)
    if (!isUp(call) || !call || call.leg !== before) return
    const found = line.legs.get(call.leg)
    const at = clock.now()
    if (found) desk.move({ type: 'leg-found', leg: call.leg, found, at })
    else if (!dialing.has(call.leg)) desk.move({ type: 'leg-ended', leg: call.leg, end: 'lost', at })
  }

  const leave = (kind: LineKind, leg: LegId) => {
    leaving.set(leg, { line: lineOf(kind), since: clock.now(), isLate: false, stopTimer: () => {} })
    hangUp(leg)
  }
  const hangUp = (leg: LegId) => {
    const left = leaving.get(leg)
    if (!left) return
    left.stopTimer()
    left.line.driver.execute({ do: 'hang-up', leg }).catch((error: unknown) => {
      if (leaving.get(leg) !== left) return
      if (!isNetworkTurn(error)) {
        log.info({ error, leg }, 'there was nothing to hang up')
        return gone(leg)
      }
      left.isLate = true
      left.stopTimer()
      left.stopTimer = clock.after(againMs, () => hangUp(leg))
      showLeaving()
    })
  }
  const gone = (leg: LegId) => {
    leaving.get(leg)?.stopTimer()
    leaving.delete(leg)
    showLeaving()
  }
  const showLeaving = () => {
    const late = [...leaving.values()].find(({ isLate }) => isLate)
    desk.change({ stillUp: late ? { since: late.since } : null })
  }

  const leaves = lines.map((line) => line.driver.events((event) => hear(line, event)))
  return {
    of: (offer) => lineOf(offer.campaign.line).driver,
    isUp: (kind) => lineOf(kind).up,
    find: (kind, leg) => (leaving.has(leg) ? undefined : lineOf(kind).legs.get(leg)),
    asking: (leg) => lines.find(({ legs }) => legs.has(leg))?.driver,
    leave,
    dialing: (leg, on) => void (on ? dialing.add(leg) : dialing.delete(leg)),
    forget: () => {
      for (const line of lines) if (!line.up) line.legs = new Map()
      showAsked()
    },
    state: () =>
      lines.map(({ kind, driver, up, legs }) => ({ kind, name: driver.name, up, legs: legs.size })),
    connect: (signal) => {
      for (const { driver } of lines) {
        driver.connect(signal).catch((error: unknown) => {
          if (!signal.aborted) log.error({ error, line: driver.name }, 'a line could not be connected')
        })
      }
    },
    stop: () => {
      for (const leaveLine of leaves) leaveLine()
      for (const { stopTimer } of leaving.values()) stopTimer()
    },
  }
}

/** The leg by which a colleague asks: it is on no record of this desk. */
function askedOf(lines: readonly Line[]): Desk['asked'] {
  const leg = lines.flatMap(({ legs }) => [...legs.values()]).find((each) => !isOwnWork(each))
  if (!leg) return null
  const isAnswered = leg.state === 'answered'
  return {
    leg: leg.leg,
    from: leg.peer,
    peer: leg.to,
    state: isAnswered ? 'up' : 'ringing',
    since: (isAnswered ? leg.answeredAt : null) ?? leg.startedAt,
  }
}
