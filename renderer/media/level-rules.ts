import type { Instant } from '../../shared/std/clock.ts'

const quietest = -60

/** Root mean square of samples in -1..1 as dBFS; -100 for nothing at all. */
export function loudness(samples: Float32Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  const rms = Math.sqrt(sum / Math.max(1, samples.length))
  return rms === 0 ? -100 : Math.max(-100, 20 * Math.log10(rms))
}

/** dBFS on a bar from 0 to 1 that follows the ear. */
export const onScale = (decibels: number): number =>
  Math.min(1, Math.max(0, (decibels - quietest) / -quietest))

/** A room without a voice stays below this with a headset; a voice at arm's length is 20 dB above. */
const voiceAbove = -50
const silentAfterMs = 5_000

export interface Hearing {
  /** Since when nothing was heard. */
  since: Instant
  verdict: 'open' | 'heard' | 'silent'
}

/** The speaking test: heard once is enough, and heals a `silent`. */
export function listen(before: Hearing | null, decibels: number, now: Instant): Hearing {
  if (decibels > voiceAbove) return { since: now, verdict: 'heard' }
  if (before === null) return { since: now, verdict: 'open' }
  if (before.verdict === 'open' && now - before.since >= silentAfterMs)
    return { ...before, verdict: 'silent' }
  return before
}
