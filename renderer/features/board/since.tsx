import { createContext, use } from 'react'
import type { Instant } from '../../../shared/std/clock.ts'
import { durationText } from '../../ui/format.ts'
import { Timer } from '../../ui/timer.tsx'

/** Null while the board is live; otherwise the instant at which it stopped, and with it every timer. */
export const StoppedAt = createContext<Instant | null>(null)

/** How long ago: it counts while the board is live, and stands still with a board that is no longer told. */
export function Since({ at, label }: { at: Instant; label?: string }) {
  const stoppedAt = use(StoppedAt)
  if (stoppedAt === null) return <Timer since={at} label={label} className="font-semibold" />
  return <span className="font-semibold">{durationText(stoppedAt - at)}</span>
}
