import { describe, expect, test } from 'vitest'
import type { CampaignOutcome } from '../../shared/domain/campaign/outcomes.ts'
import type { AttemptId, OutcomeCode, RecordId, UserId } from '../../shared/std/ids.ts'
import type { Books, ServerAttempt } from './books.ts'
import { problemsOf } from './books.ts'
import type { Typed, WrappedUp } from './ledger.ts'
import { emptyLedger, isKept } from './ledger.ts'

const record = 'r1' as RecordId
const outcome = { code: 'not-interested', effect: 'close-negative' } as CampaignOutcome
const attempt: ServerAttempt = {
  id: 'a1',
  record,
  operator: 'u1',
  state: 'wrapped-up',
  startedAt: 10,
  wrappedUpAt: 30,
  savedAt: 20,
  callbackAt: null,
  outcome,
  note: 'dopo cena',
  answers: { prosegue: 'no', registrazione: true },
}
const saved: WrappedUp = {
  key: 'k1',
  attempt: 'a1' as AttemptId,
  record,
  operator: 'u1' as UserId,
  outcome: 'not-interested' as OutcomeCode,
  callbackAt: null,
  note: 'dopo cena',
  answers: { registrazione: true, prosegue: 'no' },
  savedAt: 20,
}
const hand = { record, attempt: saved.attempt, operator: saved.operator, from: 11, to: 21 }
const balanced: Books = {
  imported: 2,
  records: [
    { id: record, state: 'closed', attempts: 1, closedAs: 'negative' },
    { id: 'r2', state: 'waiting', attempts: 0, closedAs: null },
  ],
  attempts: [attempt],
  deliveries: ['k1'],
  outbox: [{ key: 'k1', attempt: 'a1', delivered: 30, refused: null }],
  ledger: { ...emptyLedger(), wrappedUp: [saved], inHand: [hand] },
}
const second = { ...attempt, id: 'a2', startedAt: 40, wrappedUpAt: 60 }

describe('the books', () => {
  test('balance where the server has what the operators saved', () => {
    expect(problemsOf(balanced)).toEqual([])
  })

  const broken: [string, Partial<Books>][] = [
    ['a saved call that never arrived', { attempts: [] }],
    ['a saved call that arrived twice', { attempts: [attempt, attempt] }],
    ['another outcome', { attempts: [{ ...attempt, outcome: { ...outcome, code: 'busy' as OutcomeCode } }] }],
    ['a lost word of the note', { attempts: [{ ...attempt, note: 'dopo' }] }],
    ['a lost answer', { attempts: [{ ...attempt, answers: { prosegue: 'no' } }] }],
    ['another instant of saving', { attempts: [{ ...attempt, savedAt: 21 }] }],
    ['a key the server never noted', { deliveries: [] }],
    ['an outbox entry that waits', { outbox: [{ ...balanced.outbox[0]!, delivered: null }] }],
    ['an outbox entry that was refused', { outbox: [{ ...balanced.outbox[0]!, refused: 'conflict' }] }],
    ['an outbox entry that is gone', { outbox: [] }],
    ['a call nobody saved', { attempts: [attempt, second] }],
    ['a call nobody ended', { attempts: [{ ...attempt, state: 'started', outcome: null }] }],
    ['a lost record', { records: balanced.records.slice(0, 1) }],
    ['a record counted wrong', { records: [{ ...balanced.records[0]!, attempts: 2 }, balanced.records[1]!] }],
    [
      'a record in two hands',
      { ledger: { ...balanced.ledger, inHand: [hand, { ...hand, from: 20, to: 29 }] } },
    ],
    ['a skipped record that was called', { ledger: { ...balanced.ledger, skipped: [saved.attempt] } }],
    [
      'a wrap-up that was taken back before it arrived',
      { ledger: { ...balanced.ledger, takenBack: [{ ...saved, key: 'k0' }] } },
    ],
    [
      'a wrap-up that was taken back and left',
      {
        deliveries: ['k1', 'k0'],
        outbox: [...balanced.outbox, { key: 'k0', attempt: 'a9', delivered: 30, refused: null }],
        ledger: {
          ...balanced.ledger,
          takenBack: [{ ...saved, key: 'k0', attempt: 'a9' as AttemptId }],
        },
      },
    ],
    ['a complaint', { ledger: { ...balanced.ledger, complaints: ['typed text is gone'] } }],
  ]
  for (const [what, change] of broken) {
    test(`do not balance with ${what}`, () => {
      expect(problemsOf({ ...balanced, ...change })).not.toEqual([])
    })
  }

  test('show a record that was called again after its closing outcome', () => {
    const wrappedUp = [saved, { ...saved, key: 'k2', attempt: 'a2' as AttemptId }]
    const problems = problemsOf({
      ...balanced,
      records: [{ ...balanced.records[0]!, attempts: 2 }, balanced.records[1]!],
      attempts: [attempt, second],
      deliveries: ['k1', 'k2'],
      outbox: [...balanced.outbox, { key: 'k2', attempt: 'a2', delivered: 60, refused: null }],
      ledger: { ...balanced.ledger, wrappedUp },
    })
    expect(problems).toEqual(['record r1: called again after its closing outcome'])
  })
})

describe('typed words', () => {
  const draft = (note: string) => ({ note, answers: {}, page: null, outcome: null, callbackText: '' })
  const typed: Typed = { sent: [draft('a'), draft('a b'), draft('a b c')], acknowledged: 2 }

  test('are kept where the desk shows the last acknowledged ones, or newer ones that were on their way', () => {
    expect([draft('a b'), draft('a b c')].map((found) => isKept(typed, found))).toEqual([true, true])
  })

  test('are lost where the desk shows older ones, or none', () => {
    expect([draft('a'), draft('')].map((found) => isKept(typed, found))).toEqual([false, false])
  })
})
