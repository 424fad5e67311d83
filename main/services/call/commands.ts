import type { call } from '../../../shared/contract/call.ts'
import type { Button } from '../../../shared/domain/call/buttons.ts'
import { buttons } from '../../../shared/domain/call/buttons.ts'
import type { CtiCommand } from '../../../shared/domain/call/legs.ts'
import { begin } from '../../../shared/domain/call/call.ts'
import type { Host } from '../../../shared/rpc/contract.ts'
import { AppError, isNetworkTurn } from '../../../shared/std/errors.ts'
import type { AttemptId, LegId } from '../../../shared/std/ids.ts'
import type { CtiDriver } from '../../cti/driver.ts'
import type { DeskControl } from './call.ts'
import type { WorkState } from './desk.ts'
import { callIdOf, isBusy, legIdOf, lostCall, refusalFrom } from './desk.ts'
import type { DeskLines } from './lines.ts'
import type { CallPorts } from './ports.ts'

/** A command that no fact confirms in this time gives its button back. */
const askedLimitMs = 5_000
/** All tries to get the server's yes together stay below the page's own limit. */
const startLimitMs = 8_000
const startTries = 3

type Commands = Host<{ call: typeof call }>['call']

export function notNow(what: string): AppError {
  return new AppError('not-in-this-state', what)
}

/** The work with this attempt on the desk, or `not-in-this-state`: another window may have moved on. */
export function onDesk({ state }: DeskControl, attempt: AttemptId): WorkState {
  const { work, signedIn } = state()
  if (!signedIn || work?.attempt !== attempt) throw notNow('this record is not on the desk')
  return work
}

type OnLeg = Exclude<CtiCommand, { do: 'dial' }>

