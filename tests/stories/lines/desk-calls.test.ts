import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createServerLine } from '../../../main/cti/drivers/server-line/server-line.ts'
import { everyFactTwice } from '../../fakes/drivers.ts'
import type { PhoneFloor } from '../../support/phone-floor.ts'
import { phoneFloor } from '../../support/phone-floor.ts'
import { realDesks } from './real-desks.ts'

let floor: PhoneFloor
let desks: ReturnType<typeof realDesks>
beforeAll(async () => {
  floor = await phoneFloor()
})
beforeEach(() => {
  desks = realDesks(floor)
})
afterEach(() => desks.close())
afterAll(() => floor.close())

const attemptRow = (id: string) =>
  floor.db
    .selectFrom('attempts')
    .selectAll()
    .where('id', '=', id as never)
    .executeTakeFirstOrThrow()

describe('an operator on a real line', () => {
  test('dials the record in preview, talks, holds, mutes, and wraps up with the facts of the switch', async () => {
    const anna = await desks.desk(await floor.realCampaign(['08']))
    await anna.begin()
    await anna.dial()
    const attempt = anna.attempt()
    await desks.until(() => anna.phase() === 'talking')
    expect(anna.work().buttons).toContain('transfer')
    expect(floor.pbx.hears(attempt)).toEqual(new Set([await anna.voice()]))
    await desks.during(anna.ask.call.hold({ attempt }))
    await desks.until(() => anna.work().buttons.includes('resume'))
    await desks.during(anna.ask.call.resume({ attempt }))
    await desks.until(() => anna.work().buttons.includes('hold'))
    await desks.during(anna.ask.call.mute({ attempt }))
    await desks.until(() => anna.work().buttons.includes('unmute') && anna.page.state.current().muted)
    await desks.during(anna.ask.call.dtmf({ attempt, digits: '12#' }))
    expect(floor.pbx.party.digits(attempt)).toBe('12#')
    floor.pbx.party.hangsUp(attempt)
    await desks.until(() => anna.phase() === 'wrap-up')
    const facts = { end: 'hung-up-by-them', switchCause: expect.stringContaining('cause 16') }
    expect(anna.work().call).toMatchObject(facts)
    await anna.save('not-interested')
    await desks.until(() => anna.shown.outbox.waiting === 0)
    expect(await attemptRow(attempt)).toMatchObject({
      state: 'wrapped-up',
      end_cause: 'hung-up-by-them',
      answered_at: expect.any(Number),
    })
  })

  test('is told why nobody was reached, with the code of the network beside it', async () => {
    const anna = await desks.desk(await floor.realCampaign(['01']))
    await anna.begin()
    await anna.dial()
    await desks.until(() => anna.phase() === 'wrap-up')
    expect(anna.work().call).toMatchObject({ end: 'busy', switchCause: expect.stringContaining('486') })
  })

  test('hangs up with the key that saves, and the next record comes', async () => {
    const anna = await desks.desk(await floor.realCampaign(['08', '08']))
    await anna.begin()
    await anna.dial()
    const attempt = anna.attempt()
    await desks.until(() => anna.phase() === 'talking')
    await anna.save('not-interested')
    await desks.until(() => anna.shown.desk.work && anna.attempt() !== attempt)
    expect((await floor.telephony.snapshot()).channels.map(({ id }) => id)).not.toContain(attempt)
    expect(anna.shown.desk.stillUp).toBeNull()
    expect(await attemptRow(attempt)).toMatchObject({ end_cause: 'hung-up-by-us' })
  })

  test('records on demand, pauses and goes on, and stops', async () => {
    const anna = await desks.desk(await floor.realCampaign(['08'], { recording: 'on-demand' }))
    await anna.begin()
    await anna.dial()
    await desks.until(() => anna.phase() === 'talking')
    const { attempt } = anna.work()
    for (const [what, state] of [
      ['start', 'on'],
      ['pause', 'paused'],
      ['resume', 'on'],
      ['stop', 'off'],
    ] as const) {
      await desks.during(anna.ask.call.record({ attempt, do: what }))
      await desks.until(() => anna.work().call?.recording === state)
    }
  })

  test('may work a simulated and a real campaign, each call on its own line', async () => {
    const real = await floor.realCampaign(['08'], { priority: 5 })
    const simulated = await floor.campaign({ contacts: 1, priority: 9 })
    const anna = await desks.desk(real, simulated)
    await anna.begin()
    await anna.dial()
    await desks.until(() => anna.phase() === 'talking' || anna.phase() === 'wrap-up')
    expect(anna.work().offer.campaign.line).toBe('simulated')
    expect(anna.work().buttons).not.toContain('transfer')
    await anna.save('not-interested')
    await desks.until(() => anna.shown.desk.work?.offer.campaign.line === 'pbx')
    await anna.dial()
    await desks.until(() => anna.phase() === 'talking')
    expect(anna.work().buttons).toContain('consult')
    const [line] = (await desks.during(anna.ask.diagnostics.run())).filter(({ id }) => id === 'line')
    expect(line).toMatchObject({
      result: 'ok',
      values: { simulator: 'up, 0 legs', 'server-line': 'up, 1 legs' },
    })
  })

  test('gets a progressive call with its record on the desk, answered', async () => {
    const anna = await desks.desk(await floor.realCampaign(['01', '08'], { workMode: 'progressive' }))
    await anna.begin()
    const phases: unknown[] = []
    anna.ask.call.desk(({ work }) => void phases.push(work && (work.call?.phase.name ?? 'preview')))
    await desks.until(() => anna.shown.desk.work)
    await desks.until(() => anna.phase() === 'talking')
    expect(anna.work()).toMatchObject({
      offer: { contact: { lastName: 'Contatto 2' } },
      call: { direction: 'out', peer: expect.stringContaining('+39'), asked: null },
    })
    expect(phases).not.toContain('preview')
    expect(phases).not.toContain('wrap-up')
    expect(floor.pbx.hears(anna.attempt())).toEqual(new Set([await anna.voice()]))
    await desks.during(anna.ask.call.hangUp({ attempt: anna.attempt() }))
    await desks.until(() => anna.phase() === 'wrap-up')
    await anna.save('not-interested')
    await desks.until(() => anna.shown.desk.work === null)
  })

  test('hands a call to a colleague, who has it with its record; each says their own outcome', async () => {
    const campaign = await floor.realCampaign(['08'])
    const anna = await desks.desk(campaign)
    await anna.begin()
    await anna.dial()
    await desks.until(() => anna.phase() === 'talking')
    const luca = await desks.desk(campaign)
    await luca.begin()
    const [attempt, record] = [anna.attempt(), anna.work().offer.record.id]
    const to = { kind: 'operator', user: luca.user } as const
    await desks.during(anna.ask.call.transfer({ attempt, to }))
    await desks.until(() => anna.phase() === 'wrap-up' && luca.phase() === 'talking')
    expect(anna.work().call).toMatchObject({ end: 'transferred' })
    expect(luca.work().offer.record.id).toBe(record)
    expect(luca.attempt()).not.toBe(attempt)
    expect(floor.pbx.hears(attempt)).toEqual(new Set([await luca.voice()]))
    await anna.save('not-interested')
    await luca.save('not-interested')
    await desks.until(() => luca.shown.outbox.waiting === 0 && anna.shown.outbox.waiting === 0)
    expect((await floor.telephony.snapshot()).channels.map(({ id }) => id)).not.toContain(attempt)
    expect(await floor.record(record)).toMatchObject({ state: 'closed' })
  })

  test('keeps the call where the colleague is not free, and is told so', async () => {
    const campaign = await floor.realCampaign(['08'])
    const anna = await desks.desk(campaign)
    await anna.begin()
    await anna.dial()
    await desks.until(() => anna.phase() === 'talking')
    const luca = await desks.desk(campaign)
    const to = { kind: 'operator', user: luca.user } as const
    const refused = desks.during(anna.ask.call.transfer({ attempt: anna.attempt(), to }))
    await expect(refused).rejects.toMatchObject({ code: 'not-in-this-state' })
    expect(anna.work().call).toMatchObject({ phase: { name: 'talking' }, asked: null })
  })
})

test('a line that tells everything twice makes no difference', async () => {
  await desks.close()
  desks = realDesks(floor, { serverLine: (ports) => everyFactTwice(createServerLine(ports)) })
  const anna = await desks.desk(await floor.realCampaign(['08']))
  await anna.begin()
  const phases: unknown[] = []
  anna.ask.call.desk(({ work }) => {
    const name = work?.call?.phase.name
    if (name !== undefined && name !== phases.at(-1)) phases.push(name)
  })
  await anna.dial()
  await desks.until(() => anna.phase() === 'talking')
  floor.pbx.party.hangsUp(anna.attempt())
  await desks.until(() => anna.phase() === 'wrap-up')
  await anna.save('not-interested')
  await desks.until(() => anna.shown.outbox.waiting === 0)
  expect(phases).toEqual(['ringing', 'talking', 'wrap-up'])
})
