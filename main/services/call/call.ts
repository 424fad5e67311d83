import type { call, Desk } from '../../../shared/contract/call.ts'
import type { CallEvent, Effect } from '../../../shared/domain/call/call.ts'
import { next } from '../../../shared/domain/call/call.ts'
import type { CtiEvent } from '../../../shared/domain/call/legs.ts'
import type { LegId, UserId } from '../../../shared/std/ids.ts'
import type { Host } from '../../../shared/rpc/contract.ts'
import type { Watchable } from '../../../shared/std/event.ts'
import { cell } from '../../../shared/std/event.ts'
import { unreachable } from '../../../shared/std/never.ts'
import { callCommands } from './commands.ts'
import type { DeskState, WorkState } from './desk.ts'
import { decide, deskView, emptyDesk, emptyDraft, ended, isBusy, isUp } from './desk.ts'
import type { CallPorts, ServerWork } from './ports.ts'
import { progressOf } from './progress.ts'
import { savingCommands } from './saving.ts'

/** What the commands need of the desk: the one state, and the one door for events. */
export interface DeskControl {
  state(): DeskState
  change(part: Partial<DeskState>): void
  /** Moves the call by one event, journals it, carries out what follows. */
  move(event: CallEvent): void
  run(effects: readonly Effect[]): void
  /** Looks again at what the server said last. */
  settle(): void
  lineUp(): boolean
  /** The server said that the call of this attempt has begun. */
  startedAtServer(work: WorkState): boolean
}

export interface CallService {
  host: Host<{ call: typeof call }>['call']
  desk: Watchable<Desk>
  /** A call, or its wrap-up, is on the desk. */
  callOpen(): boolean
  line(): { up: boolean; ignored: number }
  start(signal: AbortSignal): Promise<void>
  stop(): void
}

/** The desk: one record, its call, its wrap-up. Facts come in by events; effects are carried out here only. */
export function callService(ports: CallPorts): CallService {
  const { driver, store, signedIn, clock, log } = ports
  let state = emptyDesk
  let told: ServerWork = null
  let lineUp = false
  let ignored = 0
  let liveLegs: ReadonlySet<LegId> = new Set()
  /** Hung up by a saved outcome: what they still say concerns nobody. */
  const leaving = new Set<LegId>()
  const view = cell<Desk>(deskView(state, driver.abilities))
  const progress = progressOf(ports)

  const change = (part: Partial<DeskState>) => {
    state = { ...state, ...part }
    view.set(deskView(state, driver.abilities))
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
    run(step.effects)
    progress(work.attempt, event)
  }
  const run = (effects: readonly Effect[]) => {
    for (const effect of effects) {
      switch (effect.do) {
        case 'hang-up':
          leaving.add(effect.leg)
          driver.execute({ do: 'hang-up', leg: effect.leg }).catch((error: unknown) => {
            log.warn({ error, leg: effect.leg }, 'hanging up was refused')
          })
          break
        default:
          unreachable(effect.do)
      }
    }
  }

  const hear = (event: CtiEvent) => {
    if (event.type === 'link-up') void linkUp()
    else if (event.type === 'link-down') lineUp = false
    else if (leaving.has(event.leg)) {
      if (event.type === 'leg-ended') leaving.delete(event.leg)
    } else move(event)
  }
  /** What ended while the link was down is told by nobody: the snapshot shows it. */
  const linkUp = async () => {
    lineUp = true
    // A call dialled while the snapshot is on its way is not in it.
    const before = state.work?.call?.leg
    const legs = await driver.snapshot().catch((error: unknown) => log.warn({ error }, 'no snapshot'))
    if (!legs) return
    liveLegs = new Set(legs.map(({ leg }) => leg))
    const onDesk = state.work?.call
    if (onDesk && isUp(onDesk) && onDesk.leg === before && !liveLegs.has(onDesk.leg)) {
      move({ type: 'leg-ended', leg: onDesk.leg, end: 'lost', at: clock.now() })
    }
  }

  const settle = () => {
    // Also called from commands that have done their own work already: they must not fail for this.
    try {
      followServer()
    } catch (error) {
      log.error({ error }, 'the desk could not follow the server')
    }
  }
  const followServer = () => {
    const { user, work } = state
    if (user === null || !state.signedIn) return
    const attempt = told?.offer.attempt
    const journal = attempt === undefined ? undefined : ownJournal(attempt)
    const delivery = attempt === undefined ? 'none' : store.delivery(attempt)
    const decision = decide(work, told, { journal, delivery }, clock.now())
    switch (decision.do) {
      case 'keep':
        return
      case 'clear':
        if (work) store.close(work.attempt, clock.now())
        return change({ work: null, refusal: null })
      case 'refresh':
        return change({ work: work && { ...work, offer: decision.offer } })
      case 'preview':
      case 'recover': {
        const { offer } = decision
        const { call, draft } =
          decision.do === 'recover'
            ? decision
            : { call: null, draft: journal && !journal.closed ? journal.draft : emptyDraft }
        store.open({ attempt: offer.attempt, user, offer, call, draft, updated: clock.now() })
        return change({
          work: { attempt: offer.attempt, offer, call, draft, dialing: false },
          refusal: null,
        })
      }
      default:
        return unreachable(decision)
    }
  }
  const ownJournal = (attempt: WorkState['attempt']) => {
    const journal = store.find(attempt)
    return journal?.user === state.user ? journal : undefined
  }

  const userChanged = () => {
    const user = signedIn.current()
    told = null
    if (user === null) return change({ signedIn: false, undo: null, refusal: null })
    if (user.id !== state.user) {
      const left = state.work?.call
      if (left && isUp(left)) {
        move({ type: 'asked', command: 'hang-up', at: clock.now() })
        run([{ do: 'hang-up', leg: left.leg }])
        move({ type: 'leg-ended', leg: left.leg, end: 'hung-up-by-us', at: clock.now() })
      }
      change({ user: user.id, work: null })
    }
    change({ signedIn: true, work: state.work ?? restored(user.id) })
  }
  /** The call that was on the desk when the program ended, with every word that was typed. */
  const restored = (user: UserId): WorkState | null => {
    const row = store.openCall(user)
    if (!row?.call) return null
    const { attempt, offer, draft } = row
    const alive = liveLegs.has(row.call.leg)
    const call = alive ? row.call : ended(row.call, row.updated)
    store.saveCall(attempt, call, clock.now())
    return { attempt, offer, call, draft, dialing: false }
  }

  const control: DeskControl = {
    state: () => state,
    change,
    move,
    run,
    settle,
    lineUp: () => lineUp,
    startedAtServer: (work) => told?.stage === 'started' && told.offer.attempt === work.attempt,
  }
  const saving = savingCommands(control, ports)
  const leaves = [
    driver.events(hear),
    signedIn.changed(userChanged),
    ports.serverWork((work) => {
      told = work
      settle()
    }),
    // An outcome that the server refused comes back to the desk.
    ports.outboxChanged(settle),
  ]
  return {
    desk: view,
    callOpen: () => isBusy(state.work),
    line: () => ({ up: lineUp, ignored }),
    start: (signal) => driver.connect(signal),
    stop: () => {
      saving.stop()
      for (const leave of leaves) leave()
    },
    host: { desk: () => view, ...callCommands(control, ports), ...saving.host },
  }
}
