import type { Desk, Draft } from '../../../shared/contract/call.ts'
import type { Offer } from '../../../shared/crm-api/work.ts'
import { buttons } from '../../../shared/domain/call/buttons.ts'
import type { Call } from '../../../shared/domain/call/call.ts'
import { begin, beginFound, next } from '../../../shared/domain/call/call.ts'
import type { Ability, LegSnapshot } from '../../../shared/domain/call/legs.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import { AppError } from '../../../shared/std/errors.ts'
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
  stillUp: Desk['stillUp']
  undo: Desk['undo']
  refusal: Desk['refusal']
}

export const emptyDesk: DeskState = {
  user: null,
  signedIn: false,
  work: null,
  asked: null,
  stillUp: null,
  undo: null,
  refusal: null,
}
export const emptyDraft: Draft = { answers: {}, note: '', page: null, outcome: null, callbackText: '' }

/** What every window shows; nothing of it while nobody is signed in. */
export function deskView(state: DeskState, abilities: (offer: Offer) => ReadonlySet<Ability>): Desk {
  if (!state.signedIn) return { work: null, asked: null, stillUp: null, undo: null, refusal: null }
  const { work, asked, stillUp, undo, refusal } = state
  const shown = work && {
    ...work,
    buttons: work.call ? [...buttons(work.call, abilities(work.offer), work.offer.campaign.recording)] : [],
  }
  return { work: shown, asked, stillUp, undo, refusal }
}

/** A call was made or is being made: nothing may take this from the desk but its operator. */
export const isBusy = (work: WorkState | null) => work !== null && (work.call !== null || work.dialing)

export const isUp = (call: Call | null | undefined) =>
  call?.phase.name === 'ringing' || call?.phase.name === 'talking'

/** What we know ourselves of an attempt that the server names. */
export interface Known {
  journal: Journaled | undefined
  delivery: Delivery
  /** Its leg, where the line has it. */
  leg: LegSnapshot | undefined
}

export type Decision =
  | { do: 'keep' | 'clear' }
  | { do: 'refresh' | 'preview'; offer: Offer }
  /** A call that is up, that ended unseen, or whose outcome the server would not have. */
  | { do: 'recover'; offer: Offer; call: Call; draft: Draft }

/** The server said what is on this operator's desk; what follows from it here. */
export function decide(work: WorkState | null, told: ServerWork, known: Known, now: Instant): Decision {
  // A call may turn out to be about somebody else.
  const isOther = work?.attempt === told?.offer.attempt && work?.offer.contact.id !== told?.offer.contact.id
  if (isBusy(work)) return isOther && told ? { do: 'refresh', offer: told.offer } : { do: 'keep' }
  if (told === null) return { do: work === null ? 'keep' : 'clear' }
  const { stage, offer } = told
  const { journal, delivery, leg } = known
  const typed = work?.attempt === offer.attempt ? work.draft : (journal?.draft ?? emptyDraft)
  // Saved here, and the server has not heard of it yet or spoke before it did.
  if (journal?.closed && (delivery === 'waiting' || delivery === 'delivered')) return { do: 'keep' }
  if (leg) return { do: 'recover', offer, call: foundAgain(journal?.call ?? null, leg), draft: typed }
  if (work?.attempt === offer.attempt) return { do: 'refresh', offer }
  if (isToCome(told)) return { do: work === null ? 'keep' : 'clear' }
  if (stage === 'offered') return { do: 'preview', offer }
  // The server allowed a call that never left here: it may be dialled again under the same key.
  if (isToDial(told, journal)) return { do: 'preview', offer }
  const call = journal?.call ? openAgain(journal.call, now) : lostCall(offer, now)
  return { do: 'recover', offer, call: withEnd(call, told), draft: typed }
}

type Told = NonNullable<ServerWork>

/** The call of this record is the server's to tell: it rings or is up there, and its leg is on the way to us. */
const isToCome = ({ stage, state, offer, ended: end }: Told) =>
  offer.campaign.line === 'pbx' &&
  end === null &&
  (stage === 'offered' ? offer.record.kind === 'inbound' : state === 'talking')

/** On a real line the server knows that nothing was dialled yet, also for another machine. */
const isToDial = ({ state, offer, ended: end }: Told, journal: Journaled | undefined) =>
  (journal && !journal.closed && journal.call === null) ||
  (journal === undefined && offer.campaign.line === 'pbx' && state === 'ringing' && end === null)

function withEnd(call: Call, { ended: end, offer }: Told): Call {
  if (end === null || offer.campaign.line === 'simulated') return call
  const step = next(call, { type: 'end-known', leg: call.leg, ...end })
  return 'ignored' in step ? call : step.call
}

/** A call of the journal, or of nobody here, whose leg is up. */
export function foundAgain(call: Call | null, found: LegSnapshot): Call {
  if (call === null) return beginFound(found)
  const at = found.answeredAt ?? found.startedAt
  const step = next(call, { type: 'leg-found', leg: found.leg, found, at })
  return 'ignored' in step ? call : step.call
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
