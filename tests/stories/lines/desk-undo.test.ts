import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AttemptId, CampaignId } from '../../../shared/std/ids.ts'
import { callersOn } from '../../support/callers.ts'
import type { CampaignWish } from '../../support/call-floor.ts'
import type { PhoneFloor } from '../../support/phone-floor.ts'
import { phoneFloor } from '../../support/phone-floor.ts'
import type { RealDesk } from './real-desks.ts'
import { realDesks } from './real-desks.ts'

let floor: PhoneFloor
let desks: ReturnType<typeof realDesks>
const { called, hears, channels } = callersOn(() => floor)
beforeAll(async () => {
  floor = await phoneFloor()
})
beforeEach(() => {
  desks = realDesks(floor)
})
afterEach(() => desks.close())
afterAll(() => floor.close())

const attemptRow = (id: AttemptId) =>
  floor.db.selectFrom('attempts').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

const progressive = (endings: readonly string[], wish: CampaignWish = {}) =>
  floor.realCampaign(endings, { workMode: 'progressive', ...wish })

/** The server has put the first of the campaign to this operator. */
async function talking(...campaigns: CampaignId[]) {
  const anna = await desks.desk(...campaigns)
  await anna.begin()
  await desks.until(() => anna.phase() === 'talking')
  return { anna, first: anna.attempt() }
}
const takeBack = (anna: RealDesk, attempt: AttemptId) => desks.during(anna.ask.call.undo({ attempt }))
const isHeard = (anna: RealDesk) => anna.shown.outbox.waiting === 0

/** Whoever hears an operator is who that operator's desk shows. */
async function expectOneStory(anna: RealDesk) {
  const own = await anna.voice()
  for (const channel of await channels()) {
    if (channel === own || !floor.pbx.hears(channel).has(own)) continue
    const { call } = anna.work()
    expect([call?.phase.name, channel]).toEqual(['talking', channel])
    const row = await attemptRow(anna.attempt())
    expect([row.id as string, row.caller === null ? null : channel]).toContain(channel)
  }
  expect(anna.shown.outbox.problems).toEqual([])
}

