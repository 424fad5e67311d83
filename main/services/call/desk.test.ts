import { describe, expect, test } from 'vitest'
import { anOffer } from '../../../tests/builders/offer.ts'
import { next } from '../../../shared/domain/call/call.ts'
import type { LegSnapshot } from '../../../shared/domain/call/legs.ts'
import type { UserId } from '../../../shared/std/ids.ts'
import type { Delivery } from '../outbox/ports.ts'
import type { WorkState } from './desk.ts'
import { decide, emptyDraft, lostCall } from './desk.ts'
import type { Journaled } from './ports.ts'

const [ciro, nunzia] = [anOffer('Ciro'), anOffer('Nunzia')]
const call = lostCall(ciro, 5)
const saved = next(call, { type: 'wrapped-up', outcome: 'sold', at: 6 })
const closedCall = 'call' in saved ? saved.call : call
const work = (part: Partial<WorkState> = {}): WorkState => ({
  attempt: ciro.attempt,
  offer: ciro,
  call: null,
  draft: emptyDraft,
  dialing: false,
  ...part,
})
const journal = (part: Partial<Journaled> = {}): Journaled => ({
  attempt: ciro.attempt,
  user: 'user-anna' as UserId,
  offer: ciro,
  call: null,
  draft: { ...emptyDraft, note: 'typed' },
  updated: 5,
  closed: false,
  ...part,
})
const known = (row?: Journaled, delivery: Delivery = 'none', leg?: LegSnapshot) => ({
  journal: row,
  delivery,
  leg,
})
const offered = { state: 'reserved', stage: 'offered', offer: ciro, ended: null } as const
const started = { state: 'talking', stage: 'started', offer: ciro, ended: null } as const

describe('what follows here from what the server says is on the desk', () => {
  test('nothing takes a call, or one that is being dialled, from the desk', () => {
    for (const told of [null, offered, { ...started, offer: nunzia } as const]) {
      expect(decide(work({ call }), told, known(), 9)).toEqual({ do: 'keep' })
      expect(decide(work({ dialing: true }), told, known(), 9)).toEqual({ do: 'keep' })
    }
  })

  test('a record that is taken back leaves the desk, and another one takes its place', () => {
    expect(decide(work(), null, known(), 9)).toEqual({ do: 'clear' })
    expect(decide(null, null, known(), 9)).toEqual({ do: 'keep' })
    const other = { ...offered, offer: nunzia } as const
    expect(decide(work(), other, known(), 9)).toEqual({ do: 'preview', offer: nunzia })
    expect(decide(work(), offered, known(), 9)).toEqual({ do: 'refresh', offer: ciro })
  })

  test('what was saved here does not come back, whether it has been delivered or not', () => {
    const row = journal({ call: closedCall, closed: true })
    for (const delivery of ['waiting', 'delivered'] as const) {
      expect(decide(null, started, known(row, delivery), 9)).toEqual({ do: 'keep' })
      expect(decide(null, offered, known(row, delivery), 9)).toEqual({ do: 'keep' })
    }
  })

  test('what the server refused comes back as its wrap-up, with the words typed', () => {
    const row = journal({ call: closedCall, closed: true })
    const decision = decide(null, started, known(row, 'refused'), 9)
    expect(decision).toMatchObject({
      do: 'recover',
      call: { phase: { name: 'wrap-up', since: 9 }, end: 'lost' },
      draft: { note: 'typed' },
    })
  })

  test('a call that nobody here knows comes as a wrap-up whose end is lost', () => {
    const decision = decide(null, started, known(), 9)
    expect(decision).toMatchObject({
      do: 'recover',
      call: { peer: '+390815520008', phase: { name: 'wrap-up', since: 9 }, end: 'lost' },
    })
  })

  test('a call that the server allowed and that never left is a preview again', () => {
    expect(decide(null, started, known(journal()), 9)).toEqual({ do: 'preview', offer: ciro })
  })
})
