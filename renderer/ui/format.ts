import type { Instant } from '../../shared/std/clock.ts'

export interface Formats {
  /** 1.204 */
  number(value: number): string
  /** 46,8 */
  decimal(value: number, digits?: number): string
  /** 0.026 -> 2,6 % */
  percent(ratio: number, digits?: number): string
  /** cents -> 34,90 € */
  money(cents: number, currency?: string): string
  /** 24/11/2026 */
  date(at: Instant): string
  /** 2026-11-24 -> 24/11/2026; anything else comes back as it is */
  isoDate(text: string): string
  /** 11:43 */
  time(at: Instant): string
  /** 11:43:07 */
  exactTime(at: Instant): string
  /** 24/11/2026 11:43 */
  dateTime(at: Instant): string
  /** martedì 24 novembre, 11:43 */
  longDateTime(at: Instant): string
  /** 11:43 today, ieri 18:05, 03/09 in this year, 24/11/2026 before */
  when(at: Instant, now: Instant): string
  /** 3,1 MB */
  bytes(count: number): string
  duration(ms: number): string
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** m:ss under an hour, h:mm:ss above. A negative length counts as zero. */
export function durationText(ms: number): string {
  const total = Math.max(0, Math.floor(ms / second))
  const seconds = String(total % 60).padStart(2, '0')
  const minutes = Math.floor(total / 60) % 60
  const hours = Math.floor(total / 3600)
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`
}

/** Full seconds gone since `since`. */
export const elapsedText = (since: Instant, now: Instant): string => durationText(now - since)

/** Seconds still to go, rounded up: 0:00 is shown only when the time is over. */
export const remainingText = (until: Instant, now: Instant): string =>
  durationText(Math.ceil((until - now) / second) * second)

/** How long until the text of `elapsedText` or `remainingText` changes, in (0, 1000] ms. */
export function untilNextSecond(anchor: Instant, now: Instant): number {
  const past = (((now - anchor) % second) + second) % second
  return second - past
}

const dayOf = (at: Instant, format: Intl.DateTimeFormat): string => format.format(at)

/** Everything a page writes as the person would: `locale` is it-IT or en-GB, `timeZone` an IANA name. */
export function formats(locale: string, timeZone?: string): Formats {
  const zone = timeZone === undefined ? {} : { timeZone }
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0, useGrouping: 'always' })
  const date = new Intl.DateTimeFormat(locale, { day: '2-digit', month: '2-digit', year: 'numeric', ...zone })
  const dayMonth = new Intl.DateTimeFormat(locale, { day: '2-digit', month: '2-digit', ...zone })
  const time = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...zone,
  })
  const exact = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23', ...zone })
  const long = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', ...zone })
  const year = new Intl.DateTimeFormat(locale, { year: 'numeric', ...zone })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const decimal = (value: number, digits = 1) =>
    new Intl.NumberFormat(locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      useGrouping: 'always',
    }).format(value)

  return {
    number: (value) => whole.format(value),
    decimal,
    percent: (ratio, digits = 1) => `${decimal(ratio * 100, digits)}\u00a0%`,
    money: (cents, currency = 'EUR') =>
      new Intl.NumberFormat(locale, { style: 'currency', currency, useGrouping: 'always' }).format(
        cents / 100,
      ),
    date: (at) => date.format(at),
    isoDate(text) {
      const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(text)
      return parts ? `${parts[3]}/${parts[2]}/${parts[1]}` : text
    },
    time: (at) => time.format(at),
    exactTime: (at) => exact.format(at),
    dateTime: (at) => `${date.format(at)} ${time.format(at)}`,
    longDateTime: (at) => `${long.format(at)}, ${time.format(at)}`,
    when(at, now) {
      if (dayOf(at, date) === dayOf(now, date)) return time.format(at)
      if (dayOf(at, date) === dayOf(now - 24 * hour, date))
        return `${relative.format(-1, 'day')} ${time.format(at)}`
      return year.format(at) === year.format(now) ? dayMonth.format(at) : date.format(at)
    },
    bytes(count) {
      const units = ['B', 'kB', 'MB', 'GB'] as const
      const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, count)) / 3)))
      return `${decimal(count / 1000 ** step, step === 0 ? 0 : 1)}\u00a0${units[step]}`
    },
    duration: durationText,
  }
}
