import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { describeHelp, parseCallback } from './callback-language.ts'
import type { CallbackLocale } from './callback-language.ts'

const zone = 'Europe/Rome'
const instant = (local: string) => DateTime.fromISO(local, { zone }).toMillis()
/** Tuesday. */
const tuesday = '2026-11-24T11:20:30'
const when = (text: string, now = tuesday, locale: CallbackLocale = 'it') => {
  const parsed = parseCallback(text, { now: instant(now), zone, locale })
  return parsed.ok ? DateTime.fromMillis(parsed.at, { zone }).toFormat('yyyy-MM-dd HH:mm') : parsed.reason
}

describe('a callback said in a few keys on Tuesday 24 November at 11:20', () => {
  it.each([
    ['d10', '2026-11-25 10:00'],
    ['d 10', '2026-11-25 10:00'],
    ['D10', '2026-11-25 10:00'],
    ['domani 10:30', '2026-11-25 10:30'],
    ['domani alle 10', '2026-11-25 10:00'],
    ['domani', '2026-11-25 10:00'],
    ['domani pomeriggio', '2026-11-25 15:00'],
    ['domani mattina', '2026-11-25 10:00'],
    ['domani sera', '2026-11-25 18:30'],
    ['domani alle 3 del pomeriggio', '2026-11-25 15:00'],
    ['t10', '2026-11-25 10:00'],
    ['tomorrow at 3pm', '2026-11-25 15:00'],
    ['tomorrow in the afternoon', '2026-11-25 15:00'],
    ['dopodomani 9', '2026-11-26 09:00'],
    ['dd9', '2026-11-26 09:00'],
    ['o15', '2026-11-24 15:00'],
    ['oggi 15', '2026-11-24 15:00'],
    ['today 15', '2026-11-24 15:00'],
    ['l15.30', '2026-11-30 15:30'],
    ['lunedì 15,30', '2026-11-30 15:30'],
    ['mon 1530', '2026-11-30 15:30'],
    ['mar 9', '2026-12-01 09:00'],
    ['mer 9', '2026-11-25 09:00'],
    ['w9', '2026-11-25 09:00'],
    ['g9', '2026-11-26 09:00'],
    ['th 9', '2026-11-26 09:00'],
    ['v9', '2026-11-27 09:00'],
    ['fri 9am', '2026-11-27 09:00'],
    ['s 11', '2026-11-28 11:00'],
    ['sabato mattina', '2026-11-28 10:00'],
    ['dom 11', '2026-11-29 11:00'],
    ['su 11', '2026-11-29 11:00'],
    ['+2h', '2026-11-24 13:20'],
    ['+30m', '2026-11-24 11:50'],
    ['+30', '2026-11-24 11:50'],
    ['+1h30', '2026-11-24 12:50'],
    ['+1h30m', '2026-11-24 12:50'],
    ['tra 2 ore', '2026-11-24 13:20'],
    ['in 30 minutes', '2026-11-24 11:50'],
    ['+2g', '2026-11-26 11:20'],
    ['+2d', '2026-11-26 11:20'],
    ['28/11 9', '2026-11-28 09:00'],
    ['28/11', '2026-11-28 10:00'],
    ['28-11 9', '2026-11-28 09:00'],
    ['28/11/2026 9:15', '2026-11-28 09:15'],
    ['28.11.2026 9.15', '2026-11-28 09:15'],
    ['28/11/26 9:15', '2026-11-28 09:15'],
    ['2026-11-28 9', '2026-11-28 09:00'],
    ['10/1 9', '2027-01-10 09:00'],
    ['10', '2026-11-25 10:00'],
    ['12', '2026-11-24 12:00'],
    ['1230', '2026-11-24 12:30'],
    ['930', '2026-11-25 09:30'],
    ['10:30', '2026-11-25 10:30'],
    ['10.30', '2026-11-25 10:30'],
    ['10,30', '2026-11-25 10:30'],
    ['3 pm', '2026-11-24 15:00'],
    ['12pm', '2026-11-24 12:00'],
    ['12am', '2026-11-25 00:00'],
    ['pomeriggio', '2026-11-24 15:00'],
    ['sera', '2026-11-24 18:30'],
    ['noon', '2026-11-24 12:00'],
  ])('%s is %s', (text, expected) => {
    expect(when(text)).toBe(expected)
  })

  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['boh', 'not-understood'],
    ['d25', 'not-understood'],
    ['d10.75', 'not-understood'],
    ['x10', 'not-understood'],
    ['+3x', 'not-understood'],
    ['10 20 30', 'not-understood'],
    ['o9', 'in-the-past'],
    ['24/11 9', 'in-the-past'],
    ['28/11/2025 9', 'in-the-past'],
    ['+0', 'in-the-past'],
    ['31/2 9', 'no-such-time'],
    ['32/1/2027', 'no-such-time'],
  ])('%j is refused: %s', (text, reason) => {
    expect(when(text)).toBe(reason)
  })

  it('m is martedì for an Italian interface and Monday for an English one', () => {
    expect(when('m9', tuesday, 'it')).toBe('2026-12-01 09:00')
    expect(when('m9', tuesday, 'en')).toBe('2026-11-30 09:00')
  })

  it('every example of the help is understood', () => {
    for (const locale of ['it', 'en'] as const) {
      for (const { example } of describeHelp(locale)) expect(when(example, tuesday, locale)).toMatch(/^2026/)
    }
  })
})

