import { DateTime } from 'luxon'
import type { Instant } from '../../std/clock.ts'
import { isInside, isOpen, week } from './calling-hours.ts'
import type { CallingHours, DayWindow, WeekHours, Weekday } from './calling-hours.ts'
import { isHoliday, italianHolidays } from './holidays.ts'
import type { PublicHoliday } from './holidays.ts'

/** What the law, or a code of conduct that binds like one, allows: data, so that a country is added without code. */
export interface LawProfile {
  holidays: readonly PublicHoliday[]
  zone: string
  days: WeekHours
  /** Takes the place of a weekday's windows on the day before a public holiday. */
  preHoliday: readonly DayWindow[]
  /** On one number, over a day of `zone`. */
  attemptsPerDay: number
  /** On one number, in one campaign. */
  attemptsTotal: number
}

/**
 * Hours: code of conduct for telemarketing (Garante, provvedimento 148 of 7 March 2024, G.U. 73 of 27 March 2024):
 * Monday to Friday 9-20, Saturdays and days before a holiday 10-19, never on Sundays and holidays.
 * Attempts: the code's figure is not confirmed; three a day and eight in all is our own choice, to be loosened by counsel.
 * Patron saints of cities are left out: a mobile number has no city.
 */
export const italianLaw: LawProfile = {
  holidays: italianHolidays,
  zone: 'Europe/Rome',
  days: week([{ from: '09:00', to: '20:00' }], [{ from: '10:00', to: '19:00' }], []),
  preHoliday: [{ from: '10:00', to: '19:00' }],
  attemptsPerDay: 3,
  attemptsTotal: 8,
}

const allDay: readonly DayWindow[] = [{ from: '00:00', to: '24:00' }]

/** For a trunk behind which only machines of ours answer (a rehearsal, the tests): the campaign's own rules bind alone. */
export const rehearsalLaw: LawProfile = {
  ...italianLaw,
  holidays: [],
  days: week(allDay, allDay, allDay),
  preHoliday: allDay,
  attemptsPerDay: Number.MAX_SAFE_INTEGER,
  attemptsTotal: Number.MAX_SAFE_INTEGER,
}

export interface CallFacts {
  now: Instant
  /** `from` and `to` are ISO dates by the clock of `hours.zone`; both days belong to the campaign. */
  campaign: { from: string; to: string; hours: CallingHours }
  /** Null where no profile binds. */
  law: LawProfile | null
  doNotCall: boolean
  /** Of this number since midnight in the law's zone, and in all. */
  attemptsToday: number
  attemptsTotal: number
}

export type CallRefusal =
  | 'do-not-call'
  | 'total-attempts'
  | 'after-end'
  | 'before-start'
  | 'holiday'
  | 'law-hours'
  | 'campaign-hours'
  | 'daily-attempts'

/** `until`: the first instant at which the same facts allow it; null when waiting does not help. */
export type CallPermission =
  | { allowed: true }
  | { allowed: false; reason: CallRefusal; until: Instant | null }

/** Whether this number may be called now. Ask again at dial time: an answer given at load time is out of date. */
export function mayCall(facts: CallFacts): CallPermission {
  const reason = refusalAt(facts, facts.now)
  if (!reason) return { allowed: true }
  return { allowed: false, reason, until: nextAllowed(facts) }
}

/** The first instant from now on at which calling is allowed, looking a year ahead from its start; else null. */
export function nextAllowed(facts: CallFacts): Instant | null {
  const now = refusalAt(facts, facts.now)
  if (!now) return facts.now
  if (isForever(now)) return null
  const zone = facts.campaign.hours.zone
  const today = DateTime.fromMillis(facts.now, { zone }).startOf('day')
  const start = DateTime.fromISO(facts.campaign.from, { zone })
  // A day earlier, for a law whose zone is ahead of the campaign's.
  const first = (start > today ? start : today).minus({ days: 1 })
  for (let days = 0; days <= 367; days++) {
    for (const at of openings(facts, first.plus({ days }).toISODate() ?? '')) {
      if (at <= facts.now) continue
      const refusal = refusalAt(facts, at)
      if (!refusal) return at
      if (isForever(refusal)) return null
    }
  }
  return null
}

const isForever = (refusal: CallRefusal) =>
  refusal === 'do-not-call' || refusal === 'total-attempts' || refusal === 'after-end'

function refusalAt(facts: CallFacts, at: Instant): CallRefusal | undefined {
  const { campaign, law } = facts
  if (facts.doNotCall) return 'do-not-call'
  if (law && facts.attemptsTotal >= law.attemptsTotal) return 'total-attempts'
  const date = dateIn(campaign.hours.zone, at)
  if (date > campaign.to) return 'after-end'
  if (date < campaign.from) return 'before-start'
  const refused = law && lawRefusal(law, at)
  if (refused) return refused
  if (!isOpen(campaign.hours, at)) return 'campaign-hours'
  const sameDay = law && dateIn(law.zone, at) === dateIn(law.zone, facts.now)
  return sameDay && facts.attemptsToday >= law.attemptsPerDay ? 'daily-attempts' : undefined
}

function lawRefusal(law: LawProfile, at: Instant): 'holiday' | 'law-hours' | undefined {
  const local = DateTime.fromMillis(at, { zone: law.zone })
  if (isHoliday(law.holidays, isoDate(local))) return 'holiday'
  return isInside(lawWindows(law, local), local) ? undefined : 'law-hours'
}

/** A closed weekday stays closed on the eve of a holiday. */
function lawWindows(law: LawProfile, local: DateTime): readonly DayWindow[] {
  const usual = law.days[local.weekday as Weekday]
  const isEve = isHoliday(law.holidays, isoDate(local.plus({ days: 1 })))
  return isEve && usual.length > 0 ? law.preHoliday : usual
}

/**
 * The instants of a date at which "no" can turn into "yes": midnight, the beginning of a window (twice where the clock
 * shows it twice), and on a day on which the clocks change every half hour, since the clock jumps in and out of windows.
 */
function openings(facts: CallFacts, date: string): readonly Instant[] {
  const { hours } = facts.campaign
  const day = DateTime.fromISO(date, { zone: hours.zone })
  const moments = momentsOf(day, hours.days[day.weekday as Weekday])
  if (facts.law) {
    const legal = DateTime.fromISO(date, { zone: facts.law.zone })
    moments.push(...momentsOf(legal, lawWindows(facts.law, legal)))
  }
  return moments.toSorted((left, right) => left - right)
}

function momentsOf(day: DateTime, windows: readonly DayWindow[]): Instant[] {
  const next = day.plus({ days: 1 })
  if (next.offset !== day.offset) {
    const halves = Math.ceil((next.toMillis() - day.toMillis()) / 1_800_000)
    const everyHalfHour = Array.from({ length: halves }, (_, half) => day.toMillis() + half * 1_800_000)
    return [...everyHalfHour, ...startsOf(day, windows)]
  }
  return [day.toMillis(), ...startsOf(day, windows)]
}

function startsOf(day: DateTime, windows: readonly DayWindow[]): Instant[] {
  return windows.flatMap(({ from }) => {
    const [hour, minute] = from.split(':').map(Number)
    return day
      .set({ hour: hour ?? 0, minute: minute ?? 0 })
      .getPossibleOffsets()
      .map((moment) => moment.toMillis())
  })
}

const isoDate = (local: DateTime) => local.toFormat('yyyy-MM-dd')
const dateIn = (zone: string, at: Instant) => isoDate(DateTime.fromMillis(at, { zone }))
