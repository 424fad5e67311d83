import { describe, expect, test } from 'vitest'
import { legEnds } from '../call/legs.ts'
import { afterTechnical, technicalOutcome, technicalOutcomes, technicalRules } from './technical-retry.ts'

const now = 1_000_000
const minutes = (outcome: Parameters<typeof afterTechnical>[0], times: number) =>
  (afterTechnical(outcome, times, now).dueAt - now) / 60_000

describe('a call that reached nobody', () => {
  test('is tried again after the delays of its row, and then next day', () => {
    expect([1, 2, 3, 9].map((times) => minutes('busy', times))).toEqual([15, 30, 24 * 60, 24 * 60])
    expect([1, 2, 3].map((times) => minutes('no-answer', times))).toEqual([180, 300, 1440])
  })

  test('for want of a line is tried at once and is no attempt of the customer’s, five times', () => {
    expect(afterTechnical('congestion', 1, now)).toEqual({
      dueAt: now + 60_000,
      counts: false,
      closeNumber: false,
    })
    expect(afterTechnical('congestion', 5, now)).toMatchObject({ counts: true })
  })

  test('because the number is unallocated gives it up only the second time', () => {
    expect(afterTechnical('invalid-number', 1, now)).toMatchObject({ closeNumber: false })
    expect(afterTechnical('invalid-number', 2, now)).toMatchObject({ closeNumber: true, dueAt: now })
  })

  test.each(technicalOutcomes)('%s has a rule that waits at least a minute and ends some time', (outcome) => {
    const rule = technicalRules[outcome]
    expect(rule.delays.every((delay) => delay >= 1)).toBe(true)
    expect(rule.most).toBeGreaterThan(0)
  })

  test('is told from one that was answered by its end', () => {
    expect(legEnds.filter((end) => technicalOutcome(end) === null)).toEqual([
      'hung-up-by-us',
      'hung-up-by-them',
      'transferred',
    ])
  })
})
