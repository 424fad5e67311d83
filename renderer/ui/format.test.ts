import { describe, expect, it } from 'vitest'
import { durationText, elapsedText, formats, remainingText, untilNextSecond } from './format.ts'

const at = (text: string) => Date.parse(text)

describe('durations', () => {
  it('are written as minutes and two-digit seconds', () => {
    expect([0, 3_000, 83_000, 740_000].map(durationText)).toEqual(['0:00', '0:03', '1:23', '12:20'])
  })
  it('gain hours only from one hour on', () => {
    expect([3_599_999, 3_600_000, 36_061_000].map(durationText)).toEqual(['59:59', '1:00:00', '10:01:01'])
  })
  it('never go below zero when the clocks disagree', () => {
    expect(elapsedText(5_000, 1_000)).toBe('0:00')
    expect(remainingText(1_000, 5_000)).toBe('0:00')
  })
  it('count down to zero only when the time is really over', () => {
    expect(remainingText(10_000, 9_999)).toBe('0:01')
    expect(remainingText(10_000, 10_000)).toBe('0:00')
  })
  it('change exactly when the next tick is due', () => {
    for (const now of [10_000, 10_001, 10_999, 12_345]) {
      const wait = untilNextSecond(7_250, now)
      expect(wait).toBeGreaterThan(0)
      expect(wait).toBeLessThanOrEqual(1_000)
      expect(elapsedText(7_250, now + wait - 1)).toBe(elapsedText(7_250, now))
      expect(elapsedText(7_250, now + wait)).not.toBe(elapsedText(7_250, now))
    }
  })
})

describe('numbers and dates', () => {
  const italian = formats('it-IT', 'Europe/Rome')
  const english = formats('en-GB', 'Europe/Rome')

  it('group thousands even in four-digit numbers', () => {
    expect(italian.number(1204)).toBe('1.204')
    expect(english.number(1204)).toBe('1,204')
  })
  it('write ratios, money and sizes as the language does', () => {
    expect(italian.percent(0.026)).toBe('2,6\u00a0%')
    expect(italian.money(3490)).toBe('34,90\u00a0€')
    expect(italian.bytes(3_100_000)).toBe('3,1\u00a0MB')
    expect(italian.bytes(12)).toBe('12\u00a0B')
  })
  it('write dates day first in both languages, in the given zone', () => {
    const late = at('2026-11-24T23:30:00Z')
    expect(italian.date(late)).toBe('25/11/2026')
    expect(english.dateTime(late)).toBe('25/11/2026 00:30')
    expect(italian.exactTime(late)).toBe('00:30:00')
    expect(italian.isoDate('2026-11-24')).toBe('24/11/2026')
    expect(italian.longDateTime(at('2026-11-24T10:43:00Z'))).toBe('martedì 24 novembre, 11:43')
  })
  it('shorten an instant by how far away it is', () => {
    const now = at('2026-11-24T10:43:00Z')
    expect(italian.when(at('2026-11-24T08:05:00Z'), now)).toBe('09:05')
    expect(italian.when(at('2026-11-23T17:05:00Z'), now)).toBe('ieri 18:05')
    expect(italian.when(at('2026-09-03T10:00:00Z'), now)).toBe('03/09')
    expect(italian.when(at('2025-09-03T10:00:00Z'), now)).toBe('03/09/2025')
  })
})
