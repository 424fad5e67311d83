import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AttemptId } from '../../std/ids.ts'
import {
  next,
  offline,
  operatorStates,
  type Operator,
  type OperatorEvent,
  type OperatorState,
} from './operator.ts'

const at = 5_000
const attempt = 'attempt-1' as AttemptId
const here = (state: OperatorState, own: AttemptId | null): Operator => ({
  ...offline(at),
  state,
  attempt: own,
  breakReason: state === 'break' ? 'coffee' : null,
})

const inState: Record<OperatorState, Operator> = {
  offline: here('offline', null),
  ready: here('ready', null),
  reserved: here('reserved', attempt),
  ringing: here('ringing', attempt),
  talking: here('talking', attempt),
  'wrap-up': here('wrap-up', attempt),
  break: here('break', null),
  missed: here('missed', null),
}

const events: Record<OperatorEvent['type'], OperatorEvent> = {
  'signed-in': { type: 'signed-in', at },
  'signed-out': { type: 'signed-out', at },
  connected: { type: 'connected', at },
  disconnected: { type: 'disconnected', at },
  'asked-ready': { type: 'asked-ready', at },
  'asked-break': { type: 'asked-break', reason: 'lunch', at },
  offered: { type: 'offered', attempt, at },
  withdrawn: { type: 'withdrawn', attempt, at },
  dialed: { type: 'dialed', attempt, at },
  answered: { type: 'answered', attempt, at },
  ended: { type: 'ended', attempt, at },
  'wrapped-up': { type: 'wrapped-up', attempt, at },
  reopened: { type: 'reopened', attempt, at },
  'not-reached': { type: 'not-reached', attempt, at },
  rung: { type: 'rung', attempt, at },
  missed: { type: 'missed', attempt, at },
}

const none = {
  offline: '-',
  ready: '-',
  reserved: '-',
  ringing: '-',
  talking: '-',
  'wrap-up': '-',
  break: '-',
  missed: '-',
} as const

/** Where each state goes on each event; '-' is ignored. An event without a row does not compile. */
const table: Record<OperatorEvent['type'], Record<OperatorState, OperatorState | '-'>> = {
  'signed-in': { ...none, offline: 'break' },
  connected: { ...none, offline: 'break' },
  disconnected: {
    offline: '-',
    ready: 'offline',
    reserved: 'offline',
    ringing: 'offline',
    talking: 'offline',
    'wrap-up': 'offline',
    break: 'offline',
    missed: 'offline',
  },
  'signed-out': {
    offline: '-',
    ready: 'offline',
    reserved: 'offline',
    ringing: 'offline',
    talking: 'offline',
    'wrap-up': 'offline',
    break: 'offline',
    missed: 'offline',
  },
  'asked-ready': { ...none, break: 'ready', missed: 'ready' },
  'asked-break': {
    offline: '-',
    ready: 'break',
    break: 'break',
    missed: 'break',
    reserved: 'reserved',
    ringing: 'ringing',
    talking: 'talking',
    'wrap-up': 'wrap-up',
  },
  offered: { ...none, ready: 'reserved' },
  withdrawn: { ...none, reserved: 'ready' },
  dialed: { ...none, reserved: 'ringing' },
  answered: { ...none, ringing: 'talking' },
  ended: { ...none, ringing: 'wrap-up', talking: 'wrap-up' },
  'wrapped-up': { ...none, ringing: 'ready', talking: 'ready', 'wrap-up': 'ready' },
  reopened: { ...none, ready: 'wrap-up', break: 'wrap-up', missed: 'wrap-up' },
  'not-reached': { ...none, ringing: 'ready' },
  rung: { ...none, ready: 'ringing' },
  missed: { ...none, ringing: 'missed' },
}

describe('an operator', () => {
  describe.each(Object.keys(table) as OperatorEvent['type'][])('on %s', (type) => {
    test.each(operatorStates)('while %s goes where the table says', (state) => {
      const step = next(inState[state], events[type])
      expect('ignored' in step ? '-' : step.operator.state).toBe(table[type][state])
    })
  })

  test('who asked for a break during a call gets it with the wrap-up', () => {
    const wanting = run(inState.talking, [events['asked-break'], events.ended, events['wrapped-up']])
    expect(wanting).toMatchObject({ state: 'break', breakReason: 'lunch', wanted: null, attempt: null })
  })

  test('whose outcome granted a break has it again after taking the outcome back and giving another', () => {
    const story = [events['asked-break'], events.ended, events['wrapped-up'], events.reopened]
    const again = run(inState.talking, story)
    expect(again).toMatchObject({ state: 'wrap-up', wanted: 'lunch', breakReason: null })
    expect(run(again, [events['wrapped-up']])).toMatchObject({ state: 'break', breakReason: 'lunch' })
  })

  test('may take the wish for a break back', () => {
    const wanting = run(inState.talking, [events['asked-break'], events['asked-ready'], events['wrapped-up']])
    expect(wanting.state).toBe('ready')
  })

  test.each(['reserved', 'ringing', 'talking', 'wrap-up'] as const)(
    'cut off while %s comes back to it',
    (state) => {
      const back = run(inState[state], [events.disconnected, events.connected])
      expect(back).toMatchObject({ state, attempt, resume: null })
    },
  )

  test('whose call ends while cut off comes back to the wrap-up', () => {
    const back = run(inState.talking, [events.disconnected, events.ended, events['signed-in']])
    expect(back).toMatchObject({ state: 'wrap-up', attempt })
  })

  test('whose outcome arrives while cut off comes back with nothing open', () => {
    const back = run(inState.talking, [events.disconnected, events['wrapped-up'], events.connected])
    expect(back).toMatchObject({ state: 'break', attempt: null })
  })

  test('who lets a caller ring out shows it, and says themselves when calls may come again', () => {
    const missing = run(inState.ready, [events.rung, events.missed])
    expect(missing).toMatchObject({ state: 'missed', attempt: null })
    expect(run(missing, [events.rung, events.offered])).toEqual(missing)
    expect(run(missing, [events['asked-ready']]).state).toBe('ready')
  })

  test('who wanted a break while it rang has the break, not a missed call', () => {
    const wanting = run(inState.ready, [events.rung, events['asked-break'], events.missed])
    expect(wanting).toMatchObject({ state: 'break', breakReason: 'lunch', attempt: null })
  })

  test('is moved by nothing that belongs to another attempt', () => {
    const other: OperatorEvent = { type: 'ended', attempt: 'attempt-2' as AttemptId, at }
    expect(next(inState.talking, other)).toEqual({ ignored: 'ended: another attempt' })
  })

  test('is never free with an attempt open, nor busy without one', () => {
    const anyEvent = fc.constantFrom(...Object.values(events))
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), (history) => {
        const { state, attempt: open } = run(offline(at), history)
        if (['ready', 'break', 'missed'].includes(state)) expect(open).toBeNull()
        if (['reserved', 'ringing', 'talking', 'wrap-up'].includes(state)) expect(open).not.toBeNull()
      }),
    )
  })
})

function run(operator: Operator, history: readonly OperatorEvent[]): Operator {
  return history.reduce((before, event) => {
    const step = next(before, event)
    return 'ignored' in step ? before : step.operator
  }, operator)
}
