import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PhoneFloor } from '../../support/phone-floor.ts'
import { phoneFloor } from '../../support/phone-floor.ts'

let floor: PhoneFloor
beforeAll(async () => {
  floor = await phoneFloor()
})
afterAll(() => floor.close())

const progressive = (endings: readonly string[], wish = {}) =>
  floor.realCampaign(endings, { workMode: 'progressive', ...wish })
const minutes = 60_000

describe('a progressive campaign', () => {
  it('dials one line for each ready operator and puts who answers straight to them', async () => {
    const campaign = await progressive(['08', '08', '08'])
    const anna = await floor.phoned(campaign)
    const luca = await floor.phoned(campaign)
    await anna.work()
    await luca.work()
    expect(anna.view()).toMatchObject({ state: 'ringing', work: null, dialing: { contact: 'Contatto 1' } })
    expect(luca.view()).toMatchObject({ state: 'ringing', work: null, dialing: { contact: 'Contatto 2' } })
    expect(anna.news().filter(({ type }) => type !== 'link-up')).toEqual([])
    await floor.pass(1_300)
    const leg = anna.offer().attempt
    expect(anna.view()).toMatchObject({ state: 'talking', dialing: null, work: { stage: 'started' } })
    expect(anna.newsTypes(leg)).toEqual(['leg-dialed', 'leg-answered'])
    expect(floor.pbx.hears(leg)).toEqual(new Set([await anna.channel()]))
    // The record is there before its call is told.
    const types = anna.told.map((message) => (message.type === 'leg' ? message.event.type : message.type))
    expect(types.lastIndexOf('operator')).toBeLessThan(types.indexOf('leg-dialed'))
    await anna.ask(leg, { do: 'hang-up' })
    await floor.pass(50)
    await anna.wrapUp('not-interested')
    await floor.pass(50)
    expect(anna.view()).toMatchObject({ state: 'ringing', dialing: { contact: 'Contatto 3' } })
  })

  it('goes on to the next record without a wrap-up where nobody is reached, and tries again by its rule', async () => {
    const campaign = await progressive(['01', '08'])
    const anna = await floor.phoned(campaign)
    await anna.work()
    await floor.pass(1_600)
    expect(anna.offer().contact.lastName).toBe('Contatto 2')
    const failed = await floor.db
      .selectFrom('attempts')
      .selectAll()
      .where('campaign_id', '=', campaign)
      .where('state', '=', 'failed')
      .executeTakeFirstOrThrow()
    expect(failed).toMatchObject({ end_cause: 'busy', switch_cause: expect.stringContaining('486') })
    const record = await floor.record(failed.record_id)
    expect(record).toMatchObject({ state: 'waiting', kind: 'retry', attempts: 1 })
    const wait = (record.due_at ?? 0) - (failed.ended_at ?? 0)
    expect(wait).toBe(15 * minutes)
  })

  it('gives a number up that is unallocated twice, and then its record', async () => {
    const campaign = await progressive(['06'])
    const anna = await floor.phoned(campaign)
    await anna.work()
    await floor.pass(500)
    expect(anna.view()).toMatchObject({ state: 'ready', idle: { code: 'waiting-for-due' } })
    await floor.pass((121 * minutes) / 100)
    floor.clock.advance(2 * 60 * minutes)
    await floor.pass(16_000)
    const record = await floor.db
      .selectFrom('campaign_records')
      .selectAll()
      .where('campaign_id', '=', campaign)
      .executeTakeFirstOrThrow()
    expect(record).toMatchObject({ state: 'closed', closed_as: 'wrong-number' })
  })

  it('does not dial who may not be called, nor outside the hours', async () => {
    const campaign = await progressive(['08', '08'])
    const first = await floor.db
      .selectFrom('campaign_records as r')
      .innerJoin('contact_phones as p', 'p.contact_id', 'r.contact_id')
      .select('e164')
      .where('campaign_id', '=', campaign)
      .orderBy('r.id')
      .executeTakeFirstOrThrow()
    const anna = await floor.phoned(campaign)
    await floor.forbid(first.e164)
    await anna.work()
    await floor.pass(1_300)
    expect(anna.offer().contact.lastName).toBe('Contatto 2')
  })

  it('takes a break asked for while it dials after that call', async () => {
    const anna = await floor.phoned(await progressive(['02', '08']))
    await anna.work()
    await anna.takeBreak('coffee')
    expect(anna.view()).toMatchObject({ state: 'ringing', wanted: 'coffee' })
    await floor.pass(26_000)
    expect(anna.view()).toMatchObject({ state: 'break', breakReason: 'coffee', work: null })
  })

  it('lets the call wait with music where the phone was lost while it rang', async () => {
    const anna = await floor.phoned(await progressive(['08']))
    const account = await anna.openPhone()
    await anna.ready()
    await floor.pass(200)
    if (account.kind !== 'web') throw new Error('this is a page')
    floor.pbx.phone.goes(account.username)
    await floor.pass(1_300)
    const leg = anna.offer().attempt
    expect(floor.pbx.hears(leg)).toEqual(new Set(['music']))
    floor.pbx.phone.registers(account.username, account.password)
    await floor.pass(300)
    expect(floor.pbx.hears(leg)).toEqual(new Set([await anna.channel()]))
  })
})
