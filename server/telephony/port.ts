import type { Readable } from 'node:stream'
import type { LegEnd } from '../../shared/domain/call/legs.ts'
import type { Instant } from '../../shared/std/clock.ts'
import type { Event } from '../../shared/std/event.ts'
import type { EndClass } from './causes.ts'

/**
 * The server's switch, as small as its call logic needs it. Every id is made by us before it is used (attempt id,
 * `operator-<user>-<n>`, `bridge-<user>`), so that a command can be repeated and a restarted server finds its own again.
 */
export type ChannelId = string
export type BridgeId = string
export type PlaybackId = string
export type RecordingId = string
/** The switch's name for a phone: one of our making (`provision`) or a desk phone of its own. */
export type AccountId = string

/**
 * `already`: it was so before; nothing was made twice. `gone`: what the command names is not there (any more), the
 * usual race with a hang-up: its `ended` has come or is on its way.
 */
export type Accepted = 'done' | 'already' | 'gone'

export type Target =
  | { kind: 'operator'; account: AccountId }
  /** `callerId` is the number that the other side sees. */
  | { kind: 'trunk'; number: string; callerId: string }

export interface NewChannel {
  id: ChannelId
  to: Target
  /** Counted from `dial`; then it is hung up and ends as `no-answer` with `ourTimeout`. */
  timeoutMs: number
  /** SIP headers of the INVITE. */
  headers?: Readonly<Record<string, string>>
  /** Channel variables. */
  variables?: Readonly<Record<string, string>>
}

export const hangUpReasons = ['normal', 'busy', 'congestion', 'no-answer', 'rejected'] as const
/** What the other side is told of a channel that was not answered. */
export type HangUpReason = (typeof hangUpReasons)[number]

/** `in`: what the switch hears from the channel; `out`: what the channel hears from the switch. */
export type Direction = 'in' | 'out' | 'both'
export type Place = { channel: ChannelId } | { bridge: BridgeId }
export type Sound = `tone:${string}` | `sound:${string}` | `recording:${string}`
export type RecordingFormat = 'wav'

/** `web`: SIP over WebSocket and WebRTC. `desk`: any SIP phone. */
export interface Account {
  id: AccountId
  password: string
  kind: 'web' | 'desk'
  /** Shown by phones that are called from it. */
  name?: string
}

export interface ChannelSnapshot {
  id: ChannelId
  kind: 'in' | 'out' | 'snoop'
  state: 'down' | 'ringing' | 'up'
  /** By the phone's own re-INVITE. */
  held: boolean
  bridge: BridgeId | null
  /** Of an incoming one, how it came. */
  call: IncomingCall | null
}
/** `from` and `name` are null where withheld; `line` is the trunk it came by. */
export interface IncomingCall {
  from: string | null
  to: string
  name: string | null
  line: string
}
export interface BridgeSnapshot {
  id: BridgeId
  channels: readonly ChannelId[]
}
/** Always as the events told so far: no event of before comes after it, none of after is missing in it. */
export interface Snapshot {
  /** Names one run of the switch; another text means that it was restarted. */
  startedAt: string
  channels: readonly ChannelSnapshot[]
  bridges: readonly BridgeSnapshot[]
  /** Phones that are registered now. */
  phones: readonly AccountId[]
}

/**
 * Order for one channel: channel-created or incoming, ringing?, answered?, …, ended. `ended` comes exactly once for
 * every channel that was told of, nothing comes after it. Whatever breaks:
 * link-down{reason} … gap, the `ended` that were missed (`lost`), link-up. Nothing is told again after a gap: ask for a
 * snapshot at each link-up.
 */
export type TelephonyEvent = { at: Instant } & (
  | { type: 'channel-created' | 'ringing' | 'answered' | 'held' | 'resumed'; channel: ChannelId }
  | ChannelEnded
  | ({ type: 'incoming'; channel: ChannelId } & IncomingCall)
  | { type: 'dtmf'; channel: ChannelId; digit: string }
  | { type: 'entered-bridge' | 'left-bridge'; channel: ChannelId; bridge: BridgeId }
  /** Not `ok` where the sound does not exist, or when its end was missed in a gap. */
  | { type: 'playback-finished'; playback: PlaybackId; ok: boolean }
  /** `seconds` is null where its end was missed in a gap; the file may be there all the same. */
  | { type: 'recording-finished'; recording: RecordingId; seconds: number | null; failed?: string }
  | { type: 'phone-registered' | 'phone-gone'; account: AccountId }
  /** The phone sent a REFER; the switch does nothing about it. */
  | { type: 'transfer-asked'; channel: ChannelId; to: string }
  /** `restarted`: the switch has forgotten all channels, bridges and accounts of ours. */
  | { type: 'link-up'; restarted: boolean }
  | { type: 'link-down'; reason: string }
  | { type: 'gap' }
)

