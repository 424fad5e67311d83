import type { PauseMark, PauseReason } from '../../shared/domain/call/recording.ts'
import type { Instant } from '../../shared/std/clock.ts'
import type { LegId, RecordingId } from '../../shared/std/ids.ts'
import type { LiveLeg } from './legs.ts'
import type { Course } from './recording-rules.ts'

/** A recording that the switch makes. */
export interface Running {
  id: RecordingId
  startedAt: Instant
  isPaused: boolean
  /** The switch has said that it stands still, and nothing else was asked since. */
  isStill: boolean
  marks: readonly PauseMark[]
  /** Reasons to stand still as they were last written. */
  noted: readonly PauseReason[]
  /** The link was down: the switch may have ended it. */
  isUnsure: boolean
  /** What was said in a sensitive field is in it, after so many milliseconds; null: it is not. */
  keepMs: number | null
}

/** Of one customer's channel: who was told of the recording stays told when a colleague takes the call. */
export interface Kept {
  leg: LegId
  mode: 'off' | 'always' | 'on-demand'
  wanted: boolean
  notice: Course['notice']
  playback: string | null
  running: Running | null
  /** What the call itself does not say: by hand, a sensitive field. */
  heldBack: Set<PauseReason>
}

export const courseOf = ({ wanted, notice, running }: Kept): Course => ({
  wanted,
  notice,
  recording: running === null ? 'none' : running.isPaused ? 'paused' : 'on',
})

/** Everything for which this call is not recorded now. */
export function inTheWay(
  { held, party }: Pick<LiveLeg, 'held' | 'party'>,
  { heldBack }: Pick<Kept, 'heldBack'>,
  isPhoneUp: boolean,
): PauseReason[] {
  const isColleague = party?.to.kind === 'operator'
  // Somebody outside was not told that this is recorded; a colleague knows the house.
  const isAmongUs = party === null || party.state === 'customer' || (party.state === 'both' && isColleague)
  return [
    ...heldBack,
    ...(held ? (['hold'] as const) : []),
    ...(isAmongUs ? [] : (['consult'] as const)),
    ...(isPhoneUp ? [] : (['phone'] as const)),
  ]
}
