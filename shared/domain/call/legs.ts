import type { CallId, LegId } from '../../std/ids.ts'
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
  /** The switch or our own process went away; when it ended is not known. */
  'lost',
] as const
export type LegEnd = (typeof legEnds)[number]

/** We name the leg before dialling, so that a repeated command is recognised and nothing is dialled twice. */
export type CtiCommand =
  | { do: 'dial'; leg: LegId; to: string; from?: string }
  | { do: 'answer' | 'hang-up' | 'hold' | 'resume' | 'mute' | 'unmute'; leg: LegId }
  | { do: 'dtmf'; leg: LegId; digits: string }
  | { do: 'transfer'; leg: LegId; to: string }
  | { do: 'join'; legs: readonly [LegId, LegId] }

export type CommandName = CtiCommand['do']

/** The facts a switch can tell. They may come late and twice; nothing here assumes they do not. */
export type CtiEvent = { at: Instant } & (
  | { type: 'link-up' }
  | { type: 'link-down'; reason: string }
  | { type: 'leg-offered'; leg: LegId; call: CallId; from: string; to: string }
  | {
      type: 'leg-ringing' | 'leg-answered' | 'leg-held' | 'leg-resumed' | 'leg-muted' | 'leg-unmuted'
      leg: LegId
    }
  /** What the other party says, where the switch knows it in words: the simulated line, live transcription. */
  | { type: 'leg-caption'; leg: LegId; text: string }
  | { type: 'leg-ended'; leg: LegId; end: LegEnd; switchCause?: string }
)

export type LegEvent = Extract<CtiEvent, { leg: LegId }>

export interface LegSnapshot {
  leg: LegId
  state: 'ringing' | 'answered'
  held: boolean
  muted: boolean
}
