import { describe, expect, it } from 'vitest'
import type { Course } from './recording-rules.ts'
import { nextStep } from './recording-rules.ts'

const course = (change: Partial<Course>): Course => ({
  wanted: true,
  notice: 'unheard',
  recording: 'none',
  ...change,
})
const step = (change: Partial<Course>, ...inTheWay: Parameters<typeof nextStep>[2]) =>
  nextStep(course(change), true, inTheWay)

describe('a recording that is wanted', () => {
  it('begins with the notice, and is made once that was heard', () => {
    expect(step({})).toBe('play-notice')
    expect(step({ notice: 'playing' })).toBeNull()
    expect(step({ notice: 'heard' })).toBe('start')
    expect(step({ notice: 'heard', recording: 'on' })).toBeNull()
  })

  it('is never made where the notice could not be played', () => {
    expect(step({ notice: 'failed' })).toBeNull()
  })

  it.each(['hold', 'consult', 'phone'] as const)(
    'has its notice again after %s, which breaks it off',
    (why) => {
      expect(step({}, why)).toBeNull()
      expect(step({ notice: 'playing' }, why)).toBe('stop-notice')
    },
  )

  it.each(['operator', 'sensitive'] as const)('has its notice in spite of %s, and does not begin', (why) => {
    expect(step({}, why)).toBe('play-notice')
    expect(step({ notice: 'playing' }, why)).toBeNull()
    expect(step({ notice: 'heard' }, why)).toBeNull()
  })

  it('stands still while anything is in the way, and goes on when nothing is', () => {
    expect(step({ notice: 'heard', recording: 'on' }, 'sensitive')).toBe('pause')
    expect(step({ notice: 'heard', recording: 'paused' }, 'sensitive', 'hold')).toBeNull()
    expect(step({ notice: 'heard', recording: 'paused' })).toBe('resume')
  })
})

describe('a recording that is not wanted, or whose call is not up', () => {
  it.each([
    ['not wanted', { wanted: false }, true],
    ['not up', {}, false],
  ] as const)('(%s) stops whatever there is of it', (_name, change, isUp) => {
    expect(nextStep(course({ ...change, notice: 'playing' }), isUp, [])).toBe('stop-notice')
    expect(nextStep(course({ ...change, notice: 'heard', recording: 'paused' }), isUp, ['hold'])).toBe('stop')
    expect(nextStep(course(change), isUp, [])).toBeNull()
  })
})
