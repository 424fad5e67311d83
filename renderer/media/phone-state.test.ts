import { describe, expect, it, test } from 'vitest'
import fc from 'fast-check'
import type { PhoneEffect, PhoneEvent, PhoneState } from './phone-state.ts'
import { idlePhone, nextPhone } from './phone-state.ts'

const up: PhoneState = { ...idlePhone, registration: 'registered' }
const states = {
  none: idlePhone,
  registering: { ...idlePhone, registration: 'registering', problem: 'socket-lost', tries: 2 },
  registered: up,
  failed: { ...idlePhone, registration: 'failed', problem: 'refused' },
  answering: { ...up, leg: { name: 'answering', id: 'a' } },
  leg: { ...up, leg: { name: 'up', id: 'a' } },
  'leg, socket lost': {
    ...up,
    registration: 'registering',
    problem: 'socket-lost',
    leg: { name: 'up', id: 'a' },
  },
  echo: { ...up, echo: { name: 'up', id: 'e' } },
} as const satisfies Record<string, PhoneState>
type StateName = keyof typeof states

const events = {
  account: { type: 'account' },
  'account-gone': { type: 'account-gone' },
  connected: { type: 'connected' },
  registered: { type: 'registered' },
  disconnected: { type: 'disconnected' },
  refused: { type: 'refused' },
  expired: { type: 'expired' },
  unsupported: { type: 'unsupported' },
  retry: { type: 'retry' },
  'network-changed': { type: 'network-changed' },
  invited: { type: 'invited', id: 'new', ours: true },
  'leg-up': { type: 'leg-up', id: 'a' },
  'leg-ended': { type: 'leg-ended', id: 'a' },
  'echo-asked': { type: 'echo-asked', id: 'e2' },
  'echo-stopped': { type: 'echo-stopped' },
} as const satisfies { [T in PhoneEvent['type']]: PhoneEvent & { type: T } }
type EventName = keyof typeof events

/** registration, leg, echo, effects; `-` is ignored. */
const sayState = ({ registration, leg, echo }: PhoneState) =>
  `${registration}${leg.name === 'none' ? '' : ` leg:${leg.name}`}${echo.name === 'none' ? '' : ` echo:${echo.name}`}`
const sayEffect = (effect: PhoneEffect) =>
  [effect.do, 'id' in effect ? effect.id : [], effect.do === 'decline' ? effect.code : []].flat().join(' ')
const outcome = (state: PhoneState, event: PhoneEvent) => {
  const step = nextPhone(state, event)
  return 'ignored' in step ? '-' : [sayState(step.state), ...step.effects.map(sayEffect)].join(', ')
}

/** Every state by every event: a new event without a row does not compile. */
const table: Record<EventName, Record<StateName, string>> = {
  account: {
    none: 'registering, start',
    registering: 'registering, start',
    registered: 'registering, start',
    failed: 'registering, start',
    answering: 'registering leg:answering, start',
    leg: 'registering leg:up, start',
    'leg, socket lost': 'registering leg:up, start',
    echo: 'registering echo:up, start',
  },
  'account-gone': {
    none: '-',
    registering: 'none, stop',
    registered: 'none, stop',
    failed: 'none, stop',
    answering: 'none, hang-up a, stop',
    leg: 'none, hang-up a, stop',
    'leg, socket lost': 'none, hang-up a, stop',
    echo: 'none, hang-up e, stop',
  },
  connected: {
    none: '-',
    registering: 'registering, register',
    registered: '-',
    failed: '-',
    answering: '-',
    leg: '-',
    'leg, socket lost': 'registering leg:up, register',
    echo: '-',
  },
  registered: {
    none: '-',
    registering: 'registered',
    registered: '-',
    failed: '-',
    answering: '-',
    leg: '-',
    'leg, socket lost': 'registered leg:up',
    echo: '-',
  },
  disconnected: {
    none: '-',
    registering: 'registering, wait',
    registered: 'registering, wait',
    failed: '-',
    answering: 'registering leg:answering, wait',
    leg: 'registering leg:up, wait',
    'leg, socket lost': 'registering leg:up, wait',
    echo: 'registering echo:up, wait',
  },
  refused: {
    none: '-',
    registering: 'failed',
    registered: 'failed',
    failed: '-',
    answering: 'failed leg:answering',
    leg: 'failed leg:up',
    'leg, socket lost': 'failed leg:up',
    echo: 'failed echo:up',
  },
  expired: {
    none: '-',
    registering: 'failed',
    registered: 'failed',
    failed: '-',
    answering: 'failed leg:answering',
    leg: 'failed leg:up',
    'leg, socket lost': 'failed leg:up',
    echo: 'failed echo:up',
  },
  unsupported: {
    none: '-',
    registering: 'failed',
    registered: 'failed',
    failed: '-',
    answering: 'failed leg:answering',
    leg: 'failed leg:up',
    'leg, socket lost': 'failed leg:up',
    echo: 'failed echo:up',
  },
  retry: {
    none: '-',
    registering: 'registering, connect',
    registered: '-',
    failed: '-',
    answering: '-',
    leg: '-',
    'leg, socket lost': 'registering leg:up, connect',
    echo: '-',
  },
  'network-changed': {
    none: '-',
    registering: '-',
    registered: '-',
    failed: '-',
    answering: '-',
    leg: 'registered leg:up, restart-ice a',
    'leg, socket lost': 'registering leg:up',
    echo: '-',
  },
  invited: {
    none: 'none, decline new 603',
    registering: 'registering leg:answering, answer new',
    registered: 'registered leg:answering, answer new',
    failed: 'failed leg:answering, answer new',
    answering: 'registered leg:answering, hang-up a, answer new',
    leg: 'registered leg:answering, hang-up a, answer new',
    'leg, socket lost': 'registering leg:answering, hang-up a, answer new',
    echo: 'registered leg:answering, hang-up e, answer new',
  },
  'leg-up': {
    none: 'none, hang-up a',
    registering: 'registering, hang-up a',
    registered: 'registered, hang-up a',
    failed: 'failed, hang-up a',
    answering: 'registered leg:up',
    leg: 'registered leg:up',
    'leg, socket lost': 'registering leg:up',
    echo: 'registered echo:up, hang-up a',
  },
  'leg-ended': {
    none: '-',
    registering: '-',
    registered: '-',
    failed: '-',
    answering: 'registered',
    leg: 'registered',
    'leg, socket lost': 'registering',
    echo: '-',
  },
  'echo-asked': {
    none: '-',
    registering: '-',
    registered: 'registered echo:calling, call-echo e2',
    failed: '-',
    answering: '-',
    leg: '-',
    'leg, socket lost': '-',
    echo: '-',
  },
  'echo-stopped': {
    none: '-',
    registering: '-',
    registered: '-',
    failed: '-',
    answering: '-',
    leg: '-',
    'leg, socket lost': '-',
    echo: 'registered, hang-up e',
  },
}