/** The commands of the line. */
export function callCommands(
  desk: DeskControl,
  lines: DeskLines,
  ports: CallPorts,
): Omit<Commands, 'desk' | 'requested' | 'requestSeen' | 'saveDraft' | 'wrapUp' | 'undo'> {
  const { clock, work: server } = ports

  const withButton = (attempt: AttemptId, button: Button): { leg: LegId; driver: CtiDriver } => {
    const { call, offer } = onDesk(desk, attempt)
    const driver = lines.of(offer)
    const offered = call ? buttons(call, driver.abilities, offer.campaign.recording) : []
    if (!call || !offered.includes(button)) throw notNow(`no button ${button} now`)
    return { leg: call.leg, driver }
  }
  /** Shown as asked until the fact comes; its button is given back where none does. */
  const ask = async (attempt: AttemptId, button: Button, command: (leg: LegId) => OnLeg): Promise<void> => {
    const { leg, driver } = withButton(attempt, button)
    const asks = command(leg)
    const at = clock.now()
    const giveBack = () => {
      const asked = desk.state().work?.call?.asked
      if (asked?.command === asks.do && asked.at === at)
        desk.move({ type: 'ask-failed', command: asks.do, at })
    }
    desk.move({ type: 'asked', command: asks.do, at })
    clock.after(askedLimitMs, giveBack)
    await driver.execute(asks).catch((error: unknown) => {
      giveBack()
      throw error
    })
  }
  const lineCommand =
    (command: Button & Exclude<OnLeg['do'], 'dtmf' | 'transfer' | 'consult'>) =>
    ({ attempt }: { attempt: AttemptId }): Promise<void> =>
      ask(attempt, command, (leg) => ({ do: command, leg }))
  const askedLeg = async (leg: LegId, command: 'answer' | 'hang-up'): Promise<void> => {
    const driver = lines.asking(leg)
    if (desk.state().asked?.leg !== leg || !driver) throw notNow('nobody asks any more')
    await driver.execute({ do: command, leg })
  }

  const dial = async ({ attempt, phone }: { attempt: AttemptId; phone: string }): Promise<void> => {
    const work = onDesk(desk, attempt)
    if (work.call || work.dialing) throw notNow('this record has its call already')
    if (!work.offer.contact.phones.some(({ e164 }) => e164 === phone)) {
      throw new AppError('invalid-input', 'not one of this contact’s numbers')
    }
    desk.change({ work: { ...work, dialing: true }, refusal: null })
    try {
      if (!ports.connected()) throw new AppError('server-unreachable', 'no call leaves without the server')
      if (!lines.isUp(work.offer.campaign.line)) throw new AppError('line-down', 'the line is down')
      await ring(attempt, await startAtServer(attempt, phone))
    } catch (error) {
      const now = desk.state().work
      if (now?.attempt === attempt && now.dialing) desk.change({ work: { ...now, dialing: false } })
      if (now?.attempt === attempt) desk.change({ refusal: refusalFrom(error, clock.now()) })
      if (now?.attempt === attempt && isNever(error) && desk.startedAtServer(now)) giveUp(now)
      desk.settle()
      throw error
    }
  }
  const isNever = (error: unknown) => error instanceof AppError && error.code === 'not-in-this-state'
  /** The server counts a call that we cannot make: its outcome has to be said, or nothing new ever comes. */
  const giveUp = (work: WorkState) => {
    const call = lostCall(work.offer, clock.now())
    ports.store.saveCall(work.attempt, call, clock.now())
    desk.change({ work: { ...work, call, dialing: false } })
  }

  /** The same key each time: if only the answer was lost, the next try gets it. */
  const startAtServer = async (attempt: AttemptId, phone: string): Promise<string> => {
    const key = `start-${attempt}-${phone.replaceAll(/\D/g, '')}`.slice(0, 64)
    const controller = new AbortController()
    const stopClock = clock.after(startLimitMs, () => controller.abort())
    try {
      await ports.undosHeard(controller.signal)
      for (let left = startTries - 1; ; left--) {
        try {
          const input = { params: { id: attempt }, body: { phone } }
          return (await server.start(input, { key, signal: controller.signal })).dial
        } catch (error) {
          if (controller.signal.aborted) throw new AppError('deadline-passed', 'the server does not answer')
          if (left === 0 || !isNetworkTurn(error)) throw error
        }
      }
    } finally {
      stopClock()
    }
  }
  /** Journalled before it is dialled: a call can be lost, but it cannot be forgotten. */
  const ring = async (attempt: AttemptId, to: string): Promise<void> => {
    const work = onDesk(desk, attempt)
    const leg = legIdOf(attempt)
    const call = begin({ type: 'dialed', call: callIdOf(attempt), leg, to, at: clock.now() })
    if ('ignored' in call) throw new Error(call.ignored)
    ports.store.saveCall(attempt, call, clock.now())
    desk.change({ work: { ...work, call, dialing: false }, undo: null })
    lines.dialing(leg, true)
    try {
      await lines.of(work.offer).execute({ do: 'dial', leg, to })
    } catch (error) {
      // It may have been dialled all the same, with the answer lost: nobody would be there for who picks up.
      if (isNetworkTurn(error)) lines.leave(work.offer.campaign.line, leg)
      desk.move({ type: 'leg-ended', leg, end: 'congestion', at: clock.now() })
      throw error
    } finally {
      lines.dialing(leg, false)
    }
  }

  return {
    dial,
    dialNumber: async (input) => {
      const { work, signedIn } = desk.state()
      if (!signedIn || isBusy(work)) throw notNow('a call is on the desk')
      if (!ports.connected()) throw new AppError('server-unreachable', 'only the server knows who that is')
      await ports.askForNumber(input)
    },
    identify: async ({ attempt, contact }) => {
      onDesk(desk, attempt)
      if (!ports.connected()) throw new AppError('server-unreachable', 'only the server knows who that is')
      await ports.identify({ attempt, contact })
    },
    answer: lineCommand('answer'),
    decline: lineCommand('decline'),
    hangUp: lineCommand('hang-up'),
    hold: lineCommand('hold'),
    resume: lineCommand('resume'),
    mute: lineCommand('mute'),
    unmute: lineCommand('unmute'),
    dtmf: async ({ attempt, digits }) => {
      const { leg, driver } = withButton(attempt, 'dtmf')
      await driver.execute({ do: 'dtmf', leg, digits })
    },
    transfer: ({ attempt, to }) => ask(attempt, 'transfer', (leg) => ({ do: 'transfer', leg, to })),
    consult: ({ attempt, to }) => {
      const consult = ports.makeId() as LegId
      return ask(attempt, 'consult', (leg) => ({ do: 'consult', leg, consult, to }))
    },
    swap: lineCommand('swap'),
    join: lineCommand('join'),
    complete: lineCommand('complete'),
    cancelConsult: lineCommand('cancel-consult'),
    record: ({ attempt, do: what }) => lineCommand(`record-${what}`)({ attempt }),
    answerAsked: ({ leg }) => askedLeg(leg, 'answer'),
    leaveAsked: ({ leg }) => askedLeg(leg, 'hang-up'),
    skip: async ({ attempt, reason }) => {
      const work = onDesk(desk, attempt)
      if (work.call || work.dialing) throw notNow('a call cannot be skipped')
      if (!ports.connected()) throw new AppError('server-unreachable', 'only the server can take it back')
      await server.skip({ params: { id: attempt }, body: { reason } }, { key: `skip-${attempt}` })
      const now = desk.state().work
      if (now?.attempt !== attempt || now.call || now.dialing) return
      ports.store.close(attempt, clock.now())
      desk.change({ work: null, refusal: null })
    },
  }
}
