import type { call } from '../../../shared/contract/call.ts'
import { next } from '../../../shared/domain/call/call.ts'
import type { Host } from '../../../shared/rpc/contract.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { AttemptId } from '../../../shared/std/ids.ts'
import type { NewOutboxRow } from '../outbox/ports.ts'
import type { DeskControl } from './call.ts'
import { notNow, onDesk } from './commands.ts'
import { isBusy } from './desk.ts'
import type { CallPorts } from './ports.ts'
import { outcomeOf, shownOf, wrapUpOf } from './wrap-up.ts'

/** ux: undo for five seconds, or until the next call leaves. */
const undoMs = 5_000
/** So long the server may think about it; what it says later still counts, and the desk follows. */
const askLimitMs = 5_000

type Commands = Host<{ call: typeof call }>['call']

/** What reaches the disk before anybody is told that it is saved. */
export function savingCommands(desk: DeskControl, ports: CallPorts) {
  const { store, clock, makeId, kickOutbox } = ports
  let stopUndo = () => {}

  const offerUndo = (undo: NonNullable<ReturnType<DeskControl['state']>['undo']>) => {
    stopUndo()
    desk.change({ undo })
    stopUndo = clock.after(undoMs, () => {
      if (desk.state().undo?.attempt === undo.attempt) desk.change({ undo: null })
    })
  }

  let asking: { attempt: AttemptId; answer: Promise<void> } | null = null
  /** Where calls come by themselves the next may be on its way: the desk reopens only as it then follows the server. */
  const askServer = (outbox: NewOutboxRow<'asked'>): Promise<void> => {
    const { attempt } = outbox
    if (asking?.attempt === attempt) return asking.answer
    if (!ports.connected()) throw new AppError('server-unreachable', 'only the server knows what came next')
    store.askUndo(outbox)
    const answer = heard(attempt).finally(() => {
      asking = null
    })
    asking = { attempt, answer }
    return answer
  }
  const heard = async (attempt: AttemptId): Promise<void> => {
    const controller = new AbortController()
    const stopClock = clock.after(askLimitMs, () => controller.abort())
    try {
      kickOutbox()
      const isHeard = await ports.undosHeard(controller.signal)
      if (!isHeard) throw new AppError('internal', 'the server fails at taking it back, and is asked again')
    } finally {
      stopClock()
    }
    if (desk.state().undo?.attempt === attempt) desk.change({ undo: null })
    const delivery = store.delivery(attempt)
    if (delivery === 'waiting' || delivery === 'delivered') throw notNow('the next call came first')
  }

  const host: Pick<Commands, 'saveDraft' | 'wrapUp' | 'undo'> = {
    saveDraft: async ({ attempt, draft }) => {
      const work = onDesk(desk, attempt)
      store.saveDraft(attempt, draft, clock.now())
      desk.change({ work: { ...work, draft } })
    },

    // Nothing here may wait for anything but the disk: this is the moment of which the operator has 150 a day.
    wrapUp: async ({ attempt, key, outcome: code, callbackAt, draft }) => {
      const saved = store.savedAs(key)
      if (saved && saved.attempt !== attempt) throw new AppError('conflict', 'this key saved another attempt')
      if (saved) return { savedAt: saved.savedAt }
      const work = onDesk(desk, attempt)
      const { user } = desk.state()
      if (!work.call || user === null) throw notNow('there is no call to wrap up')
      const outcome = outcomeOf(work.offer, code, callbackAt)
      const savedAt = clock.now()
      const step = next(work.call, { type: 'wrapped-up', outcome: code, at: savedAt })
      if ('ignored' in step) throw notNow(step.ignored)
      const shown = shownOf(work.offer, outcome)
      const body = wrapUpOf(step.call, { outcome: code, callbackAt, draft }, savedAt)
      store.wrapUp({
        call: step.call,
        draft,
        at: savedAt,
        outbox: { key, kind: 'wrap-up', attempt, user, body, shown, created: savedAt },
      })
      desk.run(step.effects, work.offer)
      desk.change({ work: null, refusal: null })
      offerUndo({ attempt, ...shown, until: savedAt + undoMs })
      desk.settle()
      kickOutbox()
      return { savedAt }
    },

    undo: async ({ attempt }) => {
      const { work, undo, user } = desk.state()
      if (work?.attempt === attempt && work.call?.phase.name === 'wrap-up') return
      const row = store.find(attempt)
      if (undo?.attempt !== attempt || isBusy(work) || !row?.call || user === null) {
        throw notNow('too late to take it back')
      }
      const at = clock.now()
      const step = next(row.call, { type: 'reopened', at })
      if ('ignored' in step) throw notNow(step.ignored)
      const shown = { contact: undo.contact, outcome: undo.outcome }
      const outbox = { key: makeId(), kind: 'undo', attempt, user, shown, created: at } as const
      if (row.offer.campaign.line === 'pbx' || ports.callsCome())
        return askServer({ ...outbox, body: 'asked' })
      store.reopen({ call: step.call, at, outbox: { ...outbox, body: null } })
      stopUndo()
      desk.change({
        work: { attempt, offer: row.offer, call: step.call, draft: row.draft, dialing: false },
        undo: null,
        refusal: null,
      })
      kickOutbox()
    },
  }
  return { host, stop: () => stopUndo() }
}
