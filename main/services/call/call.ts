import type { call, Desk, Requested } from '../../../shared/contract/call.ts'
import type { Offer } from '../../../shared/crm-api/work.ts'
import type { CallEvent, Effect } from '../../../shared/domain/call/call.ts'
import { next } from '../../../shared/domain/call/call.ts'
import type { AttemptId } from '../../../shared/std/ids.ts'
import type { Host } from '../../../shared/rpc/contract.ts'
import type { Watchable } from '../../../shared/std/event.ts'
import { cell } from '../../../shared/std/event.ts'
import { unreachable } from '../../../shared/std/never.ts'
import { callCommands } from './commands.ts'
import type { DeskState, WorkState } from './desk.ts'
import { deskView, emptyDesk, isBusy, isUp } from './desk.ts'
import { followServer } from './following.ts'
import type { DeskLines } from './lines.ts'
import { deskLines } from './lines.ts'
import type { CallPorts } from './ports.ts'
import { progressOf } from './progress.ts'
import { savingCommands } from './saving.ts'

/** What the commands need of the desk: the one state, and the one door for events. */
export interface DeskControl {
  state(): DeskState
  change(part: Partial<DeskState>): void
  /** Moves the call by one event, journals it, carries out what follows. */
  move(event: CallEvent): void
  run(effects: readonly Effect[], on: Offer): void
  /** Looks again at what the server said last. */
  settle(): void
  /** The server said that the call of this attempt has begun. */
  startedAtServer(work: WorkState): boolean
}

export interface CallService {
  host: Host<{ call: typeof call }>['call']
  desk: Watchable<Desk>
  /** A call, or its wrap-up, is on the desk. */
  callOpen(): boolean
  lines(): ReturnType<DeskLines['state']>
  /** Events that fitted nothing. */
  ignored(): number
  /** Another program asks for a call to this number. */
  request(number: string): void
  start(signal: AbortSignal): void
  stop(): void
}

/** The desk: one record, its call, its wrap-up. Facts come in by events; effects are carried out here only. */
export function callService(ports: CallPorts): CallService {
  const { store, signedIn, clock, log } = ports
  let state = emptyDesk
  let ignored = 0
  const abilitiesOn = (offer: Offer) => ports.lines[offer.campaign.line].abilities
  const view = cell<Desk>(deskView(state, abilitiesOn))
  const progress = progressOf(ports)

  const change = (part: Partial<DeskState>) => {
    state = { ...state, ...part }
    view.set(deskView(state, abilitiesOn))
  }
  const ignore = (why: string) => {
    ignored++
    log.info({ why }, 'an event was ignored')
  }

  const move = (event: CallEvent) => {
    const { work } = state
    if (!work?.call) return ignore(`${event.type}: no call on the desk`)
    const step = next(work.call, event)
    if ('ignored' in step) return ignore(step.ignored)
    change({ work: { ...work, call: step.call } })
    // Captions come often and are of no use after the call.
    if (event.type !== 'leg-caption') {
      // A full disk must not stop the call: what is said and typed stays in memory, and the next save tells.
      try {
        store.saveCall(work.attempt, step.call, clock.now())
      } catch (error) {
        log.error({ error, attempt: work.attempt }, 'the call could not be journalled')
      }
    }
    run(step.effects, work.offer)
    // Of a real line the server knows by itself.
    if (work.offer.campaign.line === 'simulated') progress(work.attempt, event)
    const { phase } = step.call
    if (phase.name === 'closed' && phase.outcome === null) missed(work.attempt)
  }
  /** It rang here and is somebody else's now, or nobody's: there is nothing to wrap up. */
  const missed = (attempt: AttemptId) => {
    store.close(attempt, clock.now())
    change({ work: null, refusal: null })
    settle()
  }
  const run = (effects: readonly Effect[], on: Offer) => {
    for (const effect of effects) {
      switch (effect.do) {
        case 'hang-up':
          lines.leave(on.campaign.line, effect.leg)
          break
        default:
          unreachable(effect.do)
      }
    }
  }
  const settle = () => following.settle()

  const lines = deskLines(ports, {
    state: () => state,
    change,
    move,
    settle,
    ignore,
    isOver: (leg) => {
      const journal = store.find(leg as string as AttemptId)
      return journal?.user === state.user && journal.closed && journal.call !== null
    },
  })
  const control: DeskControl = {
    state: () => state,
    change,
    move,
    run,
    settle,
    startedAtServer: (work) => {
      const told = following.told()
      return told?.stage === 'started' && told.offer.attempt === work.attempt
    },
  }
  const following = followServer(control, lines, ports)

  const userChanged = () => {
    const user = signedIn.current()
    following.tell(null)
    if (user === null) return change({ signedIn: false, undo: null, refusal: null })
    if (user.id !== state.user) {
      const left = state.work?.call
      if (state.work && left && isUp(left)) {
        move({ type: 'asked', command: 'hang-up', at: clock.now() })
        run([{ do: 'hang-up', leg: left.leg }], state.work.offer)
        move({ type: 'leg-ended', leg: left.leg, end: 'hung-up-by-us', at: clock.now() })
      }
      lines.forget()
      change({ user: user.id, work: null })
    }
    change({ signedIn: true, work: state.work ?? following.restored(user.id) })
  }

  const requested = cell<Requested | null>(null)

  const saving = savingCommands(control, ports)
  const leaves = [
    signedIn.changed(userChanged),
    ports.serverWork((work) => {
      following.tell(work)
      settle()
    }),
    // An outcome that the server refused comes back to the desk.
    ports.outboxChanged(settle),
  ]
  return {
    desk: view,
    callOpen: () => isBusy(state.work),
    lines: lines.state,
    ignored: () => ignored,
    request: (number) => requested.set({ number, at: clock.now() }),
    start: lines.connect,
    stop: () => {
      saving.stop()
      lines.stop()
      for (const leave of leaves) leave()
    },
    host: {
      desk: () => view,
      requested: () => requested,
      requestSeen: async ({ at }) => {
        if (requested.current()?.at === at) requested.set(null)
      },
      ...callCommands(control, lines, ports),
      ...saving.host,
    },
  }
}
