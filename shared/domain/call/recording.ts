import type { Instant } from '../../std/clock.ts'

/**
 * Why a recording stands still. `operator`: by hand. `sensitive`: a field marked sensitive has the focus. The rest are
 * facts of the call: the customer hears music (`hold`), somebody else is talked to (`consult`), the operator's phone is
 * lost (`phone`).
 */
export const pauseReasons = ['operator', 'sensitive', 'hold', 'consult', 'phone'] as const
export type PauseReason = (typeof pauseReasons)[number]

/** One time of standing still; `to` is null while it lasts. `why` holds all reasons that were true meanwhile. */
export interface PauseMark {
  from: Instant
  to: Instant | null
  why: readonly PauseReason[]
}

/** A pause as it lies in the sound, where it takes no time. */
export interface SoundPause {
  atMs: number
  /** Null where its end is not known. */
  lastedMs: number | null
  why: readonly PauseReason[]
}

/** `startedAt` is the instant of the first sound. */
export function pausesInSound(startedAt: Instant, marks: readonly PauseMark[]): SoundPause[] {
  let paused = 0
  return marks.map(({ from, to, why }) => {
    const atMs = Math.max(0, from - startedAt - paused)
    const lastedMs = to === null ? null : to - from
    paused += lastedMs ?? 0
    return { atMs, lastedMs, why }
  })
}

/**
 * How much sound there is at that instant, in milliseconds: never too much, as long as a mark begins when the pause is
 * asked for and ends once its end is known.
 */
export function soundAt(startedAt: Instant, marks: readonly PauseMark[], at: Instant): number {
  const paused = marks.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to ?? at, at) - from), 0)
  return Math.max(0, at - startedAt - paused)
}

/** The same marks when the reasons have become these, at that instant. */
export function marked(
  marks: readonly PauseMark[],
  reasons: readonly PauseReason[],
  at: Instant,
): readonly PauseMark[] {
  const last = marks.at(-1)
  const isOpen = last !== undefined && last.to === null
  if (reasons.length === 0) return isOpen ? [...marks.slice(0, -1), { ...last, to: at }] : marks
  if (!isOpen) return [...marks, { from: at, to: null, why: [...reasons] }]
  const why = [...new Set([...last.why, ...reasons])]
  return why.length === last.why.length ? marks : [...marks.slice(0, -1), { ...last, why }]
}
