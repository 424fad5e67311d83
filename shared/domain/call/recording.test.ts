import { describe, expect, it } from 'vitest'
import { marked, pausesInSound, soundAt } from './recording.ts'

describe('the marks of a recording', () => {
  it('open a pause with its reason, gather reasons while it lasts, and close it when none is left', () => {
    const first = marked([], ['sensitive'], 5_000)
    expect(first).toEqual([{ from: 5_000, to: null, why: ['sensitive'] }])
    const more = marked(first, ['sensitive', 'hold'], 6_000)
    expect(more).toEqual([{ from: 5_000, to: null, why: ['sensitive', 'hold'] }])
    expect(marked(more, ['hold'], 7_000)).toBe(more)
    const closed = marked(more, [], 9_000)
    expect(closed).toEqual([{ from: 5_000, to: 9_000, why: ['sensitive', 'hold'] }])
    expect(marked(closed, [], 9_500)).toBe(closed)
    expect(marked(closed, ['operator'], 12_000)).toHaveLength(2)
  })

  it('lie in the sound where they began, since a pause takes no time in it', () => {
    const marks = [
      { from: 11_000, to: 15_000, why: ['sensitive'] },
      { from: 20_000, to: null, why: ['operator'] },
    ] as const
    expect(pausesInSound(10_000, marks)).toEqual([
      { atMs: 1_000, lastedMs: 4_000, why: ['sensitive'] },
      { atMs: 6_000, lastedMs: null, why: ['operator'] },
    ])
  })

  it('take no sound: how much there is counts without them, also within one', () => {
    const marks = [
      { from: 11_000, to: 15_000, why: ['sensitive'] },
      { from: 20_000, to: null, why: ['operator'] },
    ] as const
    const at = [9_000, 10_500, 13_000, 16_000, 25_000].map((instant) => soundAt(10_000, marks, instant))
    expect(at).toEqual([0, 500, 1_000, 2_000, 6_000])
  })
})
