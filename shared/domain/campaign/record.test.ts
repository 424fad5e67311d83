import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AttemptId, UserId } from '../../std/ids.ts'
import { outcomeEffects } from './outcomes.ts'
import { newRecord, next, type CampaignRecord, type RecordEvent, type RecordState } from './record.ts'

const at = 60_000
const attempt = 'attempt-1' as AttemptId
const operator = 'anna' as UserId
const held = { operator, attempt }

const inState: Record<RecordState, CampaignRecord> = {
  waiting: newRecord,
  reserved: { ...newRecord, ...held, state: 'reserved' },
  working: { ...newRecord, ...held, state: 'working', attempts: 1 },
  closed: { ...newRecord, state: 'closed', closedAs: 'negative', attempts: 1 },
}

const wrappedUp = (
  effect: (typeof outcomeEffects)[number],
  more: Partial<Extract<RecordEvent, { type: 'wrapped-up' }>> = {},
): Extract<RecordEvent, { type: 'wrapped-up' }> => ({
  type: 'wrapped-up',
  attempt,
  at,
  outcome: { effect, retryAfterMinutes: effect === 'retry' ? 30 : null },
  callbackAt: effect === 'callback' ? at + 1_000 : null,
  maxAttempts: 3,
  numbersLeft: 0,
  ...more,
})

const events: Record<RecordEvent['type'], RecordEvent> = {
  offered: { type: 'offered', ...held },
  withdrawn: { type: 'withdrawn', attempt },
  started: { type: 'started', attempt },
  refused: { type: 'refused', attempt, dueAt: at + 5, close: null },
  'wrapped-up': wrappedUp('close-positive'),
  undone: { type: 'undone', before: inState.working },
  removed: { type: 'removed' },
  'not-reached': { type: 'not-reached', attempt, dueAt: at + 5, counts: true, maxAttempts: 3, close: null },
  'handed-on': {
    type: 'handed-on',
    attempt,
    operator: 'luca' as UserId,
    to: 'attempt-2' as AttemptId,
  },
  'called-in': { type: 'called-in', ...held },
  taken: { type: 'taken', ...held },
  'given-back': { type: 'given-back', attempt, found: newRecord },
}

/** Where each state goes on each event; '-' is ignored. An event without a row does not compile. */
const table: Record<RecordEvent['type'], Record<RecordState, RecordState | '-'>> = {
  offered: { waiting: 'reserved', reserved: '-', working: '-', closed: '-' },
  withdrawn: { waiting: '-', reserved: 'waiting', working: '-', closed: '-' },
  started: { waiting: '-', reserved: 'working', working: '-', closed: '-' },
  refused: { waiting: '-', reserved: 'waiting', working: '-', closed: '-' },
  'wrapped-up': { waiting: '-', reserved: '-', working: 'closed', closed: '-' },
  undone: { waiting: 'working', reserved: '-', working: '-', closed: 'working' },
  removed: { waiting: 'closed', reserved: '-', working: '-', closed: '-' },
  'not-reached': { waiting: '-', reserved: '-', working: 'waiting', closed: '-' },
  'handed-on': { waiting: '-', reserved: '-', working: 'working', closed: '-' },
  'called-in': { waiting: 'working', reserved: '-', working: '-', closed: 'working' },
  taken: { waiting: 'reserved', reserved: '-', working: '-', closed: 'reserved' },
  'given-back': { waiting: '-', reserved: 'waiting', working: 'waiting', closed: '-' },
}