describe('an outcome taken back where calls come by themselves', () => {
  test('is refused once the server has dialled the next: nothing on the desk changes, and nothing is lost', async () => {
    const { anna, first } = await talking(await progressive(['08', '08']))
    await anna.save('not-interested')
    await desks.until(() => anna.shown.status.view?.dialing)
    await expect(takeBack(anna, first)).rejects.toMatchObject({ code: 'not-in-this-state' })
    expect(anna.shown.desk).toMatchObject({ work: null, undo: null })
    await desks.until(() => anna.phase() === 'talking')
    expect(anna.attempt()).not.toBe(first)
    expect(hears(anna.attempt())).toEqual([await anna.voice()])
    await expectOneStory(anna)
    expect(await attemptRow(first)).toMatchObject({
      state: 'wrapped-up',
      outcome: { code: 'not-interested' },
    })
    await anna.save('not-interested')
    await desks.until(() => isHeard(anna) && anna.shown.desk.work === null)
  })

  test('asked in the same breath is heard behind its outcome, and refused all the same', async () => {
    const { anna, first } = await talking(await progressive(['08', '08']))
    const saved = anna.save('not-interested')
    await desks.until(() => anna.shown.desk.undo, 0)
    const twice = [anna.ask.call.undo({ attempt: first }), anna.ask.call.undo({ attempt: first })]
    const answers = await desks.during(Promise.allSettled(twice))
    await saved
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await desks.until(() => isHeard(anna) && anna.phase() === 'talking')
    expect(anna.attempt()).not.toBe(first)
    await expectOneStory(anna)
    expect(await attemptRow(first)).toMatchObject({
      state: 'wrapped-up',
      outcome: { code: 'not-interested' },
    })
  })

  test('with the line still up at the save is open again, with the facts of the switch', async () => {
    const { anna, first } = await talking(await progressive(['08']))
    await anna.save('not-interested')
    await takeBack(anna, first)
    await desks.until(() => anna.phase() === 'wrap-up')
    expect(anna.attempt()).toBe(first)
    expect(anna.work()).toMatchObject({ draft: { note: 'scritto' }, call: { end: 'hung-up-by-us' } })
    await desks.until(() => isHeard(anna))
    await desks.awhile()
    expect(await channels()).not.toContain(first)
    expect(anna.shown.desk.stillUp).toBeNull()
    const { answered_at, end_cause, switch_cause } = await attemptRow(first)
    expect([answered_at, end_cause, switch_cause]).toEqual([
      expect.any(Number),
      'hung-up-by-us',
      expect.stringContaining('cause'),
    ])
    await anna.save('wrong-number')
    await desks.until(() => isHeard(anna) && anna.shown.desk.work === null)
    expect(await attemptRow(first)).toMatchObject({
      state: 'wrapped-up',
      outcome: { code: 'wrong-number' },
      answered_at,
      end_cause,
      switch_cause,
    })
    await expectOneStory(anna)
  })

  test('of a preview gives the record back that came next', async () => {
    const anna = await desks.desk(await floor.realCampaign(['08', '08']))
    await anna.begin()
    await anna.dial()
    const first = anna.attempt()
    await desks.until(() => anna.phase() === 'talking')
    await anna.save('not-interested')
    await desks.until(() => anna.shown.desk.work && anna.attempt() !== first)
    await takeBack(anna, first)
    await desks.until(() => anna.attempt() === first && anna.phase() === 'wrap-up')
    await anna.save('wrong-number')
    await desks.until(() => isHeard(anna) && anna.shown.desk.work?.call === null)
    expect(await attemptRow(first)).toMatchObject({ outcome: { code: 'wrong-number' } })
    await expectOneStory(anna)
  })

  test('is refused where a caller rings already, who is answered as if nothing had been asked', async () => {
    const { campaign, calls } = await called({ endings: ['08'] })
    const anna = await desks.desk(campaign)
    await anna.begin()
    await anna.dial()
    const first = anna.attempt()
    await desks.until(() => anna.phase() === 'talking')
    const channel = await calls('+390815520301')
    await anna.save('not-interested')
    await desks.until(() => anna.shown.status.view?.state === 'ringing')
    await expect(takeBack(anna, first)).rejects.toMatchObject({ code: 'not-in-this-state' })
    await desks.until(() => anna.phase() === 'ringing')
    await desks.during(anna.ask.call.answer({ attempt: anna.attempt() }))
    await desks.until(() => anna.phase() === 'talking')
    expect(hears(channel)).toEqual([await anna.voice()])
    expect(anna.work().offer.caller?.from).toBe('+390815520301')
    await expectOneStory(anna)
    await anna.save('not-interested')
    await desks.until(() => isHeard(anna) && anna.shown.desk.work === null)
    await expectOneStory(anna)
  })

  test('lets a caller wait who comes after it, until the outcome is said again', async () => {
    const { campaign, calls } = await called({ endings: ['08'] })
    const anna = await desks.desk(campaign)
    await anna.begin()
    await anna.dial()
    const first = anna.attempt()
    await desks.until(() => anna.phase() === 'talking')
    await anna.save('not-interested')
    await takeBack(anna, first)
    const channel = await calls('+390815520302')
    await desks.awhile()
    expect(anna.attempt()).toBe(first)
    expect(hears(channel)).toEqual(['music'])
    await anna.save('wrong-number')
    await desks.until(() => anna.phase() === 'ringing')
    expect(anna.work().offer.caller?.from).toBe('+390815520302')
    await expectOneStory(anna)
  })

  test('is refused while the server is away: it may have moved on already', async () => {
    const { anna, first } = await talking(await progressive(['08', '08']))
    await anna.save('not-interested')
    await desks.until(() => isHeard(anna))
    anna.network.cut()
    await desks.until(() => anna.shown.connection.server === 'down')
    await expect(takeBack(anna, first)).rejects.toMatchObject({ code: 'server-unreachable' })
    expect(anna.shown.outbox.waiting).toBe(0)
    anna.network.heal()
    await desks.until(() => anna.shown.desk.work)
    expect(anna.attempt()).not.toBe(first)
    await expectOneStory(anna)
  })

  test('whose answer never came comes back as the server has it, also to a program that was started again', async () => {
    const { anna, first } = await talking(await progressive(['08']))
    await anna.save('not-interested')
    await desks.until(() => isHeard(anna))
    const asked = anna.ask.call.undo({ attempt: first }).catch(() => {})
    // The clock stands: the question is on disk, and leaves when it goes on.
    while (anna.shown.outbox.waiting !== 1) await new Promise((resolve) => setImmediate(resolve))
    anna.network.cut()
    await anna.restartMain()
    await asked
    anna.network.heal()
    await anna.signIn()
    await desks.until(() => anna.phase() === 'wrap-up')
    expect(anna.attempt()).toBe(first)
    await anna.save('wrong-number')
    await desks.until(() => isHeard(anna))
    expect(await attemptRow(first)).toMatchObject({ outcome: { code: 'wrong-number' } })
    await expectOneStory(anna)
  })
})
