import { describe, expect, test } from 'vitest'
import customers from '../../../../resources/simulator/customers.json' with { type: 'json' }
import type { Behaviour } from './plan.ts'
import { behaviourOf, behaviours, plan, randomFor } from './plan.ts'

const planOf = (behaviour: Behaviour, language: 'it' | 'en' = 'it') =>
  plan(behaviour, customers[language], randomFor(1, '+390815520000', 0))

describe('what a simulated customer does', () => {
  test('is the same for the same seed, number and count of earlier calls', () => {
    const numbers = Array.from({ length: 50 }, (_, index) => `+3908155212${String(index + 10)}`)
    const day = (seed: number, earlier: number) =>
      numbers.map((number) => behaviourOf(number, randomFor(seed, number, earlier)))
    expect(day(1, 0)).toEqual(day(1, 0))
    expect(day(1, 0)).not.toEqual(day(2, 0))
    expect(day(1, 0)).not.toEqual(day(1, 1))
  })

  test.each([
    ['01', 'busy'],
    ['02', 'no-answer'],
    ['03', 'machine'],
    ['04', 'hangs-up-early'],
    ['05', 'hangs-up-midway'],
    ['06', 'invalid-number'],
    ['07', 'rejects'],
    ['08', 'answers'],
  ] as const)('is forced by the last digits: %s is %s', (digits, behaviour) => {
    for (const seed of [1, 2, 3]) {
      const number = `+3908155200${digits}`
      expect(behaviourOf(number, randomFor(seed, number, 0))).toBe(behaviour)
    }
  })

  test('is drawn by weight: about half answer, and everything happens on a long day', () => {
    const drawn = Array.from({ length: 2_000 }, (_, index) =>
      behaviourOf('+39081552009', randomFor(5, '+39081552009', index)),
    )
    const share = (behaviour: Behaviour) => drawn.filter((each) => each === behaviour).length / drawn.length
    expect(share('answers')).toBeCloseTo(0.48, 1)
    expect(behaviours.filter((behaviour) => share(behaviour) === 0)).toEqual([])
  })

  test('who is not reached never answers', () => {
    for (const behaviour of ['busy', 'no-answer', 'rejects', 'invalid-number'] as const) {
      const steps = planOf(behaviour)
      expect(steps.map(({ what }) => what)).not.toContain('answered')
      expect(steps.at(-1)?.what).toBe('ended')
    }
  })

  test('who answers and stays never ends the call', () => {
    expect(planOf('answers').map(({ what }) => what)).not.toContain('ended')
  })

  test('who hangs up midway has said some things before', () => {
    const steps = planOf('hangs-up-midway')
    expect(steps.filter(({ what }) => what === 'caption')).toHaveLength(4)
    expect(steps.at(-1)).toMatchObject({ what: 'ended', end: 'hung-up-by-them' })
  })

  test('speaks the language that is asked for', () => {
    const [it, en] = [planOf('hangs-up-early', 'it'), planOf('hangs-up-early', 'en')]
    const textOf = (steps: typeof it) => steps.flatMap((step) => (step.what === 'caption' ? [step.text] : []))
    expect(customers.it.early).toEqual(expect.arrayContaining(textOf(it)))
    expect(customers.en.early).toEqual(expect.arrayContaining(textOf(en)))
  })
})
