import { createContext, use, useEffect, useState } from 'react'
import type { Instant } from '../../shared/std/clock.ts'
import { cx } from './cx.ts'
import { elapsedText, remainingText, untilNextSecond } from './format.ts'

const ClockOffset = createContext(0)

/** `value`: the server's clock minus this machine's, in milliseconds. */
export const ClockOffsetProvider = ClockOffset

export type TimerProps = {
  /** server's clock minus ours; without it the nearest ClockOffsetProvider */
  offset?: number | undefined
  /** what is measured, for screen readers */
  label?: string | undefined
  className?: string | undefined
  /** `until` only: called once when the time is over */
  onEnd?: (() => void) | undefined
} & ({ since: Instant } | { until: Instant })

/**
 * The one component that counts seconds. It wakes exactly when its text changes, so a board of a hundred timers is
 * a hundred small wake-ups a second and nothing is sent by the server for it.
 */
export function Timer(props: TimerProps) {
  const contextOffset = use(ClockOffset)
  const offset = props.offset ?? contextOffset
  const anchor = 'since' in props ? props.since : props.until
  const isCountdown = 'until' in props
  const [now, setNow] = useState<Instant>(() => Date.now() + offset)
  const { onEnd } = props

  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout>
    let hasEnded = false
    const tick = () => {
      const at = Date.now() + offset
      setNow(at)
      if (isCountdown && at >= anchor) {
        if (!hasEnded) onEnd?.()
        hasEnded = true
        return
      }
      waiting = setTimeout(tick, untilNextSecond(anchor, at))
    }
    tick()
    return () => clearTimeout(waiting)
  }, [anchor, isCountdown, offset, onEnd])

  return (
    <span role="timer" aria-label={props.label} className={cx('tabular-nums', props.className)}>
      {isCountdown ? remainingText(anchor, now) : elapsedText(anchor, now)}
    </span>
  )
}
