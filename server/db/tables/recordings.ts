import type { ColumnType, RawBuilder } from 'kysely'
import type { recordingFailures, recordingStates } from '../../../shared/crm-api/recordings.ts'
import type { PauseMark } from '../../../shared/domain/call/recording.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import type { AttemptId, LegId, ListeningId, RecordingId, UserId } from '../../../shared/std/ids.ts'

type Optional<T> = ColumnType<T | null, T | null | undefined, T | null>

/** One recording of one operator's part of a call. What the sound is made of is null until stored, and once deleted. */
export interface RecordingTable {
  /** Also its name on the switch, and of its file. */
  id: RecordingId
  leg: LegId
  attempt_id: AttemptId
  operator: UserId
  state: (typeof recordingStates)[number]
  failure: Optional<(typeof recordingFailures)[number]>
  started_at: Instant
  ended_at: Optional<Instant>
  /** Pauses that a restarted server cannot see from the call itself. */
  held_back: string[]
  marks: ColumnType<PauseMark[], RawBuilder<PauseMark[]>, RawBuilder<PauseMark[]>>
  /** Milliseconds from the start that may be stored; null: all. What follows may hold what was said in a sensitive field. */
  keep_ms: Optional<number>
  /** The switch still has the sound, as far as we know. */
  on_switch: boolean
  /** A deleted one whose file may still be there: a server that died in between goes on with it. */
  file_left: boolean
  stored_at: Optional<Instant>
  duration_ms: Optional<number>
  bytes: Optional<number>
  sha256: Optional<string>
  key_id: Optional<string>
  /** The file's own key comes from it and the key: without it the bytes on the disk mean nothing. */
  salt: Optional<Buffer>
  peaks: Optional<number[]>
  deleted_at: Optional<Instant>
}

/** Somebody may hear the sound: the same act is in the audit. Goes with its recording. */
export interface RecordingListeningTable {
  id: ListeningId
  recording_id: RecordingId
  user_id: UserId
  at: Instant
}

export interface RecordingTables {
  recordings: RecordingTable
  recording_listenings: RecordingListeningTable
}
