import type { Desk, Draft } from '../../../shared/contract/call.ts'
import type { Offer } from '../../../shared/crm-api/work.ts'
import { buttons } from '../../../shared/domain/call/buttons.ts'
import type { Call } from '../../../shared/domain/call/call.ts'
import { begin, next } from '../../../shared/domain/call/call.ts'
import type { Ability } from '../../../shared/domain/call/legs.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import { AppError, errorCodes } from '../../../shared/std/errors.ts'
import type { AttemptId, CallId, LegId, UserId } from '../../../shared/std/ids.ts'
import type { Delivery } from '../outbox/ports.ts'
import type { Journaled, ServerWork } from './ports.ts'

/** What lies on the desk. Buttons are derived when it is shown. */
export interface WorkState {
  attempt: AttemptId
  offer: Offer
  call: Call | null
  draft: Draft
  dialing: boolean
}

export interface DeskState {
  /** Whose desk it is; kept after a sign-out while a call is on it. */
  user: UserId | null
  signedIn: boolean
  work: WorkState | null
  /** A colleague's consult: it is theirs, and only lent to this desk. */
  asked: Desk['asked']
  undo: Desk['undo']
  refusal: Desk['refusal']
}

export const emptyDesk: DeskState = {
  user: null,
  signedIn: false,
  work: null,
  asked: null,
  undo: null,
  refusal: null,
}
export const emptyDraft: Draft = { answers: {}, note: '', page: null, outcome: null, callbackText: '' }

/** What every window shows; nothing of it while nobody is signed in. */
export function deskView(state: DeskState, abilities: ReadonlySet<Ability>): Desk {
  if (!state.signedIn) return { work: null, asked: null, undo: null, refusal: null }
  const { work, asked, undo, refusal } = state
  const shown = work && {
    ...work,
    buttons: work.call ? [...buttons(work.call, abilities, work.offer.campaign.recording)] : [],
  }
  return { work: shown, asked, undo, refusal }
}

/** A call was made or is being made: nothing may take this from the desk but its operator. */
export const isBusy = (work: WorkState | null) => work !== null && (work.call !== null || work.dialing)

export const isUp = (call: Call | null | undefined) =>
  call?.phase.name === 'ringing' || call?.phase.name === 'talking'

/** What we know ourselves of an attempt that the server names. */
export interface Known {
  journal: Journaled | undefined
  delivery: Delivery
}

export type Decision =
  | { do: 'keep' | 'clear' }
  | { do: 'refresh' | 'preview'; offer: Offer }
  /** A call of ours that ended unseen, or whose outcome the server would not have: to its wrap-up. */
  | { do: 'recover'; offer: Offer; call: Call; draft: Draft }

/** The server said what is on this operator's desk; what follows from it here. */
export function decide(work: WorkState | null, told: ServerWork, known: Known, now: Instant): Decision {
  if (isBusy(work)) return { do: 'keep' }
  if (told === null) return { do: work === null ? 'keep' : 'clear' }
  const { stage, offer } = told
  if (work?.attempt === offer.attempt) return { do: 'refresh', offer }
  const { journal, delivery } = known
  // Saved here, and the server has not heard of it yet or spoke before it did.
  if (journal?.closed && (delivery === 'waiting' || delivery === 'delivered')) return { do: 'keep' }
  if (stage === 'offered') return { do: 'preview', offer }
  // The server allowed a call that never left here: it may be dialled again under the same key.
  if (journal && !journal.closed && journal.call === null) return { do: 'preview', offer }
  const call = journal?.call ? openAgain(journal.call, now) : lostCall(offer, now)
  return { do: 'recover', offer, call, draft: journal?.draft ?? emptyDraft }
}

/** The wrap-up of a call that this desktop knows nothing of: it was made elsewhere, or its journal is gone. */
export function lostCall(offer: Offer, now: Instant): Call {
  const phone = offer.contact.phones.find(({ wrong }) => !wrong) ?? offer.contact.phones[0]
  const begun = begin({
    type: 'dialed',
    call: callIdOf(offer.attempt),
    leg: legIdOf(offer.attempt),
    to: phone?.e164 ?? '',
    at: offer.offeredAt,
  })
  if ('ignored' in begun) throw new Error(begun.ignored)
  return ended(begun, now)
}

/** A journalled call whose leg nobody has any more. */
export function ended(call: Call, at: Instant): Call {
  const step = next(call, { type: 'leg-ended', leg: call.leg, end: 'lost', at })
  return 'ignored' in step ? call : step.call
}

function openAgain(call: Call, at: Instant): Call {
  const step = next(call, { type: 'reopened', at })
  return ended('ignored' in step ? call : step.call, at)
}

/** One id names attempt, call and leg, so that the board, the log and the switch speak of the same thing. */
export const callIdOf = (attempt: AttemptId) => attempt as string as CallId
export const legIdOf = (attempt: AttemptId) => attempt as string as LegId

/** Why a call did not leave, as the desk shows it. */
export function refusalFrom(error: unknown, at: Instant): NonNullable<Desk['refusal']> {
  if (!(error instanceof AppError)) return { code: 'internal', reason: null, until: null, at }
  const details = (error.details ?? {}) as { reason?: unknown; until?: unknown }
  return {
    code: error.code,
    reason: typeof details.reason === 'string' ? details.reason : null,
    until: typeof details.until === 'number' ? details.until : null,
    at,
  }
}

export const isNetworkTurn = (error: unknown) =>
  error instanceof AppError && errorCodes[error.code].turn === 'network'
