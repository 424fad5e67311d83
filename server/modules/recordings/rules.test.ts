import { describe, expect, it } from 'vitest'
import { rangeOf } from './rules.ts'

describe('a Range header', () => {
  it.each([
    [null, 'whole'],
    ['bytes=0-', { from: 0, to: 99 }],
    ['bytes=10-19', { from: 10, to: 19 }],
    ['bytes=90-500', { from: 90, to: 99 }],
    ['bytes=-10', { from: 90, to: 99 }],
    ['bytes=-500', { from: 0, to: 99 }],
    ['bytes=100-', null],
    ['bytes=-0', null],
    ['bytes=20-10', 'whole'],
    ['bytes=0-1,5-6', 'whole'],
    ['pages=1-2', 'whole'],
    ['bytes=-', 'whole'],
  ])('%j of 100 bytes means %j', (header, range) => {
    expect(rangeOf(header, 100)).toEqual(range)
  })
})
