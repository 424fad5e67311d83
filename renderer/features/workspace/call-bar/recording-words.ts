import { useSyncExternalStore } from 'react'
import type { Work } from '../../../../shared/contract/call.ts'

type Call = Pick<NonNullable<Work['call']>, 'recording' | 'phase' | 'consult'>
export type RecordingWord = 'on' | 'off' | 'paused' | 'hold' | 'consult' | 'sensitive'

/**
 * Whether a call is recorded and, where it stands still by itself, why: what is in its way here is in its way on the
 * server too (shared/domain/call/recording.ts). It goes on by itself as soon as that is gone.
 */
export function recordingWord({ recording, phase, consult }: Call, isSensitive: boolean): RecordingWord {
  if (recording !== 'paused') return recording
  if (isSensitive) return 'sensitive'
  if (consult !== null && (consult.state === 'ringing' || consult.talkingTo === 'consult')) return 'consult'
  return phase.name === 'talking' && phase.held ? 'hold' : 'paused'
}

/** It stands still by itself, and goes on by itself: no key would change that. */
export const isByItself = (word: RecordingWord): boolean =>
  word === 'hold' || word === 'consult' || word === 'sensitive'

const subscribe = (on: () => void) => {
  document.addEventListener('focusin', on)
  document.addEventListener('focusout', on)
  return () => {
    document.removeEventListener('focusin', on)
    document.removeEventListener('focusout', on)
  }
}

/** Whether a field marked sensitive has the focus on this page. */
export const useIsSensitive = (): boolean =>
  useSyncExternalStore(subscribe, () => document.activeElement?.closest('[data-sensitive]') != null)
