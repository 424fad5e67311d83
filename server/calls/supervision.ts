import type { SupervisionView, Supervisor } from '../../shared/crm-api/supervision.ts'
import type {
  Supervision,
  SupervisionEvent,
  SupervisionMode,
} from '../../shared/domain/supervision/supervision.ts'
import { begin, next } from '../../shared/domain/supervision/supervision.ts'
import { AppError } from '../../shared/std/errors.ts'
import type { Event } from '../../shared/std/event.ts'
import { emitter } from '../../shared/std/event.ts'
import type { UserId } from '../../shared/std/ids.ts'
import type { LiveLeg, LiveLegs } from './legs.ts'
import { isUp } from './legs.ts'
import type { LiveListening } from './live-listening.ts'
import { isHeard, isTold, savedOf, shownTo } from './live-listening.ts'
import { bridgeOf } from './names.ts'
import type { OperatorPhones } from './operator-leg.ts'
import type { CallsPorts, DeskPort } from './ports.ts'
import type { EndOfListening, ListeningBy, ListeningEntry } from './supervision-ports.ts'
import { supervisorAudio } from './supervisor-audio.ts'
import type { Telephony } from '../telephony/port.ts'
import type { Turns } from './turns.ts'

/** A phone that nobody lifts is given up, and an operator who has no call for so long is let alone. */
const longest = { phone: 2 * 60_000, waiting: 15 * 60_000 } as const

export interface Supervisions {
  view(user: UserId, session: string): SupervisionView
  /** Throws `not-in-this-state` (details: `reason`) where there is no call to hear, `line-down`. */
  listen(by: ListeningBy, operator: UserId, mode: SupervisionMode): Promise<void>
  stop(user: UserId): Promise<void>
  /** A supervisor has a phone only while they listen, in the session they listen from. Throws `not-in-this-state`. */
  refusePhone(user: UserId, session: string): void
  /** Who is with this operator's call; `toldOnly`: as far as the operator is to know. */
  onCallOf(operator: UserId, toldOnly?: 'told-only'): Supervisor[]
  canHear(operator: UserId): boolean
  /** Something changed about the calls or the phone of this operator. */
  look(operator: UserId): void
  /** Somebody came into the bridge of this operator, or left it. */
  roomChanged(operator: UserId): void
  /** What a supervisor's phone says to whoever owns it. */
  phoneDesk: Pick<DeskPort, 'phoneUp' | 'phoneLost' | 'phoneChanged'>
  publish(user: UserId): void
  operatorLeft(user: UserId): void
  sessionEnded(session: string): void
  snoopEnded(channel: string): void
  knows(channel: string): boolean
  /** Somebody is heard who was not, or not any more, or otherwise. */
  changed: Event<void>
  restore(): Promise<void>
  linkDown(): void
  /** After a break, when phones and legs are as they are. */
  resync(): Promise<void>
  stopTimers(): void
}

