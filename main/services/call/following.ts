import { unreachable } from '../../../shared/std/never.ts'
import type { UserId } from '../../../shared/std/ids.ts'
import type { DeskControl } from './call.ts'
import { decide, emptyDraft, ended, foundAgain, isUp, legIdOf } from './desk.ts'
import type { WorkState } from './desk.ts'
import type { DeskLines } from './lines.ts'
import type { CallPorts, ServerWork } from './ports.ts'

export interface Following {
  /** The server said what is on this operator's desk. */
  tell(work: ServerWork): void
  told(): ServerWork
  settle(): void
  /** The call that was on the desk when the program ended, with every word that was typed. */
  restored(user: UserId): WorkState | null
}

/** The desk follows what the server says of it, as far as nothing of its own is in the way. */
export function followServer(
  desk: DeskControl,
  lines: DeskLines,
  { store, undosWait, clock, log }: Pick<CallPorts, 'store' | 'undosWait' | 'clock' | 'log'>,
): Following {
  let told: ServerWork = null

  const ownJournal = (attempt: WorkState['attempt']) => {
    const journal = store.find(attempt)
    return journal?.user === desk.state().user ? journal : undefined
  }
  /** The line is quicker, but it may have told it while nobody heard. */
  const hearEnd = () => {
    const { work } = desk.state()
    const call = work?.call
    if (!told?.ended || !call || work.attempt !== told.offer.attempt) return
    if (work.offer.campaign.line === 'simulated' || !(isUp(call) || call.end === 'lost')) return
    desk.move({ type: 'end-known', leg: call.leg, ...told.ended })
  }
  const follow = () => {
    const { user, work, signedIn } = desk.state()
    if (user === null || !signedIn) return
    hearEnd()
    // The server will take it back when it hears of the undo: a call to it would be refused.
    if (!work && told?.stage === 'offered' && undosWait()) return
    const attempt = told?.offer.attempt
    const journal = attempt === undefined ? undefined : ownJournal(attempt)
    const delivery = attempt === undefined ? 'none' : store.delivery(attempt)
    const leg = told ? lines.find(told.offer.campaign.line, legIdOf(told.offer.attempt)) : undefined
    const decision = decide(work, told, { journal, delivery, leg }, clock.now())
    switch (decision.do) {
      case 'keep':
        return
      case 'clear':
        if (work) store.close(work.attempt, clock.now())
        return desk.change({ work: null, refusal: null })
      case 'refresh': {
        // The very same: looked at again, not told anew. After a save that was twice, 16 kB each, to every page.
        if (!work || work.offer === decision.offer) return
        const { attempt: on, call, draft } = work
        if (call) store.open({ attempt: on, user, offer: decision.offer, call, draft, updated: clock.now() })
        return desk.change({ work: { ...work, offer: decision.offer } })
      }
      case 'preview':
      case 'recover': {
        const { offer } = decision
        const { call, draft } =
          decision.do === 'recover'
            ? decision
            : { call: null, draft: journal && !journal.closed ? journal.draft : emptyDraft }
        store.open({ attempt: offer.attempt, user, offer, call, draft, updated: clock.now() })
        return desk.change({
          work: { attempt: offer.attempt, offer, call, draft, dialing: false },
          refusal: null,
          ...(call !== null && { undo: null }),
        })
      }
      default:
        return unreachable(decision)
    }
  }
  return {
    tell: (work) => {
      told = work
    },
    told: () => told,
    settle: () => {
      // Also called from commands that have done their own work already: they must not fail for this.
      try {
        follow()
      } catch (error) {
        log.error({ error }, 'the desk could not follow the server')
      }
    },
    restored: (user) => {
      const row = store.openCall(user)
      if (!row?.call) return null
      const { attempt, offer, draft } = row
      const kind = offer.campaign.line
      const leg = lines.find(kind, row.call.leg)
      // The server's line comes up after the sign-in, and says then what is still there.
      const isUnknown = !lines.isUp(kind) && kind !== 'simulated'
      const call = leg
        ? foundAgain(row.call, leg)
        : isUnknown
          ? { ...row.call, asked: null }
          : ended(row.call, row.updated)
      store.saveCall(attempt, call, clock.now())
      return { attempt, offer, call, draft, dialing: false }
    },
  }
}
