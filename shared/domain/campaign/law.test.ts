import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { checkHours, isOpen, usualHours, week } from './calling-hours.ts'
import type { CallingHours } from './calling-hours.ts'
import { isHoliday, italianHolidays } from './holidays.ts'
import { italianLaw, mayCall, nextAllowed, rehearsalLaw } from './law.ts'
import type { CallFacts } from './law.ts'

const zone = 'Europe/Rome'
const instant = (local: string, inZone = zone) => DateTime.fromISO(local, { zone: inZone }).toMillis()
const local = (at: number | null) =>
  at === null ? null : DateTime.fromMillis(at, { zone }).toFormat('yyyy-MM-dd HH:mm')
const allDay = [{ from: '00:00', to: '24:00' }]
const always: CallingHours = { zone, days: week(allDay, allDay, allDay) }

const facts = (now: string, more: Partial<CallFacts> = {}): CallFacts => ({
  now: instant(now),
  campaign: { from: '2026-01-01', to: '2027-12-31', hours: always },
  law: italianLaw,
  doNotCall: false,
  attemptsToday: 0,
  attemptsTotal: 0,
  ...more,
})
const answer = (now: string, more: Partial<CallFacts> = {}) => {
  const permission = mayCall(facts(now, more))
  return permission.allowed ? 'allowed' : [permission.reason, local(permission.until)]
}

describe('in a rehearsal', () => {
  it('no hour, holiday or count of attempts of the law binds, the do-not-call list and the campaign do', () => {
    const rehearsal = { law: rehearsalLaw, attemptsToday: 50, attemptsTotal: 500 }
    for (const night of ['2026-11-24T03:00', '2026-11-29T12:00', '2026-12-25T23:30'])
      expect(answer(night, rehearsal)).toBe('allowed')
    expect(answer('2026-11-24T12:00', { ...rehearsal, doNotCall: true })).toEqual(['do-not-call', null])
    expect(answer('2028-01-01T12:00', rehearsal)).toEqual(['after-end', null])
  })
})

describe('under the Italian profile', () => {
  it('a workday is open from nine to twenty', () => {
    expect(answer('2026-11-24T08:59')).toEqual(['law-hours', '2026-11-24 09:00'])
    expect(answer('2026-11-24T09:00')).toBe('allowed')
    expect(answer('2026-11-24T19:59:59')).toBe('allowed')
    expect(answer('2026-11-24T20:00')).toEqual(['law-hours', '2026-11-25 09:00'])
  })

  it('a Saturday is open from ten to nineteen, a Sunday is closed', () => {
    expect(answer('2026-11-28T09:30')).toEqual(['law-hours', '2026-11-28 10:00'])
    expect(answer('2026-11-28T19:00')).toEqual(['law-hours', '2026-11-30 09:00'])
    expect(answer('2026-11-29T12:00')).toEqual(['law-hours', '2026-11-30 09:00'])
  })

  it('a holiday is closed and its eve is like a Saturday', () => {
    expect(answer('2026-12-07T09:30')).toEqual(['law-hours', '2026-12-07 10:00'])
    expect(answer('2026-12-08T12:00')).toEqual(['holiday', '2026-12-09 09:00'])
    // Christmas is a Friday, Saint Stephen a Saturday, then Sunday.
    expect(answer('2026-12-25T12:00')).toEqual(['holiday', '2026-12-28 09:00'])
  })

  it('Easter Monday, 25 April and Saint Francis are holidays, mothers day is not', () => {
    expect(isHoliday(italianHolidays, '2026-04-06')).toBe(true)
    expect(isHoliday(italianHolidays, '2027-03-29')).toBe(true)
    expect(isHoliday(italianHolidays, '2026-04-25')).toBe(true)
    // Saint Francis is back from 2026 on (law 151 of 8 October 2025).
    expect(isHoliday(italianHolidays, '2026-10-04')).toBe(true)
    expect(isHoliday(italianHolidays, '2026-05-10')).toBe(false)
  })

  it('a Sunday before a holiday stays closed', () => {
    expect(answer('2026-05-31T12:00')).toEqual(['law-hours', '2026-06-01 10:00'])
    expect(answer('2027-10-31T12:00')).toEqual(['law-hours', '2027-11-02 09:00'])
  })

  it('the fourth attempt of a day waits for tomorrow, the ninth for ever', () => {
    expect(answer('2026-11-24T15:00', { attemptsToday: 2, attemptsTotal: 7 })).toBe('allowed')
    expect(answer('2026-11-24T15:00', { attemptsToday: 3, attemptsTotal: 3 })).toEqual([
      'daily-attempts',
      '2026-11-25 09:00',
    ])
    expect(answer('2026-11-24T15:00', { attemptsTotal: 8 })).toEqual(['total-attempts', null])
  })

  it('who asked not to be called is never called', () => {
    expect(answer('2026-11-24T15:00', { doNotCall: true })).toEqual(['do-not-call', null])
  })
})

