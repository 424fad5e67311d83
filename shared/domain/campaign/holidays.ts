import Holidays from 'date-holidays'

const yearsOf = new Map<string, ReadonlySet<string>>()

/** National public holidays, without the patron saints of cities. `date` is ISO (`2026-12-25`), `country` ISO 3166. */
export function isHoliday(country: string, date: string): boolean {
  const year = date.slice(0, 4)
  const key = `${country} ${year}`
  let dates = yearsOf.get(key)
  if (!dates) {
    const all = new Holidays(country).getHolidays(Number(year))
    dates = new Set(all.filter(({ type }) => type === 'public').map((holiday) => holiday.date.slice(0, 10)))
    yearsOf.set(key, dates)
  }
  return dates.has(date)
}