describe('every state by every event', () => {
  const rows = Object.entries(table).flatMap(([event, row]) =>
    Object.entries(row).map(([state, result]) => [event as EventName, state as StateName, result] as const),
  )
  test.each(rows)('%s while %s: %s', (event, state, result) => {
    expect(outcome(states[state], events[event])).toBe(result)
  })
})

describe('who may ring', () => {
  it('declines a call without our token, 603 when free and 486 when taken', () => {
    const stranger = { type: 'invited', id: 's', ours: false } as const
    expect(outcome(states.registered, stranger)).toBe('registered, decline s 603')
    expect(outcome(states.leg, stranger)).toBe('registered leg:up, decline s 486')
    expect(outcome(states.echo, stranger)).toBe('registered echo:up, decline s 486')
  })
  it('never answers one without our token, whatever came before', () => {
    const anyEvent = fc.oneof(
      fc.constantFrom<PhoneEvent>(...Object.values(events)),
      fc.constant<PhoneEvent>({ type: 'invited', id: 's', ours: false }),
      fc.constant<PhoneEvent>({ type: 'leg-up', id: 'e2' }),
    )
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), (sequence) => {
        let state: PhoneState = idlePhone
        for (const event of sequence) {
          const step = nextPhone(state, event)
          if ('ignored' in step) continue
          state = step.state
          expect(step.effects).not.toContainEqual({ do: 'answer', id: 's' })
          expect('id' in state.leg && 'id' in state.echo).toBe(false)
        }
      }),
    )
  })
})

describe('a lost network', () => {
  it('moves the leg as soon as the switch can be told again', () => {
    const step = nextPhone(states['leg, socket lost'], { type: 'network-changed' })
    const due = 'state' in step ? step.state : idlePhone
    expect(outcome(due, { type: 'registered' })).toBe('registered leg:up, restart-ice a')
  })
  it('waits longer after each failure and starts anew after a success', () => {
    const first = nextPhone(states.registering, { type: 'disconnected' })
    expect(first).toMatchObject({ state: { tries: 3 }, effects: [{ do: 'wait', tries: 2 }] })
    expect(nextPhone(states.registering, { type: 'registered' })).toMatchObject({
      state: { tries: 0, problem: null },
    })
  })
})

describe('the test call', () => {
  it('that was never taken has failed, one that ended was heard', () => {
    const calling: PhoneState = { ...up, echo: { name: 'calling', id: 'e' } }
    expect(outcome(calling, { type: 'leg-ended', id: 'e' })).toBe('registered echo:failed')
    expect(outcome(states.echo, { type: 'leg-ended', id: 'e' })).toBe('registered')
  })
  it('taken after it was given up is hung up', () => {
    expect(outcome(states.registered, { type: 'leg-up', id: 'e' })).toBe('registered, hang-up e')
  })
})