describe('a campaign with its own hours and dates', () => {
  const afternoons: CallingHours = { zone, days: week([{ from: '15:00', to: '18:00' }], [], []) }
  const campaign = { from: '2026-11-25', to: '2026-11-27', hours: afternoons }

  it('is called only in them', () => {
    expect(answer('2026-11-24T15:00', { campaign })).toEqual(['before-start', '2026-11-25 15:00'])
    expect(answer('2026-11-25T10:00', { campaign })).toEqual(['campaign-hours', '2026-11-25 15:00'])
    expect(answer('2026-11-25T15:00', { campaign })).toBe('allowed')
    expect(answer('2026-11-27T17:59', { campaign })).toBe('allowed')
    expect(answer('2026-11-27T18:00', { campaign })).toEqual(['campaign-hours', null])
    expect(answer('2026-11-28T15:00', { campaign })).toEqual(['after-end', null])
  })

  it('starts at its first opening even when that is months away', () => {
    const later = { ...campaign, from: '2028-03-01', to: '2028-03-31' }
    expect(answer('2026-11-24T15:00', { campaign: later })).toEqual(['before-start', '2028-03-01 15:00'])
  })

  it('that never meets the law has no next time', () => {
    const nights: CallingHours = { zone, days: week([{ from: '21:00', to: '23:00' }], [], []) }
    const permission = mayCall(
      facts('2026-11-24T15:00', {
        campaign: { ...campaign, from: '2026-01-01', to: '2029-12-31', hours: nights },
      }),
    )
    expect(permission).toEqual({ allowed: false, reason: 'campaign-hours', until: null })
  })

  it('in another zone is held to both clocks', () => {
    const athens: CallingHours = {
      zone: 'Europe/Athens',
      days: week([{ from: '09:00', to: '20:00' }], [], []),
    }
    const inAthens = { from: '2026-11-01', to: '2026-12-31', hours: athens }
    expect(answer('2026-11-24T08:30', { campaign: inAthens })).toEqual(['law-hours', '2026-11-24 09:00'])
    expect(answer('2026-11-24T19:00', { campaign: inAthens })).toEqual(['campaign-hours', '2026-11-25 09:00'])
  })
})

describe('when the clocks change', () => {
  const campaign = (days: CallingHours['days']) => ({
    from: '2026-01-01',
    to: '2026-12-31',
    hours: { zone, days },
  })

  it('a window that begins in the skipped hour begins when the hour is over', () => {
    const early = campaign(week([], [], [{ from: '02:30', to: '05:00' }]))
    expect(answer('2026-03-29T01:00', { law: null, campaign: early })).toEqual([
      'campaign-hours',
      '2026-03-29 03:00',
    ])
  })

  it('a window that ends in the repeated hour opens again when the hour comes back', () => {
    const night = campaign(week([], [], [{ from: '00:00', to: '02:30' }]))
    const closed = mayCall(
      facts('2026-10-25T12:00', { law: null, campaign: night, now: Date.UTC(2026, 9, 25, 0, 45) }),
    )
    expect(closed).toEqual({ allowed: false, reason: 'campaign-hours', until: Date.UTC(2026, 9, 25, 1, 0) })
  })

  it('the morning after is open at nine by the new clock', () => {
    expect(answer('2026-03-28T20:00')).toEqual(['law-hours', '2026-03-30 09:00'])
    expect(answer('2026-10-24T20:00')).toEqual(['law-hours', '2026-10-26 09:00'])
  })
})

