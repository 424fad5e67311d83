import type { PauseReason } from '../../shared/domain/call/recording.ts'
import { unreachable } from '../../shared/std/never.ts'

/** How far the recording of one leg is. */
export interface Course {
  /** Every call of the campaign is recorded, or the operator asked for this one. */
  wanted: boolean
  /** Nobody is recorded who was not told (GDPR art. 13): `failed`, where the switch has no such sound, is for good. */
  notice: 'unheard' | 'playing' | 'heard' | 'failed'
  recording: 'none' | 'on' | 'paused'
}

export type RecordingStep = 'play-notice' | 'stop-notice' | 'start' | 'pause' | 'resume' | 'stop'

/** What the call itself puts in the way; by then the customer would not hear the notice either. */
const isOfCall = (reason: PauseReason) => reason !== 'operator' && reason !== 'sensitive'

/** The one next thing to ask of the switch, so that the recording is as the call is; null where it is. */
export function nextStep(
  course: Course,
  isUp: boolean,
  inTheWay: readonly PauseReason[],
): RecordingStep | null {
  const { notice, recording } = course
  if (!course.wanted || !isUp) {
    if (notice === 'playing') return 'stop-notice'
    return recording === 'none' ? null : 'stop'
  }
  if (recording === 'on') return inTheWay.length > 0 ? 'pause' : null
  if (recording === 'paused') return inTheWay.length > 0 ? null : 'resume'
  switch (notice) {
    case 'unheard':
      return inTheWay.some(isOfCall) ? null : 'play-notice'
    case 'playing':
      return inTheWay.some(isOfCall) ? 'stop-notice' : null
    case 'heard':
      return inTheWay.length > 0 ? null : 'start'
    case 'failed':
      return null
    default:
      return unreachable(notice)
  }
}
