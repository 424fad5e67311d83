import type { CallId, CampaignId, LegId, UserId } from '../../std/ids.ts'
import type { Instant } from '../../std/clock.ts'

/** What a switch may be able to do; a missing ability means an absent button. */
export const abilities = [
  'answer',
  'hold',
  'mute',
  'dtmf',
  'blind-transfer',
  'consult',
  'conference',
  'record',
] as const
export type Ability = (typeof abilities)[number]

/** How a leg ended. The switch's raw cause travels beside it, for later mapping (Q.850, RFC 3261 section 21). */
export const legEnds = [
  'hung-up-by-us',
  'hung-up-by-them',
  'cancelled',
  'busy',
  'no-answer',
  'rejected',
  'unreachable',
  'invalid-number',
  'congestion',
  /** The operator handed the call on; customer and new party talk without this leg. */
  'transferred',
  /** The switch or our own process went away; when it ended is not known. */
  'lost',
] as const
export type LegEnd = (typeof legEnds)[number]

/** Who can be on the line besides customer and operator. */
export type SecondParty = { kind: 'number'; number: string } | { kind: 'operator'; user: UserId }
/**
 * Where a call can be handed on to, or whom the operator can ask meanwhile. A `queue` is a campaign's group of
 * operators: handed there, the customer waits for the next of them; asked, the longest idle one rings.
 */
export type Destination = SecondParty | { kind: 'queue'; campaign: CampaignId }

/** We name the leg before dialling, so that a repeated command is recognised and nothing is dialled twice. */
export type CtiCommand =
  | { do: 'dial'; leg: LegId; to: string; from?: string }
  | { do: 'answer' | 'decline' | 'hang-up' | 'hold' | 'resume' | 'mute' | 'unmute'; leg: LegId }
  | { do: 'dtmf'; leg: LegId; digits: string }
  /** Blind: the customer goes at once, this leg ends as `transferred`. */
  | { do: 'transfer'; leg: LegId; to: Destination }
  /** A second party is called while the customer hears music; `consult` names its leg. */
  | { do: 'consult'; leg: LegId; consult: LegId; to: Destination }
  /**
   * Of a leg with a consult that is up: talk to the other one, to both (three-way), hand the customer over and leave.
   * `cancel-consult` drops the second party, also while it rings, and goes back to the customer.
   */
  | { do: 'swap' | 'join' | 'complete' | 'cancel-consult'; leg: LegId }
  | { do: 'record-start' | 'record-pause' | 'record-resume' | 'record-stop'; leg: LegId }

export const commandNames = [
  'dial',
  'answer',
  'decline',
  'hang-up',
  'hold',
  'resume',
  'mute',
  'unmute',
  'dtmf',
  'transfer',
  'consult',
  'swap',
  'join',
  'complete',
  'cancel-consult',
  'record-start',
  'record-pause',
  'record-resume',
  'record-stop',
] as const satisfies readonly CtiCommand['do'][]
export type CommandName = CtiCommand['do']

/** The second party of a consult, as a whole: whom the operator hears is `talkingTo`. */
export interface Consult {
  leg: LegId
  to: SecondParty
  state: 'ringing' | 'up'
  talkingTo: 'customer' | 'consult' | 'both'
}

export const recordingStates = ['off', 'on', 'paused'] as const
export type RecordingState = (typeof recordingStates)[number]

/** The facts a switch can tell. They may come late and twice; nothing here assumes they do not. */
export type CtiEvent = { at: Instant } & (
  | { type: 'link-up' }
  | { type: 'link-down'; reason: string }
  | { type: 'leg-offered'; leg: LegId; call: CallId; from: string; to: string }
  /** The switch dialled by itself and this operator has the call (progressive); `leg-answered` follows. */
  | { type: 'leg-dialed'; leg: LegId; call: CallId; from: string; to: string }
  | {
      type: 'leg-ringing' | 'leg-answered' | 'leg-held' | 'leg-resumed' | 'leg-muted' | 'leg-unmuted'
      leg: LegId
    }
  /** What the other party says, where the switch knows it in words: the simulated line, live transcription. */
  | { type: 'leg-caption'; leg: LegId; text: string }
  /** The consult of this leg as it is now; null once there is none. */
  | { type: 'leg-consult'; leg: LegId; consult: Consult | null }
  | { type: 'leg-recording'; leg: LegId; recording: RecordingState }
  | { type: 'leg-ended'; leg: LegId; end: LegEnd; switchCause?: string }
)

export type LegEvent = Extract<CtiEvent, { leg: LegId }>

/**
 * One leg as it is. Work of the operator is named by its attempt, and its call has the same name; a leg by which a
 * colleague asks has a name of its own, and the call is the colleague's.
 */
export interface LegSnapshot {
  leg: LegId
  call: CallId
  direction: 'in' | 'out'
  /** The other party, E.164 where it is known; of a colleague who asks: their name. */
  peer: string
  /** Of a leg that comes in: the number that was called; of a colleague who asks: the customer's. */
  to: string
  state: 'ringing' | 'answered'
  held: boolean
  muted: boolean
  consult: Consult | null
  recording: RecordingState
  startedAt: Instant
  answeredAt: Instant | null
}

export const isOwnWork = ({ leg, call }: { leg: LegId; call: CallId }) => (leg as string) === call
