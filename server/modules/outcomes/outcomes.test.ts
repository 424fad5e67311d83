import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Outcome } from '../../../shared/domain/campaign/outcomes.ts'
import type { OutcomeCode } from '../../../shared/std/ids.ts'
import { startTestServer } from '../../../tests/support/server.ts'
import type { TestServer } from '../../../tests/support/server.ts'

let server: TestServer
let supervisor: string

beforeAll(async () => {
  server = await startTestServer()
  supervisor = (await server.createUser('supervisor')).token
})
afterAll(() => server.close())

const list = async () => (await server.request<Outcome[]>('outcomes.list', {}, supervisor)).body

it('begins with a catalogue that has every effect, in both languages', async () => {
  const outcomes = await list()
  expect(new Set(outcomes.map(({ effect }) => effect))).toEqual(
    new Set(['close-positive', 'close-negative', 'callback', 'retry', 'wrong-number', 'do-not-call']),
  )
  expect(outcomes[0]).toEqual({
    code: 'interested',
    label: { it: 'Interessato', en: 'Interested' },
    effect: 'close-positive',
    retryAfterMinutes: null,
    needsCompleteAnswers: true,
  })
  expect(
    outcomes.every(({ effect, retryAfterMinutes }) => (effect === 'retry') === (retryAfterMinutes !== null)),
  ).toBe(true)
})

it('takes new outcomes at its end, and changes; a retry must say after how long', async () => {
  const save = (body: object, code = 'language') =>
    server.request('outcomes.save', { params: { code }, body }, supervisor)
  const outcome: Outcome = {
    code: 'language' as OutcomeCode,
    label: { it: 'Altra lingua', en: 'Other language' },
    effect: 'retry',
    retryAfterMinutes: 60,
    needsCompleteAnswers: false,
  }
  expect((await save(outcome)).status).toBe(200)
  expect((await list()).at(-1)).toEqual(outcome)
  expect((await save({ ...outcome, effect: 'close-negative', retryAfterMinutes: null })).status).toBe(200)
  expect((await list()).at(-1)?.effect).toBe('close-negative')
  expect((await save({ ...outcome, retryAfterMinutes: null })).status).toBe(400)
  expect((await save(outcome, 'another')).status).toBe(400)
})