describe('whatever the moment, the windows and the zone', () => {
  const quarter = fc
    .nat(95)
    .map(
      (count) =>
        `${String(Math.floor(count / 4)).padStart(2, '0')}:${String((count % 4) * 15).padStart(2, '0')}`,
    )
  const windows = fc.tuple(quarter, quarter).map(([left, right]) => {
    const [from, to] = [left, right].toSorted() as [string, string]
    return [{ from, to: from === to ? '24:00' : to }]
  })
  const someHours = fc
    .record({
      zone: fc.constantFrom(zone, 'Europe/London', 'America/New_York'),
      workday: windows,
      saturday: windows,
      sunday: windows,
    })
    .map((drawn): CallingHours => ({
      zone: drawn.zone,
      days: week(drawn.workday, drawn.saturday, drawn.sunday),
    }))
  const someFacts = fc
    .record({
      now: fc.oneof(
        fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 31) }),
        // The nights on which Italy changes its clocks.
        fc.integer({ min: Date.UTC(2026, 2, 28, 20), max: Date.UTC(2026, 2, 29, 6) }),
        fc.integer({ min: Date.UTC(2026, 9, 24, 20), max: Date.UTC(2026, 9, 25, 6) }),
      ),
      hours: someHours,
      law: fc.constantFrom(italianLaw, null),
      attemptsToday: fc.nat(4),
    })
    .map(({ now, hours, law, attemptsToday }) =>
      facts('2026-01-01', {
        now,
        law,
        attemptsToday,
        campaign: { from: '2026-02-01', to: '2026-11-30', hours },
      }),
    )

  it('what is allowed lies in a window of the campaign and in its dates', () => {
    fc.assert(
      fc.property(someFacts, (drawn) => {
        fc.pre(mayCall(drawn).allowed)
        expect(isOpen(drawn.campaign.hours, drawn.now)).toBe(true)
        const date = DateTime.fromMillis(drawn.now, { zone: drawn.campaign.hours.zone }).toISODate() ?? ''
        expect(date >= '2026-02-01' && date <= '2026-11-30').toBe(true)
      }),
    )
  })

  it('the moment to wait for is allowed, and no moment before it is', () => {
    fc.assert(
      fc.property(
        someFacts,
        fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
          minLength: 5,
          maxLength: 5,
        }),
        (drawn, shares) => {
          const permission = mayCall(drawn)
          fc.pre(!permission.allowed && permission.until !== null)
          const until = permission.allowed ? 0 : (permission.until ?? 0)
          // Attempts of the day are counted anew after midnight: asked with the facts of that moment.
          const at = (now: number) => {
            const day = (moment: number) => DateTime.fromMillis(moment, { zone: italianLaw.zone }).toISODate()
            return mayCall({
              ...drawn,
              now,
              attemptsToday: day(now) === day(drawn.now) ? drawn.attemptsToday : 0,
            }).allowed
          }
          expect(at(until)).toBe(true)
          expect(at(until - 1)).toBe(false)
          for (const share of shares) {
            // Rounding may reach `until` itself.
            const before = Math.min(until - 1, Math.floor(drawn.now + share * (until - drawn.now)))
            expect(at(before)).toBe(false)
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  it('what is allowed now needs no waiting', () => {
    expect(nextAllowed(facts('2026-11-24T15:00'))).toBe(instant('2026-11-24T15:00'))
  })
})

describe('hours that someone typed', () => {
  it('are checked in words', () => {
    expect(checkHours(usualHours)).toEqual([])
    expect(
      checkHours({ zone: 'Europe/Napoli', days: week([{ from: '20:00', to: '09:00' }], [], []) }),
    ).toMatchObject([
      { code: 'no-such-zone' },
      ...[1, 2, 3, 4, 5].map((day) => ({ code: 'bad-window', day })),
    ])
    expect(checkHours({ zone, days: week([], [], []) })).toEqual([{ code: 'never-open' }])
    const overlapping = [
      { from: '09:00', to: '13:00' },
      { from: '12:00', to: '18:00' },
    ]
    expect(checkHours({ zone, days: week([], overlapping, []) })).toEqual([
      { code: 'overlapping-windows', day: 6 },
    ])
    expect(checkHours({ zone, days: week([], [{ from: '9', to: '18:00' }], []) })).toEqual([
      { code: 'bad-window', day: 6 },
    ])
  })
})