export interface ChannelEnded {
  type: 'ended'
  channel: ChannelId
  end: LegEnd
  class: EndClass
  /** ITU-T Q.850, and the SIP status that the other side sent, where known. */
  cause: number | null
  techCause: number | null
  ourTimeout: boolean
  /** All of it as the switch said it, for the log and the attempt's row. */
  raw: string
}

/**
 * Each resolves when the switch has accepted it, not when it happened. Refusals are AppErrors: `line-down` while there
 * is no link, `deadline-passed` where the switch did not answer (it may have done it: repeat, ids are ours),
 * `invalid-input` for what it will never take, `too-many-requests` when too many wait, `internal` for the rest.
 */
export interface TelephonyCommands {
  /**
   * Makes the channel without calling yet, so that no event of it is missed. `already` for an id in use; `not-found`
   * where there is no such phone; `conflict` for an id that a living one begins with (`leg-1` beside `leg-10`), which
   * Asterisk takes for the same.
   */
  createChannel(channel: NewChannel): Promise<Accepted>
  dial(id: ChannelId): Promise<Accepted>
  answer(id: ChannelId): Promise<Accepted>
  hangUp(id: ChannelId, reason?: HangUpReason): Promise<Accepted>
  /** The channel hears music alone, in a bridge too; the others still hear it. */
  startMusic(id: ChannelId): Promise<Accepted>
  stopMusic(id: ChannelId): Promise<Accepted>
  mute(id: ChannelId, direction: Direction): Promise<Accepted>
  unmute(id: ChannelId, direction: Direction): Promise<Accepted>
  sendDtmf(id: ChannelId, digits: string): Promise<Accepted>

  createBridge(id: BridgeId): Promise<Accepted>
  /** Out of the bridge it may be in, into this one: a blind transfer is this one command. */
  addToBridge(bridge: BridgeId, channel: ChannelId): Promise<Accepted>
  removeFromBridge(bridge: BridgeId, channel: ChannelId): Promise<Accepted>
  /** Hang up first, destroy afterwards: else the cause of the hang-up is overwritten (asterisk/asterisk#1124). */
  destroyBridge(id: BridgeId): Promise<Accepted>

  play(playback: { id: PlaybackId; on: Place; sound: Sound }): Promise<Accepted>
  stopPlaying(id: PlaybackId): Promise<Accepted>

  record(recording: { id: RecordingId; bridge: BridgeId; format: RecordingFormat }): Promise<Accepted>
  pauseRecording(id: RecordingId): Promise<Accepted>
  resumeRecording(id: RecordingId): Promise<Accepted>
  /** Keeps the file. */
  stopRecording(id: RecordingId): Promise<Accepted>
  /** Throws `not-found` where there is no such file. */
  fetchRecording(id: RecordingId): Promise<Readable>
  deleteRecording(id: RecordingId): Promise<Accepted>

  /** A channel that hears (`spy`) and speaks into (`whisper`) another one; put it into the supervisor's bridge. */
  snoop(snoop: {
    id: ChannelId
    channel: ChannelId
    spy: Direction | 'none'
    whisper: Direction | 'none'
  }): Promise<Accepted>

  /**
   * Makes the account or gives it a new password; the phone that was registered with the old one is gone. Forgotten when
   * the switch restarts.
   */
  provision(account: Account): Promise<Accepted>
  /** Its running call stays up. */
  withdraw(id: AccountId): Promise<Accepted>

  snapshot(): Promise<Snapshot>
}

export interface Telephony extends TelephonyCommands {
  /** The only door by which facts enter. */
  readonly events: Event<TelephonyEvent>
  link(): 'up' | 'down'
  /** Connects, and again whenever the link breaks, until `close`. After `link-down` for `replaced` it waits for `open`. */
  open(): void
  /** Leaves all calls on the switch as they are. */
  close(): Promise<void>
}
