import type { Random } from './clock.ts'

/**
 * How long to wait before try `tries` + 1: doubling from `first` to `longest` milliseconds, of which half is left to
 * chance, so that a thousand clients do not come back in the same instant.
 */
export function backOff(tries: number, first: number, longest: number, random: Random): number {
  const whole = Math.min(longest, first * 2 ** Math.min(tries, 30))
  return Math.round(whole / 2 + (whole / 2) * random())
}
