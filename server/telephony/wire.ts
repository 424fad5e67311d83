import type { Event } from '../../shared/std/event.ts'
import type {
  BridgeId,
  ChannelId,
  ChannelSnapshot,
  IncomingCall,
  PlaybackId,
  RecordingId,
  Snapshot,
  TelephonyCommands,
} from './port.ts'

/** What a switch reports, as it comes: perhaps twice, perhaps about channels that are none of ours. */
export type Fact =
  /** A call that others made. */
  | { fact: 'incoming'; channel: ChannelId; isUp: boolean; call: IncomingCall }
  | { fact: 'state'; channel: ChannelId; state: 'ringing' | 'up' }
  | {
      fact: 'gone'
      channel: ChannelId
      wasUp: boolean
      cause: number | null
      techCause: number | null
      raw: string
    }
  | { fact: 'dtmf'; channel: ChannelId; digit: string }
  | { fact: 'hold'; channel: ChannelId; on: boolean }
  | { fact: 'entered' | 'left'; channel: ChannelId; bridge: BridgeId }
  | { fact: 'bridge-gone'; bridge: BridgeId }
  | { fact: 'playback'; playback: PlaybackId; ok: boolean }
  | { fact: 'recording'; recording: RecordingId; seconds: number; failed: string | null }
  | { fact: 'phone'; account: string; registered: boolean }
  | { fact: 'transfer'; channel: ChannelId; to: string }

/** What was begun and has not been told as finished. */
export interface Unfinished {
  playbacks: readonly PlaybackId[]
  recordings: readonly RecordingId[]
}

/** All that is ours on the switch now; of the unfinished ones those that are still going on. */
export interface WireState extends Snapshot, Unfinished {
  channels: readonly ChannelSnapshot[]
}

/** `meanwhile`: facts that came after the new link was there and before `state` was complete. */
export type Signal =
  | { signal: 'up'; state: WireState; meanwhile: readonly Fact[] }
  | { signal: 'down'; reason: string }
  | { signal: 'fact'; fact: Fact }

type Plain = Omit<TelephonyCommands, 'dial' | 'snapshot'>

/** One way to a switch. It remembers nothing of calls; order, gaps and time-outs are kept above it, once for all. */
export interface Wire {
  signals: Event<Signal>
  open(unfinished: () => Unfinished): void
  close(): Promise<void>
  /** `timeoutMs`: for the switch's own timer, in case that we are not there when ours would ring. */
  commands: Plain & { dial(id: ChannelId, timeoutMs: number): ReturnType<TelephonyCommands['dial']> }
}
