import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PhoneKind, PhoneState } from '../../shared/crm-api/phone.ts'
import { next, noAccount, viewOf } from './phone.ts'
import type { Phone, PhoneEvent } from './phone.ts'

const phone = (state: PhoneState, more: Partial<Phone> = {}): Phone => ({
  ...noAccount,
  state,
  kind: state === 'none' ? null : 'web',
  calls: 4,
  ...more,
})

type Row =
  | 'opened web'
  | 'opened desk'
  | 'found up'
  | 'found calling'
  | Exclude<PhoneEvent['type'], 'opened' | 'found'>
const events: Record<Row, PhoneEvent> = {
  'opened web': { type: 'opened', kind: 'web' },
  'opened desk': { type: 'opened', kind: 'desk' },
  'found up': { type: 'found', call: 7, isUp: true },
  'found calling': { type: 'found', call: 7, isUp: false },
  registered: { type: 'registered' },
  gone: { type: 'gone' },
  wanted: { type: 'wanted' },
  'leg-up': { type: 'leg-up' },
  'leg-ended': { type: 'leg-ended' },
  retry: { type: 'retry' },
  'switch-restarted': { type: 'switch-restarted' },
  closed: { type: 'closed' },
}

const states: readonly PhoneState[] = ['none', 'provisioned', 'registered', 'calling', 'up']

/** A page's phone that is wanted: where each state goes on each event, and what is done. */
const wanted: Record<Row, Record<PhoneState, string>> = {
  'opened web': {
    none: 'provisioned',
    provisioned: 'provisioned',
    registered: 'provisioned',
    calling: 'provisioned hang-up',
    up: 'provisioned hang-up tell-lost',
  },
  'opened desk': {
    none: 'registered',
    provisioned: 'registered',
    registered: 'registered',
    calling: 'registered hang-up',
    up: 'registered hang-up tell-lost',
  },
  registered: {
    none: 'none',
    provisioned: 'calling call',
    registered: 'calling call',
    calling: 'calling',
    up: 'up',
  },
  gone: {
    none: 'none',
    provisioned: 'provisioned',
    registered: 'provisioned',
    calling: 'provisioned hang-up',
    up: 'provisioned hang-up tell-lost',
  },
  wanted: {
    none: 'none',
    provisioned: 'provisioned',
    registered: 'calling call',
    calling: 'calling',
    up: 'up tell-up',
  },
  'leg-up': {
    none: 'none',
    provisioned: 'provisioned',
    registered: 'registered',
    calling: 'up tell-up',
    up: 'up',
  },
  'leg-ended': {
    none: 'none',
    provisioned: 'provisioned',
    registered: 'registered',
    calling: 'registered retry-later',
    up: 'registered retry-later tell-lost',
  },
  retry: {
    none: 'none',
    provisioned: 'provisioned',
    registered: 'calling call',
    calling: 'calling',
    up: 'up',
  },
  'switch-restarted': {
    none: 'none',
    provisioned: 'provisioned provision',
    registered: 'provisioned provision',
    calling: 'provisioned provision',
    up: 'provisioned provision tell-lost',
  },
  'found up': {
    none: 'none',
    provisioned: 'up tell-up',
    registered: 'up tell-up',
    calling: 'up tell-up',
    up: 'up tell-up',
  },
  'found calling': {
    none: 'none',
    provisioned: 'calling',
    registered: 'calling',
    calling: 'calling',
    up: 'calling',
  },
  closed: {
    none: 'none',
    provisioned: 'none withdraw',
    registered: 'none withdraw',
    calling: 'none hang-up withdraw',
    up: 'none hang-up withdraw',
  },
}

const told = (before: Phone, event: PhoneEvent) => {
  const step = next(before, event)
  return [step.phone.state, ...step.effects].join(' ')
}

describe('the phone in the page of an operator who wants to work', () => {
  describe.each(Object.keys(wanted) as Row[])('on %s', (row) => {
    test.each(states)('while %s does what the table says', (state) => {
      expect(told(phone(state, { wanted: true }), events[row])).toBe(wanted[row][state])
    })
  })
})

describe('a phone', () => {
  test('is not called before its operator wants to work', () => {
    expect(told(phone('provisioned'), events.registered)).toBe('registered')
    expect(told(phone('registered'), events.registered)).toBe('registered')
    expect(told(phone('registered'), events.retry)).toBe('registered')
    expect(told(phone('up'), events['leg-ended'])).toBe('registered tell-lost')
  })

  test('that registers again after a reload is called on a channel of a new name', () => {
    const reloaded = next(phone('up', { wanted: true }), events['opened web'])
    const again = next(reloaded.phone, events.registered)
    expect(again).toMatchObject({ phone: { state: 'calling', calls: 5 }, effects: ['call'] })
  })

  test('that never takes its call is given up after the third, until its operator asks again', () => {
    let before = phone('calling', { wanted: true })
    for (const effects of [['retry-later'], ['retry-later'], []]) {
      const step = next(before, events['leg-ended'])
      expect(step.effects).toEqual(effects)
      before = step.phone.wanted ? next(step.phone, events.retry).phone : step.phone
    }
    expect(before).toMatchObject({ state: 'registered', wanted: false, problem: 'no-answer' })
    expect(told(before, events.wanted)).toBe('calling call')
  })

  test('on the desk rings once, is never gone, and stays lifted over a reload of the page', () => {
    const desk = { kind: 'desk', wanted: true } as const
    expect(told(phone('up', desk), events.gone)).toBe('up')
    expect(told(phone('up', desk), events['opened desk'])).toBe('up')
    expect(told(phone('calling', desk), events['leg-ended'])).toBe('registered')
    expect(told(phone('up', desk), events['switch-restarted'])).toBe('registered retry-later tell-lost')
  })

  test('says what is wrong, the switch before all', () => {
    expect(viewOf(phone('provisioned', { problem: 'not-registered' }), 'up')).toMatchObject({
      problem: 'not-registered',
    })
    expect(viewOf(phone('up'), 'down')).toMatchObject({ state: 'up', problem: 'switch-away' })
  })

  test('is told lost exactly as often as it was told up and is so no more', () => {
    const any = fc.constantFrom(...Object.values(events))
    const kinds = fc.constantFrom<PhoneKind>('web', 'desk')
    fc.assert(
      fc.property(kinds, fc.array(any, { maxLength: 40 }), (kind, history) => {
        let current = next(noAccount, { type: 'opened', kind }).phone
        let isUp = false
        for (const event of history) {
          const step = next(current, event)
          for (const effect of step.effects) {
            if (effect === 'tell-up') isUp = true
            if (effect === 'tell-lost' || effect === 'withdraw') {
              if (effect === 'tell-lost') expect(isUp).toBe(true)
              isUp = false
            }
          }
          current = step.phone
          if (event.type === 'found' && !event.isUp) isUp = false
          expect(current.state === 'up').toBe(isUp)
        }
      }),
    )
  })
})
