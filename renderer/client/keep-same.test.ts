import { describe, expect, it } from 'vitest'
import { keepSame } from './keep-same.ts'

const copy = <T>(value: T): T => structuredClone(value)
const desk = {
  work: {
    attempt: 'a',
    offer: { contact: { name: 'Anna' }, phones: [{ e164: '+39' }] },
    draft: { note: '' },
  },
  undo: null,
}

describe('a value that replaces an older one', () => {
  it('is the older one itself where both say the same', () => {
    expect(keepSame(desk, copy(desk))).toBe(desk)
    expect(keepSame(null, null)).toBeNull()
  })

  it('keeps each part that did not change', () => {
    const next = keepSame(desk, { ...copy(desk), undo: { until: 5 } })
    expect(next).toEqual({ ...desk, undo: { until: 5 } })
    expect(next.work).toBe(desk.work)
  })

  it('is new along the way to a part that changed', () => {
    const changed = copy(desk)
    changed.work.draft.note = 'richiamare'
    const next = keepSame(desk, changed)
    expect(next.work).not.toBe(desk.work)
    expect(next.work.draft).toEqual({ note: 'richiamare' })
    expect(next.work.offer).toBe(desk.work.offer)
  })

  it.each([
    [
      [1, 2],
      [1, 2, 3],
    ],
    [
      [1, 2, 3],
      [1, 2],
    ],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1, b: 2 }, { a: 1 }],
    [{ a: undefined }, { b: undefined }],
    [[], {}],
    [{ a: null }, { a: {} }],
    ['text', { a: 1 }],
    [undefined, [undefined]],
  ])('says what is new: from %j to %j', (before, now) => {
    const expected = copy(now)
    expect(keepSame(before, now)).toStrictEqual(expected)
    expect(keepSame(before, copy(expected))).not.toBe(before)
  })
})