describe('when the clocks change', () => {
  it('a time that is skipped does not exist, and alone means the next day that has it', () => {
    expect(when('29/3 2.30', '2026-03-28T12:00')).toBe('no-such-time')
    expect(when('2.30', '2026-03-28T12:00')).toBe('2026-03-30 02:30')
  })

  it('a time that comes twice is its first one still to come', () => {
    const parsed = parseCallback('25/10 2.30', { now: instant('2026-10-24T12:00'), zone })
    expect(parsed).toEqual({ ok: true, at: Date.UTC(2026, 9, 25, 0, 30) })
    const later = parseCallback('o2.30', { now: Date.UTC(2026, 9, 25, 0, 45), zone })
    expect(later).toEqual({ ok: true, at: Date.UTC(2026, 9, 25, 1, 30) })
  })

  it('tomorrow at ten is at ten by the clock, and two hours are two hours', () => {
    expect(when('d10', '2026-10-24T12:00')).toBe('2026-10-25 10:00')
    expect(when('+2h', '2026-03-29T01:30')).toBe('2026-03-29 04:30')
  })
})

const moments = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 11, 31) })
const zones = fc.constantFrom('Europe/Rome', 'Europe/London', 'America/New_York', 'UTC')
const days = fc.constantFrom('', 'd', 't', 'l', 'g', 'v', 's', 'dom ', 'w', 'fri ', '15/8 ', '1/1 ')

describe('whenever a day and a time are understood', () => {
  it('the answer is in the future and its clock shows that time', () => {
    fc.assert(
      fc.property(moments, zones, days, fc.nat(23), fc.nat(59), (now, zone, day, hour, minute) => {
        const parsed = parseCallback(`${day}${hour}:${String(minute).padStart(2, '0')}`, { now, zone })
        fc.pre(parsed.ok || !['in-the-past', 'no-such-time'].includes(parsed.reason))
        if (!parsed.ok) throw new Error(`refused: ${parsed.reason}`)
        expect(parsed.at).toBeGreaterThan(now)
        expect(DateTime.fromMillis(parsed.at, { zone })).toMatchObject({ hour, minute, second: 0 })
      }),
    )
  })

  it('a time alone is never refused and is less than two days and an hour away', () => {
    fc.assert(
      fc.property(moments, zones, fc.nat(23), (now, zone, hour) => {
        const parsed = parseCallback(String(hour), { now, zone })
        const wait = parsed.ok ? parsed.at - now : 0
        expect(wait).toBeGreaterThan(0)
        expect(wait).toBeLessThanOrEqual(49 * 3_600_000)
      }),
    )
  })

  it('no text whatever makes the reader throw', () => {
    const read = fc.property(fc.string(), moments, (text, now) => {
      expect(typeof parseCallback(text, { now, zone }).ok).toBe('boolean')
    })
    fc.assert(read)
  })
})
