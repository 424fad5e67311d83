import { describe, expect, it } from 'vitest'
import { sparkPoints } from './sparkline.tsx'

describe('the points of a small line', () => {
  it('span the whole width and height', () => {
    expect(sparkPoints([0, 5, 10])).toBe('0.0,22.0 50.0,12.0 100.0,2.0')
  })
  it('run flat in the middle when nothing changes', () => {
    expect(sparkPoints([3, 3])).toBe('0.0,12.0 100.0,12.0')
  })
})
