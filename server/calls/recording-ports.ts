import type { PauseMark, PauseReason } from '../../shared/domain/call/recording.ts'
import type { Instant } from '../../shared/std/clock.ts'
import type { AttemptId, LegId, RecordingId, UserId } from '../../shared/std/ids.ts'

export interface NewRecording {
  id: RecordingId
  leg: LegId
  attempt: AttemptId
  operator: UserId
  at: Instant
}

/** A recording as it was last written, of a server that starts again. */
export interface RunningRecording {
  id: RecordingId
  leg: LegId
  startedAt: Instant
  heldBack: readonly PauseReason[]
  marks: readonly PauseMark[]
  /** Only so much of the sound may be kept; null: all. */
  keepMs: number | null
}

/** What is written of recordings; whoever keeps them fetches the sound from the switch once one has ended. */
export interface RecordingBook {
  /** What the attempt's campaign says. */
  modeOf(attempt: AttemptId): Promise<'off' | 'always' | 'on-demand'>
  running(): Promise<RunningRecording[]>
  /** Before the switch is asked: nothing that it records is ever forgotten. */
  begin(recording: NewRecording): Promise<void>
  change(id: RecordingId, now: Pick<RunningRecording, 'heldBack' | 'marks'>): Promise<void>
  /** Only so many milliseconds of the sound may be stored; null: all. */
  keepOnly(id: RecordingId, ms: number | null): Promise<void>
  ended(id: RecordingId, at: Instant): Promise<void>
  /** The switch did not take it. */
  refused(id: RecordingId, at: Instant): Promise<void>
  /** A call that should have been recorded and was not: how many there are of them is seen. */
  withoutNotice(recording: NewRecording): Promise<void>
}
