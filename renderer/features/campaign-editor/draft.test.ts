import { describe, expect, it } from 'vitest'
import type { OutcomeCode } from '../../../shared/std/ids.ts'
import {
  changedSections,
  copyDay,
  draftProblems,
  freeKey,
  isFixed,
  moveToKey,
  newDraft,
  numbersIn,
  sectionsInTrouble,
} from './draft.ts'

const draft = newDraft('2026-11-24', '2026-12-24')
const outcome = (code: string, key: number) => ({
  code: code as OutcomeCode,
  key,
  label: { it: code, en: code },
  effect: 'close-positive' as const,
  retryAfterMinutes: null,
  needsCompleteAnswers: false,
})

describe('a draft', () => {
  it('says which sections differ from what is saved', () => {
    expect(changedSections(draft, draft)).toEqual([])
    expect(changedSections({ ...draft, priority: 9, script: '{}' }, draft)).toEqual(['general', 'script'])
  })

  it('says what the server would refuse, and where', () => {
    const problems = draftProblems({
      ...draft,
      description: 'Fibra',
      to: '2026-11-01',
      hours: { ...draft.hours, days: { ...draft.hours.days, 2: [{ from: '10:00', to: '' }] } },
    })
    expect([...problems]).toEqual([
      ['code', 'missing'],
      ['to', 'end-before-start'],
      ['hours.2', 'bad-window'],
    ])
    expect(sectionsInTrouble(problems)).toEqual(['general', 'hours'])
  })

  it('says which numbers and prefixes no line would take', () => {
    const problems = draftProblems({
      ...draft,
      code: 'A',
      description: 'B',
      callerId: 'Telenova',
      lcrPrefix: '9 9',
      inbound: { numbers: ['800800800', 'x'] },
    })
    expect([...problems]).toEqual([
      ['callerId', 'bad-number'],
      ['lcrPrefix', 'bad-prefix'],
      ['inbound', 'bad-number'],
    ])
    expect(sectionsInTrouble(problems)).toEqual(['line'])
  })

  it('takes numbers as people write them, one a line', () => {
    expect(numbersIn('800 800 800\n\n+39 081/555.99-00, 204')).toEqual(['800800800', '+390815559900', '204'])
  })

  it('may have no hours at all: that stops the launch, not the saving', () => {
    const closed = copyDay(draft.hours, 7, [1, 2, 3, 4, 5, 6])
    expect(draftProblems({ ...draft, code: 'A', description: 'B', hours: closed }).size).toBe(0)
  })

  it('keeps its promises once launched', () => {
    expect(isFixed('draft', 'code')).toBe(false)
    expect(isFixed('running', 'code')).toBe(true)
    expect(isFixed('running', 'hours')).toBe(false)
    expect(isFixed('closed', 'hours')).toBe(true)
  })
})

describe('hours', () => {
  it('of one day are copied to the days asked for, as copies', () => {
    const hours = copyDay(
      { ...draft.hours, days: { ...draft.hours.days, 1: [{ from: '08:00', to: '12:00' }] } },
      1,
      [2, 7],
    )
    expect(hours.days[2]).toEqual([{ from: '08:00', to: '12:00' }])
    expect(hours.days[7]).toEqual(hours.days[1])
    expect(hours.days[7][0]).not.toBe(hours.days[1][0])
    expect(hours.days[3]).toEqual([{ from: '09:00', to: '20:00' }])
  })
})

describe('keys of outcomes', () => {
  const three = [outcome('a', 1), outcome('b', 2), outcome('c', 9)]
  it('are the lowest that is free', () => {
    expect(freeKey([])).toBe(1)
    expect(freeKey(three)).toBe(3)
    expect(freeKey([1, 2, 3, 4, 5, 6, 7, 8, 9].map((key) => outcome(String(key), key)))).toBeNull()
  })
  it('change places when one is moved to a key that is taken', () => {
    expect(moveToKey(three, 'c', 1).map(({ code, key }) => `${code}${key}`)).toEqual(['c1', 'b2', 'a9'])
    expect(moveToKey(three, 'c', 3).map(({ code, key }) => `${code}${key}`)).toEqual(['a1', 'b2', 'c3'])
    expect(moveToKey(three, 'c', 10)).toBe(three)
  })
})
