import { DateTime } from 'luxon'
import type { Instant } from '../../std/clock.ts'
import { dayOf, dayParts, fillers } from './callback-words.ts'

export type CallbackLocale = 'it' | 'en'
export type CallbackProblem = 'empty' | 'not-understood' | 'in-the-past' | 'no-such-time'
export type ParsedCallback = { ok: true; at: Instant } | { ok: false; reason: CallbackProblem }

interface Context {
  now: Instant
  /** IANA name; every wall time is in it. */
  zone: string
  /** Only decides what `m` means: both languages are always understood. */
  locale?: CallbackLocale
}

/**
 * Reads when to call back, in Italian and English at once:
 *
 * | written | is |
 * |---|---|
 * | `+2h` `+30m` `+30` `+1h30` `tra 2 ore` `in 30 minutes` | from now, on the whole minute; a bare number is minutes |
 * | `+2d` `+2g` | the same wall time in so many days |
 * | `10` `10.30` `10:30` `10,30` `1030` `9am` `3 pm` | the next time the clock shows that |
 * | `o15` `oggi 15` `today 15` | today, refused when past |
 * | `d10` `domani 10` `t10` `tomorrow at 10` `dopodomani 9` | that day |
 * | `l15.30` `lun 15.30` `ma` `me` `g` `v` `s` `dom`, `mon` `tu` `w` `th` `f` `sa` `su` | the next such weekday after today |
 * | `28/11 9` `28/11/2026 9:15` `2026-11-28 9` | that date, day before month; without a year the next one to come |
 * | `mattina` `pomeriggio` `sera`, `morning` … | 10:00, 15:00, 18:30; with an hour they choose the half of the day |
 *
 * A day without a time means 10:00. Hours are on the 24-hour clock: `3` is at night, `3pm` is not.
 * A wall time that a clock change skips is `no-such-time`; one that occurs twice is its first one still to come.
 */
export function parseCallback(text: string, context: Context): ParsedCallback {
  const said = normalize(text)
  if (said === '') return { ok: false, reason: 'empty' }
  const now = DateTime.fromMillis(context.now, { zone: context.zone })
  return fromNow(said, now) ?? onTheClock(said, now, context.locale ?? 'it')
}

/** Examples for the help beside the field; `key` names the sentence that explains one. */
export function describeHelp(locale: CallbackLocale): readonly { example: string; key: string }[] {
  const italian = locale === 'it'
  return [
    { example: italian ? 'd10' : 't10', key: 'tomorrow' },
    { example: italian ? 'o15.30' : 'today 15:30', key: 'today' },
    { example: italian ? 'l15.30' : 'mon 15:30', key: 'weekday' },
    { example: italian ? 'd pomeriggio' : 't afternoon', key: 'part-of-day' },
    { example: '28/11 9', key: 'date' },
    { example: '+2h', key: 'hours' },
    { example: '+30', key: 'minutes' },
    { example: '10', key: 'next-time' },
  ]
}

const notUnderstood: ParsedCallback = { ok: false, reason: 'not-understood' }

