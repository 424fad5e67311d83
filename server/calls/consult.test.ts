import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { consultEvents, consultStates, next } from './consult.ts'
import type { ConsultEffect, ConsultEvent, ConsultState } from './consult.ts'

/** Where each state goes on each event and what is done, in this order; '-' is ignored. */
const table: Record<ConsultEvent, Record<ConsultState, string>> = {
  ask: { none: 'ringing: wait-customer call-party', ringing: '-', party: '-', customer: '-', both: '-' },
  answered: { none: '-', ringing: 'party: fetch-party', party: '-', customer: '-', both: '-' },
  swap: {
    none: '-',
    ringing: '-',
    party: 'customer: wait-party fetch-customer',
    customer: 'party: wait-customer fetch-party',
    both: '-',
  },
  join: {
    none: '-',
    ringing: '-',
    party: 'both: fetch-customer',
    customer: 'both: fetch-party',
    both: '-',
  },
  complete: {
    none: '-',
    ringing: '-',
    party: 'none: connect',
    customer: 'none: connect',
    both: 'none: connect',
  },
  cancel: {
    none: '-',
    ringing: 'none: drop-party fetch-customer',
    party: 'none: drop-party fetch-customer',
    customer: 'none: drop-party',
    both: 'none: drop-party',
  },
  'party-ended': {
    none: '-',
    ringing: 'none: fetch-customer',
    party: 'none: fetch-customer',
    customer: 'none:',
    both: 'none:',
  },
  'customer-ended': {
    none: '-',
    ringing: 'none: drop-party',
    party: 'none: drop-party',
    customer: 'none: drop-party',
    both: 'none: drop-party',
  },
}

describe('a consult', () => {
  describe.each(consultEvents)('on %s', (event) => {
    test.each(consultStates)('while %s does what the table says', (state) => {
      const step = next(state, event)
      const result = 'ignored' in step ? '-' : [`${step.state}:`, ...step.effects].join(' ')
      expect(result).toBe(table[event][state])
    })
  })

  /** Who is with the operator, by carrying out the effects. */
  function carryOut(history: readonly ConsultEvent[]) {
    let state: ConsultState = 'none'
    let customer: 'here' | 'waits' | 'gone' = 'here'
    let party: 'none' | 'ringing' | 'here' | 'waits' = 'none'
    const effect: Record<ConsultEffect, () => void> = {
      'call-party': () => (party = 'ringing'),
      'drop-party': () => (party = 'none'),
      'fetch-customer': () => (customer = 'here'),
      'fetch-party': () => (party = 'here'),
      'wait-customer': () => (customer = 'waits'),
      'wait-party': () => (party = 'waits'),
      connect: () => {
        customer = 'gone'
        party = 'none'
      },
    }
    for (const event of history) {
      const step = next(state, event)
      if ('ignored' in step) continue
      if (event === 'customer-ended') customer = 'gone'
      if (event === 'party-ended') party = 'none'
      state = step.state
      for (const each of step.effects) effect[each]()
      if (customer === 'gone') break
    }
    return { state, customer, party }
  }

  test('never leaves anybody waiting whom nobody comes back to', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...consultEvents), { maxLength: 25 }), (history) => {
        const { state, customer, party } = carryOut(history)
        if (customer === 'gone') expect(party).toBe('none')
        else {
          expect({ customer, party }).toEqual(
            {
              none: { customer: 'here', party: 'none' },
              ringing: { customer: 'waits', party: 'ringing' },
              party: { customer: 'waits', party: 'here' },
              customer: { customer: 'here', party: 'waits' },
              both: { customer: 'here', party: 'here' },
            }[state],
          )
        }
      }),
    )
  })
})
