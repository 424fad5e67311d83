import Holidays from 'date-holidays'
import { describe, expect, it } from 'vitest'
import { isHoliday, italianHolidays } from '../../shared/domain/campaign/holidays.ts'

const years = Array.from({ length: 50 }, (_, index) => 2012 + index)

function daysOf(year: number): string[] {
  const days = Array.from({ length: 366 }, (_, index) =>
    new Date(Date.UTC(year, 0, index + 1)).toISOString().slice(0, 10),
  )
  return days.filter((day) => day.startsWith(`${year}`))
}

describe('the public holidays of Italy', () => {
  it('are those of date-holidays, on each day of fifty years (2011 had one of its own, for a jubilee)', () => {
    const library = new Holidays('IT')
    for (const year of years) {
      const theirs = library.getHolidays(year).filter(({ type }) => type === 'public')
      const ours = daysOf(year).filter((day) => isHoliday(italianHolidays, day))
      expect(ours).toEqual([...new Set(theirs.map(({ date }) => date.slice(0, 10)))].toSorted())
    }
  })

  it('have Saint Francis since 2026', () => {
    expect(isHoliday(italianHolidays, '2025-10-04')).toBe(false)
    expect(isHoliday(italianHolidays, '2026-10-04')).toBe(true)
  })

  it('are none where no country’s law binds', () => {
    expect(isHoliday([], '2026-12-25')).toBe(false)
  })
})
