import { describe, expect, it } from 'vitest'
import { barsOf, movedBy, pathOf, silentKey } from './rules.ts'

describe('the keys of the player', () => {
  it.each([
    ['ArrowRight', false, 15_000],
    ['ArrowLeft', false, 5_000],
    ['ArrowUp', true, 40_000],
    ['ArrowDown', true, 0],
    ['Home', false, 0],
    ['End', false, 60_000],
    ['PageUp', false, null],
  ])('%s (with Shift: %s) leads from 0:10 of a minute to %s ms', (key, shiftKey, to) => {
    expect(movedBy({ key, shiftKey }, 10_000, 60_000)).toBe(to)
  })

  it('never lead out of the sound', () => {
    expect(movedBy({ key: 'ArrowRight', shiftKey: false }, 59_000, 60_000)).toBe(60_000)
    expect(movedBy({ key: 'ArrowLeft', shiftKey: false }, 1_000, 60_000)).toBe(0)
  })
})

describe('a waveform', () => {
  it('has the loudest of each part as its bars, and a line where nobody speaks', () => {
    expect(barsOf([0, 255, 51, 0], 2)).toEqual([1, 0.2])
    expect(barsOf([0, 0], 2)).toEqual([0.02, 0.02])
    expect(barsOf([], 100)).toEqual([])
  })

  it('stands around its middle', () => {
    expect(pathOf([1, 0.2])).toBe('M0 0h0.65v100h-0.65zM1 40h0.65v20h-0.65z')
  })
})

describe('a recording that cannot be heard', () => {
  it('says why', () => {
    expect(silentKey({ state: 'stored', failure: null })).toBeNull()
    expect(silentKey({ state: 'deleted', failure: null })).toBe('recordings.silent.deleted')
    expect(silentKey({ state: 'not-recorded', failure: 'no-notice' })).toBe('recordings.silent.no-notice')
  })
})
