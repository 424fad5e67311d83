import { DateTime } from 'luxon'
import type { Instant } from '../../std/clock.ts'

/** ISO: Monday is 1, Sunday 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

/** Wall times `HH:mm`; `from` is in it, `to` is not; `24:00` closes a day at its end. */
export interface DayWindow {
  from: string
  to: string
}

export type WeekHours = Readonly<Record<Weekday, readonly DayWindow[]>>

/** When a campaign wants to call, by the clock of `zone` (IANA name). A day without windows is closed. */
export interface CallingHours {
  zone: string
  days: WeekHours
}

export const weekdays: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7]

/** What a new campaign starts with; the law's own windows narrow it further. */
export const usualHours: CallingHours = {
  zone: 'Europe/Rome',
  days: week([{ from: '09:00', to: '20:00' }], [{ from: '10:00', to: '19:00' }], []),
}

/** Monday to Friday, Saturday, Sunday. */
export function week(
  workday: readonly DayWindow[],
  saturday: readonly DayWindow[],
  sunday: readonly DayWindow[],
): WeekHours {
  return { 1: workday, 2: workday, 3: workday, 4: workday, 5: workday, 6: saturday, 7: sunday }
}

export type HoursProblem =
  | { code: 'no-such-zone' }
  | { code: 'bad-window' | 'overlapping-windows'; day: Weekday }
  | { code: 'never-open' }

/** What is wrong with hours that someone typed; an empty list is fine. */
export function checkHours(hours: CallingHours): readonly HoursProblem[] {
  const problems: HoursProblem[] = []
  if (!DateTime.utc().setZone(hours.zone).isValid) problems.push({ code: 'no-such-zone' })
  for (const day of weekdays) {
    const windows = hours.days[day].map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) }))
    if (windows.some(({ from, to }) => !(from < to))) problems.push({ code: 'bad-window', day })
    const sorted = windows.toSorted((left, right) => left.from - right.from)
    const overlap = sorted.some((window, index) => window.from < (sorted[index - 1]?.to ?? 0))
    if (overlap) problems.push({ code: 'overlapping-windows', day })
  }
  if (weekdays.every((day) => hours.days[day].length === 0)) problems.push({ code: 'never-open' })
  return problems
}

/** By the clock on the wall, so that a day on which the clocks change is read like any other. */
export function isOpen(hours: CallingHours, at: Instant): boolean {
  const local = DateTime.fromMillis(at, { zone: hours.zone })
  return isInside(hours.days[local.weekday as Weekday], local)
}

export function isInside(windows: readonly DayWindow[], local: DateTime): boolean {
  const minute = local.hour * 60 + local.minute
  return windows.some(({ from, to }) => minute >= minutesOf(from) && minute < minutesOf(to))
}

/** `09:30` → 570; NaN for what is not a wall time, so that no comparison with it holds. */
export function minutesOf(wall: string): number {
  const match = /^(\d{2}):([0-5]\d)$/.exec(wall)
  const minutes = Number(match?.[1]) * 60 + Number(match?.[2])
  return minutes <= 24 * 60 ? minutes : Number.NaN
}