/** Supervisors with operators' calls. Whatever concerns one of them is done in the supervisor's turn. */
export function supervisions(
  ports: Pick<CallsPorts, 'desk' | 'listenings' | 'stream' | 'clock' | 'log'>,
  line: Telephony,
  turns: Turns,
  legs: Pick<LiveLegs, 'of'>,
  phones: () => OperatorPhones,
): Supervisions {
  const { clock, desk, listenings, stream } = ports
  const all = new Map<UserId, LiveListening>()
  const changed = emitter<void>()
  const audio = supervisorAudio(line, phones)
  /** While the link is down, and until everything is found again, facts are not facts. */
  let isKnown = false

  const legOf = (operator: UserId): LiveLeg | undefined => legs.of(operator).find(isUp)
  const canHear = (operator: UserId) => legOf(operator) !== undefined && phones().isUp(operator)
  const isCurrent = (mine: LiveListening) => all.get(mine.supervisor) === mine
  const noCall = () =>
    new AppError('not-in-this-state', 'there is no call to hear', { details: { reason: 'no-call' } })

  function view(user: UserId, session: string): SupervisionView {
    const mine = all.get(user)
    const phone = { ...phones().view(user), needed: mine?.session === session }
    return { listening: mine ? shownTo(session, mine) : null, phone }
  }

  function publish(user: UserId): void {
    stream.toSessions(user, (session) => ({ type: 'supervision', view: view(user, session) }))
  }

  function tell(mine: LiveListening): void {
    publish(mine.supervisor)
    desk.phoneChanged(mine.operator)
    changed.emit()
  }

  const keepAwake = (operator: UserId) =>
    audio.keepAwake(
      operator,
      [...all.values()].some((mine) => isHeard(mine, operator) && mine.supervision.mode === 'coach'),
    )

  async function step(mine: LiveListening, event: SupervisionEvent): Promise<void> {
    const before = mine.supervision
    const { supervision, effects } = next(before, event)
    mine.supervision = supervision
    if (before.state !== supervision.state || before.call !== supervision.call) {
      mine.since = clock.now()
      arm(mine)
    }
    try {
      for (const effect of effects) {
        if (effect === 'note-begin') await noteBegin(mine)
        else if (effect === 'note-end') await noteEnd(mine, before)
        else if (effect === 'note-mode')
          await note(mine, { action: 'supervision.mode-changed', before: before.mode })
        else await audio.place(mine, mine.supervision)
      }
    } catch (error) {
      // What cannot be written down is not heard.
      if (supervision.state === 'heard' && line.link() === 'up') await end(mine, 'stopped')
      throw error
    }
    if (JSON.stringify(before) === JSON.stringify(supervision)) return
    if (effects.includes('place')) await keepAwake(mine.operator)
    await listenings.save(savedOf(mine), null)
    tell(mine)
  }

  type Noted = ListeningEntry extends infer E ? (E extends unknown ? Omit<E, 'at'> : never) : never
  const note = (mine: LiveListening, entry: Noted) =>
    listenings.save(savedOf(mine), { ...entry, at: clock.now() })

  async function noteBegin(mine: LiveListening): Promise<void> {
    const leg = legOf(mine.operator)
    if (!leg) throw noCall()
    const { attempt } = leg
    const at = clock.now()
    const heard = { call: leg.leg, attempt, from: at, ...(await listenings.callOf(attempt)) }
    await listenings.save({ ...savedOf(mine), heard }, { action: 'supervision.started', at })
    mine.heard = heard
  }

  async function noteEnd(mine: LiveListening, { mode }: Supervision): Promise<void> {
    const { heard } = mine
    if (heard === null) return
    mine.heard = null
    const why = mine.supervision.state === 'phone' ? 'phone-lost' : 'call-over'
    await note(mine, { action: 'supervision.ended', why, heard, mode })
  }

  async function settle(mine: LiveListening): Promise<void> {
    if (!isKnown || !isCurrent(mine)) return
    await step(mine, {
      type: 'facts',
      isPhoneUp: phones().isUp(mine.supervisor),
      call: legOf(mine.operator)?.leg ?? null,
      canBeHeard: phones().isUp(mine.operator),
    })
  }

  function arm(mine: LiveListening): void {
    mine.stopTimer()
    const { state } = mine.supervision
    if (state === 'heard') return
    const why = state === 'phone' ? 'phone-lost' : 'waited-too-long'
    mine.stopTimer = clock.after(longest[state], () => turns.go(mine.supervisor, () => end(mine, why)))
  }

  /** The phone stays with `keepPhone`, for whoever goes on to another operator. */
  async function end(mine: LiveListening, why: EndOfListening, keepPhone = false): Promise<void> {
    if (!isCurrent(mine)) return
    const { supervisor, heard, supervision } = mine
    mine.stopTimer()
    all.delete(supervisor)
    mine.supervision = { ...supervision, state: 'waiting' }
    const ended = heard && ({ action: 'supervision.ended', why, heard, mode: supervision.mode } as const)
    const steps = [
      () => audio.place(mine, mine.supervision),
      () => keepAwake(mine.operator),
      ...(keepPhone ? [] : [() => closePhone(supervisor)]),
    ]
    // Without a link nothing is to be heard; when it is back, whatever is left there is nobody's and goes.
    for (const task of line.link() === 'up' ? steps : []) {
      await task().catch((error: unknown) => ports.log.warn({ err: error, supervisor }, 'left on the switch'))
    }
    mine.heard = null
    tell(mine)
    await listenings.drop(savedOf(mine), ended && { ...ended, at: clock.now() })
  }

  async function closePhone(supervisor: UserId): Promise<void> {
    await phones().apply(supervisor, { type: 'closed' })
    await line.destroyBridge(bridgeOf(supervisor))
  }

  /** It is called as soon as it is there; one that did not answer, only when it is asked for again. */
  async function wantPhone(supervisor: UserId, isAskedFor = false): Promise<void> {
    const { state, problem } = phones().view(supervisor)
    const isWorthIt = state === 'registered' && (isAskedFor || problem === null)
    if (state === 'provisioned' || isWorthIt) await phones().apply(supervisor, { type: 'wanted' })
  }

  async function namesOf(supervisor: UserId, operator: UserId): Promise<LiveListening['names']> {
    return { supervisor: await listenings.nameOf(supervisor), operator: await listenings.nameOf(operator) }
  }

  async function listen(by: ListeningBy, operator: UserId, mode: SupervisionMode): Promise<void> {
    if (line.link() === 'down') throw new AppError('line-down', 'the switch is away')
    const { supervisor } = by
    const mine = all.get(supervisor)
    const isSame = mine?.operator === operator && mine.session === by.session
    const leg = canHear(operator) ? legOf(operator) : undefined
    if (!leg && !(isSame && mode === 'listen')) throw noCall()
    if (isSame) {
      await wantPhone(supervisor, true)
      return step(mine, { type: 'mode', mode })
    }
    const names = await namesOf(supervisor, operator)
    if (mine) await end(mine, 'stopped', mine.session === by.session)
    const begun: LiveListening = {
      ...by,
      operator,
      names,
      supervision: begin(mode, leg?.leg ?? null),
      heard: null,
      snoop: null,
      since: clock.now(),
      stopTimer: () => {},
    }
    await listenings.save(savedOf(begun), null)
    all.set(supervisor, begun)
    arm(begun)
    await wantPhone(supervisor, true)
    await settle(begun)
    tell(begun)
  }

  function forEach(is: (mine: LiveListening) => boolean, task: (mine: LiveListening) => Promise<void>): void {
    for (const mine of all.values()) if (is(mine)) turns.go(mine.supervisor, () => task(mine))
  }

  return {
    view,
    publish,
    listen: (by, operator, mode) => turns.take(by.supervisor, () => listen(by, operator, mode)),
    stop: (user) =>
      turns.take(user, async () => {
        const mine = all.get(user)
        if (mine) await end(mine, 'stopped')
      }),
    refusePhone: (user, session) => {
      if (all.get(user)?.session === session) return
      throw new AppError('not-in-this-state', 'a supervisor has a phone while listening')
    },
    onCallOf: (operator, toldOnly) =>
      [...all.values()]
        .filter((mine) => isHeard(mine, operator))
        .filter((mine) => toldOnly === undefined || isTold(mine))
        .map(({ names, supervision }) => ({ by: names.supervisor, mode: supervision.mode })),
    canHear,
    look: (operator) => forEach((mine) => mine.operator === operator, settle),
    roomChanged: (operator) => {
      if (isKnown)
        forEach(
          (mine) => mine.operator === operator,
          () => keepAwake(operator),
        )
    },
    phoneDesk: {
      phoneUp: async () => {},
      phoneLost: async () => false,
      phoneChanged: (user) => {
        publish(user)
        const mine = all.get(user)
        if (!mine) return
        turns.go(user, async () => {
          if (!isCurrent(mine)) return
          const { kind, problem } = phones().view(user)
          // Hung up: a page has a button for it, a phone on a desk its hook.
          if (kind === 'desk' && problem === 'leg-lost') return end(mine, 'stopped')
          await wantPhone(user)
          await settle(mine)
        })
      },
    },
    operatorLeft: (user) =>
      forEach(
        ({ operator }) => operator === user,
        (mine) => end(mine, 'operator-left'),
      ),
    sessionEnded: (ended) =>
      forEach(
        ({ session }) => session === ended,
        (mine) => end(mine, 'stopped'),
      ),
    snoopEnded: (channel) =>
      forEach(
        ({ snoop }) => snoop?.id === channel,
        async (mine) => {
          if (!isCurrent(mine) || mine.snoop?.id !== channel) return
          mine.snoop = null
          await settle(mine)
          if (mine.supervision.state === 'heard') await audio.place(mine, mine.supervision)
        },
      ),
    knows: (channel) => [...all.values()].some(({ snoop }) => snoop?.id === channel),
    changed: changed.event,
    restore: async () => {
      for (const { mode, call, ...row } of await listenings.open()) {
        const state = row.heard === null ? 'phone' : 'heard'
        const names = await namesOf(row.supervisor, row.operator)
        all.set(row.supervisor, { ...row, names, supervision: { state, mode, call }, stopTimer: () => {} })
      }
    },
    linkDown: () => {
      isKnown = false
      changed.emit()
      for (const user of all.keys()) publish(user)
    },
    resync: async () => {
      isKnown = true
      changed.emit()
      const { channels } = await line.snapshot()
      audio.found(channels.map(({ id }) => id))
      for (const mine of all.values()) {
        await turns.take(mine.supervisor, async () => {
          if (!channels.some(({ id }) => id === mine.snoop?.id)) mine.snoop = null
          await settle(mine)
          arm(mine)
          await wantPhone(mine.supervisor)
          if (isCurrent(mine)) await audio.place(mine, mine.supervision)
          await keepAwake(mine.operator)
          publish(mine.supervisor)
        })
      }
      for (const user of phones().users()) {
        if (!phones().isSupervisor(user) || all.has(user)) continue
        await turns.take(user, async () => {
          if (!all.has(user)) await closePhone(user)
        })
      }
    },
    stopTimers: () => {
      for (const mine of all.values()) mine.stopTimer()
    },
  }
}
