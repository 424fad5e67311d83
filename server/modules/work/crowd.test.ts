import { afterAll, beforeAll, expect, it } from 'vitest'
import { seededRandom } from '../../../shared/std/clock.ts'
import type { AttemptId, CampaignId } from '../../../shared/std/ids.ts'
import { callFloor } from '../../../tests/support/call-floor.ts'
import type { CallFloor, TestOperator } from '../../../tests/support/call-floor.ts'

let floor: CallFloor

beforeAll(async () => {
  floor = await callFloor()
})
afterAll(() => floor.close())

it('twenty operators at once work two hundred records: nobody gets the same one, no repeat changes anything', async () => {
  const campaign = await floor.campaign({ contacts: 200 })
  const operators = await Promise.all(Array.from({ length: 20 }, () => floor.operator(campaign)))
  await Promise.all(operators.map((operator) => operator.ready()))
  const worked: string[] = []

  async function shift(operator: TestOperator): Promise<void> {
    while (operator.view().work !== null) {
      const { attempt, record } = operator.offer()
      worked.push(record.id)
      await operator.start()
      const delivery = { params: { id: attempt }, body: operator.wrapUpBody('not-interested'), key: attempt }
      const replies = await Promise.all([1, 2].map(() => operator.call('work.wrapUp', delivery)))
      expect(replies.map(({ status }) => status)).toEqual([200, 200])
    }
  }
  await Promise.all(operators.map(shift))

  expect(new Set(worked).size).toBe(200)
  expect(worked).toHaveLength(200)
  const attempts = await floor.db
    .selectFrom('attempts')
    .select(['record_id', 'state'])
    .where('campaign_id', '=', campaign)
    .where('started_at', 'is not', null)
    .execute()
  expect(attempts).toHaveLength(200)
  expect(new Set(attempts.map(({ state }) => state))).toEqual(new Set(['wrapped-up']))
  const entries = await floor.db
    .selectFrom('audit_entry')
    .select('subject')
    .where('action', '=', 'attempt.wrapped-up')
    .execute()
  expect(new Set(entries.map(({ subject }) => subject)).size).toBe(entries.length)
})

const seeds = [1, 2, 3, 4]
it.each(seeds)('whatever three operators do, the books balance (seed %i)', async (seed) => {
  const random = seededRandom(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const campaign = await floor.campaign({
    contacts: 8,
    phonesEach: 2,
    maxAttempts: 3,
    callbackGraceMinutes: 5,
  })
  const operators = await Promise.all([1, 2, 3].map(() => floor.operator(campaign)))
  const outcomes = ['not-interested', 'no-answer', 'busy', 'wrong-number', 'do-not-call', 'callback']

  const deeds: Record<string, (operator: TestOperator) => Promise<unknown>> = {
    ready: (operator) => operator.call('work.setState', { body: { to: 'ready' } }),
    rest: (operator) => operator.call('work.setState', { body: { to: 'break', reason: 'coffee' } }),
    start: (operator) => {
      const phone = pick(operator.view().work?.offer.contact.phones.map(({ e164 }) => e164) ?? ['+39'])
      return operator.call('work.start', { body: { phone } })
    },
    answered: (operator) =>
      operator.call('work.progress', { body: { what: 'answered', at: floor.clock.now() } }),
    wrapUp: (operator) => {
      const outcome = pick(outcomes)
      const callbackAt = outcome === 'callback' ? floor.clock.now() + 60_000 : null
      return operator.tryWrapUp(outcome, { callbackAt })
    },
    undo: (operator) => operator.call('work.undo', {}),
    undoLast: async (operator) => {
      const last = await floor.db
        .selectFrom('attempts')
        .select('id')
        .where('operator', '=', operator.user.id)
        .where('state', '=', 'wrapped-up')
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst()
      return operator.call('work.undo', { params: { id: last?.id ?? ('none' as AttemptId) } })
    },
    skip: (operator) => operator.call('work.skip', { body: { reason: 'other' } }),
    leave: (operator) => Promise.resolve(operator.disconnect()),
    come: (operator) => Promise.resolve(operator.connect()),
    wait: () => floor.pass(pick([1_000, 5_000, 30_000, 20 * 60_000])),
  }
  const often = ['ready', 'start', 'start', 'wrapUp', 'wrapUp', 'answered', 'come', ...Object.keys(deeds)]

  for (let step = 0; step < 50; step++) {
    // Two at once, so that they also meet in the database.
    const together = [pick(operators), pick(operators)].map(async (operator) =>
      deeds[pick(often)]?.(operator),
    )
    await Promise.all(together)
    await floor.settled()
    expect(await offences(campaign)).toEqual([])
  }
})

/** Whatever breaks one of the rules that must always hold, by name. */
async function offences(campaign: CampaignId): Promise<string[]> {
  const { db } = floor
  const records = await db
    .selectFrom('campaign_records')
    .selectAll()
    .where('campaign_id', '=', campaign)
    .execute()
  const attempts = await db.selectFrom('attempts').selectAll().where('campaign_id', '=', campaign).execute()
  const desks = await db.selectFrom('operators').selectAll().execute()
  const found: string[] = []
  for (const record of records) {
    const started = attempts.filter((each) => each.record_id === record.id && each.started_at !== null)
    if (started.length !== record.attempts) found.push(`${record.id}: attempts are not counted right`)
    const open = attempts.filter(
      (each) => each.record_id === record.id && (each.state === 'offered' || each.state === 'started'),
    )
    const isHeld = record.state === 'reserved' || record.state === 'working'
    if (open.length !== (isHeld ? 1 : 0)) found.push(`${record.id}: ${record.state} with ${open.length} open`)
    if (!isHeld) continue
    const [attempt] = open
    const expected = record.state === 'reserved' ? 'offered' : 'started'
    if (
      attempt?.id !== record.attempt ||
      attempt?.operator !== record.operator ||
      attempt?.state !== expected
    ) {
      found.push(`${record.id}: record and attempt disagree`)
    }
    const holders = desks.filter((desk) => desk.attempt === record.attempt)
    if (holders.length !== 1 || holders[0]?.user_id !== record.operator) {
      found.push(`${record.id}: is not on the desk of its operator`)
    }
  }
  for (const desk of desks) {
    const attempt = attempts.find(({ id }) => id === desk.attempt)
    if (attempt && attempt.state !== 'offered' && attempt.state !== 'started') {
      found.push(`a desk holds an attempt that is ${attempt.state}`)
    }
  }
  return found
}