const normalize = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’`]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

const minutesOf = { h: 60, o: 60, m: 1 } as const

function fromNow(said: string, now: DateTime): ParsedCallback | undefined {
  const match = /^(?:\+|tra |fra |in )\s*(\d{1,4})\s*(?:([a-z]+)\s*(\d{1,2})?\s*(?:m|min)?)?$/.exec(said)
  if (!match) return undefined
  const [, count = '', unit = 'm', more = '0'] = match
  if (/^(?:d|days?|g|gg|giorn[io])$/.test(unit)) {
    return more === '0' ? at(now.plus({ days: Number(count) }), timeOf(now), now) : notUnderstood
  }
  if (!/^(?:h|hours?|or[ae]|m|min|mins|minut[ieo]|minutes?)$/.test(unit)) return notUnderstood
  const first = unit[0] as keyof typeof minutesOf
  if (more !== '0' && first === 'm') return notUnderstood
  const minutes = Number(count) * minutesOf[first] + Number(more)
  return minutes === 0
    ? { ok: false, reason: 'in-the-past' }
    : { ok: true, at: now.plus({ minutes }).startOf('minute').toMillis() }
}

interface WallTime {
  hour: number
  minute: number
}

const timeOf = (moment: DateTime): WallTime => ({ hour: moment.hour, minute: moment.minute })
const noTimeGiven: WallTime = { hour: 10, minute: 0 }

function onTheClock(said: string, now: DateTime, locale: CallbackLocale): ParsedCallback {
  const day = splitDay(said, now, locale)
  if (day === undefined) return notUnderstood
  if (day === 'no-such-time') return { ok: false, reason: day }
  const rest = day.rest.replace(fillers, '').trim()
  const time = rest === '' && day.date ? noTimeGiven : readTime(rest)
  if (!time) return notUnderstood
  return day.date ? at(day.date, time, now) : nextTime(time, now)
}

/** The day named at the start, and what is left to say the time; no `date` where none is named. */
function splitDay(said: string, now: DateTime, locale: CallbackLocale) {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ]+(.*))?$/.exec(said)
  if (iso) return dated(now, iso[4], iso[3], iso[2], iso[1])
  const written =
    /^(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}|\d{2}))?(?: +(.*))?$/.exec(said) ??
    /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?: +(.*))?$/.exec(said)
  if (written) return dated(now, written[4], written[1], written[2], written[3])

  const [, word = '', rest = ''] = /^([a-z]+)[ .,]*(.*)$/.exec(said) ?? []
  const named = word === '' ? undefined : dayOf(word, locale)
  if (!named) return { date: undefined, rest: said }
  const days = 'inDays' in named ? named.inDays : ((named.weekday - now.weekday + 6) % 7) + 1
  return { date: now.plus({ days }), rest }
}

function dated(now: DateTime, rest = '', day = '', month = '', year = '') {
  const on = (inYear: number) =>
    DateTime.fromObject({ year: inYear, month: Number(month), day: Number(day) }, { zone: now.zone })
  if (year !== '') {
    const date = on(year.length === 2 ? 2000 + Number(year) : Number(year))
    return date.isValid ? { date, rest } : 'no-such-time'
  }
  const coming = [on(now.year), on(now.year + 1)].find((date) => date.isValid && date.endOf('day') >= now)
  return coming ? { date: coming, rest } : 'no-such-time'
}

function readTime(said: string): WallTime | undefined {
  const alone = dayParts.get(said)
  if (alone) return alone.from
  const match =
    /^(\d{1,2})(?:\s*[.:,h]\s*(\d{2}))?\s*([a-z]+)?$/.exec(said) ??
    /^(\d{1,2})(\d{2})\s*([a-z]+)?$/.exec(said)
  if (!match) return undefined
  const [, hours = '', minutes = '0', suffix] = match
  const minute = Number(minutes)
  const half = suffix === undefined || suffix === 'h' ? '24h' : halfOf(suffix)
  const hour = half && hourOf(Number(hours), half)
  return hour === undefined || minute > 59 ? undefined : { hour, minute }
}

function halfOf(suffix: string): 'am' | 'pm' | undefined {
  if (/^am?$/.test(suffix)) return 'am'
  if (/^pm?$/.test(suffix)) return 'pm'
  return dayParts.get(suffix)?.half
}

function hourOf(hour: number, half: 'am' | 'pm' | '24h'): number | undefined {
  if (hour > 23) return undefined
  if (half === '24h' || hour > 12) return hour
  return (hour % 12) + (half === 'pm' ? 12 : 0)
}

/** The instants of that day at which the clock shows `time`: none in a gap, two when the hour is repeated. */
function instantsAt(date: DateTime, time: WallTime): readonly Instant[] {
  const wall = { ...time, second: 0, millisecond: 0 }
  return date
    .set(wall)
    .getPossibleOffsets()
    .filter(
      (moment) => moment.hour === time.hour && moment.minute === time.minute && moment.hasSame(date, 'day'),
    )
    .map((moment) => moment.toMillis())
    .toSorted((left, right) => left - right)
}

function at(date: DateTime, time: WallTime, now: DateTime): ParsedCallback {
  const instants = instantsAt(date, time)
  if (instants.length === 0) return { ok: false, reason: 'no-such-time' }
  const coming = instants.find((instant) => instant > now.toMillis())
  return coming === undefined ? { ok: false, reason: 'in-the-past' } : { ok: true, at: coming }
}

function nextTime(time: WallTime, now: DateTime): ParsedCallback {
  // Two days on is enough: a clock change skips a time on one day only.
  for (const days of [0, 1, 2]) {
    const found = at(now.plus({ days }), time, now)
    if (found.ok) return found
  }
  return { ok: false, reason: 'no-such-time' }
}
