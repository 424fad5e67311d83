import { describe, expect, it } from 'vitest'
import { parseTime } from './time-text.ts'

describe('a typed time of day', () => {
  it('is understood with a colon, a full stop or nothing between', () => {
    expect(['9', '09:30', '9.30', '930', '0930', ' 18:05 '].map(parseTime)).toEqual([
      '09:00',
      '09:30',
      '09:30',
      '09:30',
      '09:30',
      '18:05',
    ])
  })
  it('may be the end of the day', () => {
    expect(parseTime('24')).toBe('24:00')
  })
  it('is refused when it does not exist', () => {
    expect(['', '25', '24:01', '9:60', '9:5', 'dieci'].map(parseTime)).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
    ])
  })
})