describe('a record', () => {
  describe.each(Object.keys(table) as RecordEvent['type'][])('on %s', (type) => {
    test.each(Object.keys(inState) as RecordState[])('while %s goes where the table says', (state) => {
      const step = next(inState[state], events[type])
      expect('ignored' in step ? '-' : step.record.state).toBe(table[type][state])
    })
  })

  const notReached = (
    more: Partial<Extract<RecordEvent, { type: 'not-reached' }>>,
    from = inState.working,
  ) => {
    const step = next(from, { ...events['not-reached'], ...more } as RecordEvent)
    return 'record' in step ? step.record : step
  }

  test('not reached waits as long as it is told, and what our own side failed at is no attempt', () => {
    expect(notReached({})).toMatchObject({ kind: 'retry', dueAt: at + 5, attempts: 1, operator: null })
    expect(notReached({ counts: false })).toMatchObject({ attempts: 0, kind: 'retry' })
  })

  test('not reached on its last attempt closes, unless it is a callback', () => {
    expect(notReached({ maxAttempts: 1 })).toMatchObject({ state: 'closed', closedAs: 'attempts-used-up' })
    const callback = { ...inState.working, kind: 'callback', callbackOperator: operator } as const
    expect(notReached({ maxAttempts: 1 }, callback)).toMatchObject({ state: 'waiting', kind: 'callback' })
    expect(notReached({ close: 'wrong-number' })).toMatchObject({ closedAs: 'wrong-number' })
  })

  test('handed on is worked by the colleague under an attempt of theirs', () => {
    const step = next(inState.working, events['handed-on'])
    expect(step).toMatchObject({ record: { state: 'working', operator: 'luca', attempt: 'attempt-2' } })
  })

  test('asked to call back waits for that instant and that operator', () => {
    expect(wrap(wrappedUp('callback'))).toMatchObject({
      state: 'waiting',
      kind: 'callback',
      dueAt: at + 1_000,
      callbackOperator: operator,
      operator: null,
    })
  })

  test('to retry waits for as long as its outcome says', () => {
    expect(wrap(wrappedUp('retry'))).toMatchObject({
      state: 'waiting',
      kind: 'retry',
      dueAt: at + 30 * 60_000,
    })
  })

  test('to retry is closed once its attempts are used up', () => {
    const last = { ...inState.working, attempts: 3 }
    expect(wrap(wrappedUp('retry'), last)).toMatchObject({ state: 'closed', closedAs: 'attempts-used-up' })
  })

  test('keeps a callback the customer asked for even on the last attempt', () => {
    expect(wrap(wrappedUp('callback'), { ...inState.working, attempts: 3 }).kind).toBe('callback')
  })

  test('with a wrong number goes on at once with the next number, where there is one', () => {
    expect(wrap(wrappedUp('wrong-number', { numbersLeft: 1 }))).toMatchObject({ kind: 'retry', dueAt: at })
    expect(wrap(wrappedUp('wrong-number'))).toMatchObject({ state: 'closed', closedAs: 'wrong-number' })
  })

  const callback: CampaignRecord = { ...newRecord, kind: 'callback', dueAt: at, callbackOperator: operator }
  test.each([
    ['a callback that was promised', callback],
    ['a record that was closed', inState.closed],
  ])('%s is left as it was by a call beside the campaign that decides nothing', (_what, found) => {
    const working = wrap(events['called-in'], found)
    expect(wrap(wrappedUp('retry', { found }), working)).toEqual(found)
    expect(wrap(wrappedUp('close-positive', { found }), working).closedAs).toBe('positive')
    expect(wrap(wrappedUp('callback', { found }), working)).toMatchObject({ dueAt: at + 1_000 })
  })

  test('given back is exactly what was found, and gone where it was made for the call', () => {
    const step = next(inState.reserved, { type: 'given-back', attempt, found: inState.closed })
    expect(step).toEqual({ record: inState.closed })
    const made = next(inState.reserved, { type: 'given-back', attempt, found: null })
    expect(made).toMatchObject({ record: { state: 'closed', closedAs: 'removed' } })
  })

  test('undone is exactly what it was', () => {
    const step = next(wrap(wrappedUp('do-not-call')), { type: 'undone', before: inState.working })
    expect(step).toEqual({ record: inState.working })
  })

  const anyEvent = fc.oneof(
    fc.constantFrom(
      ...Object.values(events).filter(({ type }) => type !== 'undone' && type !== 'given-back'),
    ),
    fc.constantFrom(...outcomeEffects).map((effect) => wrappedUp(effect)),
  )

  test('is held by an operator exactly while reserved or working', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), (history) => {
        const record = run(history)
        const isHeld = record.state === 'reserved' || record.state === 'working'
        expect(record.operator !== null).toBe(isHeld)
        expect(record.attempt !== null).toBe(isHeld)
      }),
    )
  })

  test('counts exactly the attempts that were started, and is opened again by nothing but a caller or a hand', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), (history) => {
        let record = newRecord
        let started = 0
        for (const event of history) {
          const step = next(record, event)
          if ('ignored' in step) continue
          if (record.state === 'closed') expect(['called-in', 'taken']).toContain(event.type)
          if (event.type === 'started') started++
          record = step.record
        }
        expect(record.attempts).toBe(started)
      }),
    )
  })
})

function wrap(event: RecordEvent, from = inState.working): CampaignRecord {
  const step = next(from, event)
  if ('ignored' in step) throw new Error(step.ignored)
  return step.record
}

function run(history: readonly RecordEvent[]): CampaignRecord {
  return history.reduce((before, event) => {
    const step = next(before, event)
    return 'ignored' in step ? before : step.record
  }, newRecord)
}
