/** `day` is `month-day`; the others move with Easter Sunday. `since` is the first year where it is younger than 2000. */
export type PublicHoliday = { name: string; since?: number } & ({ day: string } | { afterEaster: number })

/**
 * Law 260 of 27 May 1949, art. 2, as it stands: law 54 of 1977 took days away, D.P.R. 792 of 1985 gave back the Epiphany,
 * law 336 of 2000 the second of June, law 151 of 2025 the fourth of October. A table and not the library, which keeps the
 * days of all countries and their calendars in memory (10 MB of the server): the test asks it whether both agree.
 */
export const italianHolidays: readonly PublicHoliday[] = [
  { name: 'Capodanno', day: '01-01' },
  { name: 'Epifania', day: '01-06' },
  { name: 'Pasqua', afterEaster: 0 },
  { name: 'Lunedì dell’Angelo', afterEaster: 1 },
  { name: 'Liberazione', day: '04-25' },
  { name: 'Festa del lavoro', day: '05-01' },
  { name: 'Festa della Repubblica', day: '06-02', since: 2001 },
  { name: 'Assunzione', day: '08-15' },
  { name: 'San Francesco', day: '10-04', since: 2026 },
  { name: 'Ognissanti', day: '11-01' },
  { name: 'Immacolata', day: '12-08' },
  { name: 'Natale', day: '12-25' },
  { name: 'Santo Stefano', day: '12-26' },
]

/** `date` is ISO: `2026-12-25`. */
export function isHoliday(holidays: readonly PublicHoliday[], date: string): boolean {
  const year = Number(date.slice(0, 4))
  const day = date.slice(5)
  return holidays.some(
    (holiday) =>
      (holiday.since ?? year) <= year &&
      day === ('day' in holiday ? holiday.day : monthDay(easterSunday(year) + holiday.afterEaster * dayMs)),
  )
}

const dayMs = 86_400_000
const monthDay = (at: number): string => new Date(at).toISOString().slice(5, 10)

/** Midnight UTC, for the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8). */
function easterSunday(year: number): number {
  const a = year % 19
  const century = Math.floor(year / 100)
  const c = year % 100
  const g = Math.floor((8 * century + 13) / 25)
  const h = (19 * a + century - Math.floor(century / 4) - g + 15) % 30
  const l = (32 + 2 * (century % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const n = h + l - 7 * m + 114
  return Date.UTC(year, Math.floor(n / 31) - 1, (n % 31) + 1)
}
