import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { begin, next } from './attempt.ts'
import type { Attempt, AttemptEvent, AttemptName } from './attempt.ts'

const at = 9_000
const dialing = begin(at)
const asked = null
const inState: Record<AttemptName, Attempt> = {
  dialing,
  ringing: { name: 'ringing', dialedAt: at, asked },
  answered: { name: 'answered', dialedAt: at, answeredAt: at, asked },
  bridged: { name: 'bridged', dialedAt: at, answeredAt: at, asked },
  ended: { name: 'ended', dialedAt: at, answeredAt: at, endedAt: at, end: 'hung-up-by-them', asked },
  failed: { name: 'failed', dialedAt: at, endedAt: at, end: 'busy', asked },
}
const events: Record<AttemptEvent['type'], AttemptEvent> = {
  ringing: { type: 'ringing', at },
  answered: { type: 'answered', at },
  bridged: { type: 'bridged', at },
  'hang-up-asked': { type: 'hang-up-asked', at },
  'timed-out': { type: 'timed-out', at },
  lost: { type: 'lost', at },
  ended: { type: 'ended', end: 'busy', at },
}
const over = { ended: '-', failed: '-' } as const

/** Where each state goes on each event, with what is to be done; '-' is ignored. */
const table: Record<AttemptEvent['type'], Record<AttemptName, string>> = {
  ringing: { dialing: 'ringing', ringing: '-', answered: '-', bridged: '-', ...over },
  answered: { dialing: 'answered bridge', ringing: 'answered bridge', answered: '-', bridged: '-', ...over },
  bridged: { dialing: '-', ringing: '-', answered: 'bridged', bridged: '-', ...over },
  'hang-up-asked': {
    dialing: 'dialing hang-up',
    ringing: 'ringing hang-up',
    answered: 'answered hang-up',
    bridged: 'bridged hang-up',
    ...over,
  },
  'timed-out': {
    dialing: 'dialing hang-up',
    ringing: 'ringing hang-up',
    answered: '-',
    bridged: '-',
    ...over,
  },
  lost: { dialing: 'failed', ringing: 'failed', answered: 'ended', bridged: 'ended', ...over },
  ended: { dialing: 'failed', ringing: 'failed', answered: 'ended', bridged: 'ended', ...over },
}

function run(attempt: Attempt, history: readonly AttemptEvent[]): Attempt {
  return history.reduce((before, event) => {
    const step = next(before, event)
    return 'attempt' in step ? step.attempt : before
  }, attempt)
}

describe('an attempt', () => {
  const types = Object.keys(table) as AttemptEvent['type'][]
  describe.each(types)('on %s', (type) => {
    test.each(Object.keys(inState) as AttemptName[])('while %s goes where the table says', (name) => {
      const step = next(inState[name], events[type])
      const result = 'ignored' in step ? '-' : [step.attempt.name, ...step.effects].join(' ')
      expect(result).toBe(table[type][name])
    })
  })

  test('that nobody answered ends as the switch says', () => {
    expect(run(dialing, [events.ended])).toMatchObject({ name: 'failed', end: 'busy' })
  })

  test('that rang out by our own time is no answer, whatever the switch calls it', () => {
    const end = { type: 'ended', end: 'unreachable', at } as const
    expect(run(dialing, [events.ringing, events['timed-out'], end])).toMatchObject({ end: 'no-answer' })
  })

  test('that we took down while it rang was cancelled', () => {
    expect(run(dialing, [events['hang-up-asked'], events.ended])).toMatchObject({ end: 'cancelled' })
  })

  test('answered in a race with our cancel counts as answered and is taken down again', () => {
    const cancelled = run(dialing, [events['hang-up-asked']])
    expect(next(cancelled, events.answered)).toMatchObject({ effects: ['hang-up'] })
    expect(run(cancelled, [events.answered, events.ended])).toMatchObject({
      name: 'ended',
      end: 'hung-up-by-us',
    })
  })

  test('that was up is ended by whoever wished it', () => {
    expect(run(dialing, [events.answered, events.ended])).toMatchObject({ end: 'hung-up-by-them' })
    expect(run(dialing, [events.answered, events['hang-up-asked'], events.ended])).toMatchObject({
      end: 'hung-up-by-us',
    })
  })

  test('whose end was missed is lost, whatever it was', () => {
    const lost = { type: 'ended', end: 'lost', at } as const
    expect(run(dialing, [events.answered, lost])).toMatchObject({ name: 'ended', end: 'lost' })
    expect(run(dialing, [events['hang-up-asked'], lost])).toMatchObject({ name: 'failed', end: 'lost' })
  })

  test('is over after an end, whatever came before, and bridges at most once', () => {
    const any = fc.constantFrom(...types).map((type) => events[type])
    fc.assert(
      fc.property(fc.array(any, { maxLength: 25 }), (history) => {
        const last = run(dialing, [...history, events.ended])
        expect(['ended', 'failed']).toContain(last.name)
        let attempt = dialing
        let bridges = 0
        for (const event of history) {
          const step = next(attempt, event)
          if (!('attempt' in step)) continue
          attempt = step.attempt
          bridges += step.effects.filter((effect) => effect === 'bridge').length
        }
        expect(bridges).toBeLessThanOrEqual(1)
      }),
    )
  })
})
