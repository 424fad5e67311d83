import type { RecordingDetails } from '../../../shared/crm-api/recordings.ts'
import { unreachable } from '../../../shared/std/never.ts'

export const stepMs = 5_000
export const bigStepMs = 30_000

/**
 * Where a key leads in a sound of that length, with Shift further; null for keys that lead nowhere. The page keys are the
 * script's, wherever the focus is.
 */
export function movedBy(
  { key, shiftKey }: { key: string; shiftKey: boolean },
  atMs: number,
  durationMs: number,
): number | null {
  const step = shiftKey ? bigStepMs : stepMs
  const to = (ms: number) => Math.min(durationMs, Math.max(0, ms))
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return to(atMs - step)
    case 'ArrowRight':
    case 'ArrowUp':
      return to(atMs + step)
    case 'Home':
      return 0
    case 'End':
      return durationMs
    default:
      return null
  }
}

/** Fewer bars than peaks, each the loudest of its own, as heights from 0.02 (a line for silence) to 1. */
export function barsOf(peaks: readonly number[], count: number): number[] {
  if (peaks.length === 0) return []
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * peaks.length) / count)
    const to = Math.max(from + 1, Math.floor(((index + 1) * peaks.length) / count))
    return Math.max(0.02, Math.max(...peaks.slice(from, to)) / 255)
  })
}

/** All bars as one path in a box of `count` by 100. */
export const pathOf = (bars: readonly number[]): string =>
  bars
    .map((height, index) => {
      const half = Math.round(height * 500) / 10
      return `M${index} ${50 - half}h0.65v${half * 2}h-0.65z`
    })
    .join('')

/** The message of a state in which nothing can be heard; null where it can. */
export function silentKey({ state, failure }: Pick<RecordingDetails, 'state' | 'failure'>): string | null {
  switch (state) {
    case 'stored':
      return null
    case 'recording':
    case 'ended':
    case 'missing':
    case 'deleted':
      return `recordings.silent.${state}`
    case 'not-recorded':
      return `recordings.silent.${failure ?? 'refused'}`
    default:
      return unreachable(state)
  }
}
