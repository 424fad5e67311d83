import type { SupervisionMode } from '../../shared/domain/supervision/supervision.ts'
import type { Instant } from '../../shared/std/clock.ts'
import type { AttemptId, LegId, UserId } from '../../shared/std/ids.ts'

/** Who asks, by the session: it has the phone. */
export interface ListeningBy {
  supervisor: UserId
  session: string
  address: string
}

/** A call while it is heard, for the audit and the screens. */
export interface HeardCall {
  call: LegId
  attempt: AttemptId | null
  from: Instant
  campaign: string
  contact: string
  isOperatorTold: boolean
}

/** What a server that starts again needs to know. */
export interface SavedListening extends ListeningBy {
  operator: UserId
  mode: SupervisionMode
  /** The call that the mode was said of. */
  call: LegId | null
  heard: HeardCall | null
  /** The channel that hears, and the operator's that it is on; null while there is none. */
  snoop: { id: string; of: string; whisper: 'out' | 'none' } | null
  since: Instant
}

export type EndOfListening =
  /** The supervisor stopped it, went to another operator, or signed out. */
  | 'stopped'
  /** The call ended, was handed on, or cannot be heard any more. */
  | 'call-over'
  /** The supervisor's own phone was lost. */
  | 'phone-lost'
  | 'operator-left'
  | 'waited-too-long'

export type ListeningEntry = { at: Instant } & (
  | { action: 'supervision.started' }
  | { action: 'supervision.mode-changed'; before: SupervisionMode }
  | { action: 'supervision.ended'; why: EndOfListening; heard: HeardCall; mode: SupervisionMode }
)

/** Listenings on disk, each with its line in the audit: both are written or neither. */
export interface ListeningBook {
  open(): Promise<SavedListening[]>
  save(listening: SavedListening, entry: ListeningEntry | null): Promise<void>
  drop(listening: SavedListening, entry: ListeningEntry | null): Promise<void>
  /** What the screens say of a call, and whether its campaign tells the operator. */
  callOf(attempt: AttemptId | null): Promise<Pick<HeardCall, 'campaign' | 'contact' | 'isOperatorTold'>>
  nameOf(user: UserId): Promise<string>
}
