import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Group } from '../../../shared/crm-api/lines.ts'
import { makeUuid } from '../../../server/entry/system.ts'
import { insertRecords } from '../../../server/modules/campaigns/records.ts'
import { callersOn } from '../../support/callers.ts'
import type { Phoned } from '../../support/floor-phones.ts'
import type { PhoneFloor } from '../../support/phone-floor.ts'
import { phoneFloor } from '../../support/phone-floor.ts'

let floor: PhoneFloor
const { called, ready, people, hears } = callersOn(() => floor)
beforeAll(async () => {
  floor = await phoneFloor()
})
afterAll(() => floor.close())

const byHand = (desk: Phoned, phone: string, campaign?: string) =>
  desk.call<{ code?: string; details?: unknown }>('work.manual', {
    body: { phone, ...(campaign !== undefined && { campaign }) },
  })
const recordsOf = (campaign: string) =>
  floor.db
    .selectFrom('campaign_records')
    .select(['state', 'kind', 'closed_as', 'attempts'])
    .where('campaign_id', '=', campaign as never)
    .execute()

describe('a number dialled by hand', () => {
  it('is put on the desk as an offer, goes out as any other, and is wrapped up', async () => {
    const { campaign } = await called()
    const anna = await ready(campaign)
    expect(await byHand(anna, '331 234 5308')).toMatchObject({ status: 200 })
    expect(anna.view()).toMatchObject({ state: 'reserved', work: { stage: 'offered' } })
    expect(anna.offer()).toMatchObject({
      record: { kind: 'manual' },
      contact: { lastName: '', phones: [{ e164: '+393312345308' }] },
      caller: null,
    })
    const leg = await anna.dial()
    await floor.pass(1_300)
    expect(hears(leg)).toEqual([await anna.channel()])
    await anna.ask(leg, { do: 'hang-up' })
    await floor.pass(50)
    await anna.wrapUp('not-interested')
    expect(await recordsOf(campaign)).toEqual([
      { state: 'closed', kind: 'new', closed_as: 'negative', attempts: 1 },
    ])
  })

  it('is its contact’s, before the other numbers of it, in the campaign that knows them', async () => {
    const [known] = await people('+393312345408', ['Nota'])
    const other = await called({ priority: 9 })
    const own = await floor.realCampaign([], { contactIds: [known as never], priority: 1 })
    await floor.db
      .insertInto('contact_phones')
      .values({
        contact_id: known as never,
        position: 1,
        e164: '+393312345508',
        kind: 'mobile',
        raw: '',
        wrong_by_attempt: null,
      })
      .execute()
    const anna = await ready(other.campaign, own)
    await byHand(anna, '+393312345508')
    expect(anna.offer()).toMatchObject({ contact: { id: known }, campaign: { id: own } })
    expect(anna.offer().contact.phones.map(({ e164 }) => e164)).toEqual(['+393312345508', '+393312345408'])
    await anna.must('work.skip', { params: { id: anna.offer().attempt }, body: { reason: 'other' } })
    expect(await recordsOf(own)).toMatchObject([{ state: expect.not.stringMatching('closed') as string }])
  })

  it('is refused by the same law as any call, and the refusal is kept', async () => {
    const { campaign } = await called()
    const anna = await ready(campaign)
    await floor.forbid('+393312345608')
    const refused = { status: 422, body: { code: 'call-not-allowed', details: { reason: 'do-not-call' } } }
    expect(await byHand(anna, '+393312345608')).toMatchObject(refused)
    expect(anna.view()).toMatchObject({ state: 'ready', work: null })
    const [entry] = await floor.audit('call.refused', campaign)
    expect(entry?.details).toMatchObject({ reason: 'do-not-call' })
    expect(JSON.stringify(entry)).not.toContain('3312345608')
    expect(await recordsOf(campaign)).toEqual([])
    const closed = { zone: 'Europe/Rome', days: { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] } }
    const luca = await ready((await called({ hours: closed })).campaign)
    expect(await byHand(luca, '+393312345609')).toMatchObject({
      body: { code: 'call-not-allowed', details: { reason: 'campaign-hours' } },
    })
  })

  it('is refused where it is no number, in a call, and where no campaign of the operator runs', async () => {
    const { campaign } = await called({ endings: ['08'] })
    const anna = await ready(campaign)
    expect(await byHand(anna, 'pippo')).toMatchObject({ status: 400, body: { code: 'invalid-input' } })
    expect(await byHand(anna, '+393312345708', 'none')).toMatchObject({ status: 404 })
    const leg = await anna.dial()
    expect(await byHand(anna, '+393312345708')).toMatchObject({ body: { code: 'not-in-this-state' } })
    await anna.ask(leg, { do: 'hang-up' })
    await floor.pass(50)
    await anna.wrapUp('not-interested')
    await floor.db.updateTable('campaigns').set({ state: 'suspended' }).where('id', '=', campaign).execute()
    expect(await byHand(anna, '+393312345708')).toMatchObject({
      body: { code: 'not-in-this-state', details: { problem: 'no-campaign' } },
    })
  })

  it('from a break leads back to it, and leaves no record that others are offered', async () => {
    const { campaign } = await called()
    const anna = await ready(campaign)
    await anna.takeBreak('coffee')
    await byHand(anna, '+393312345808')
    expect(anna.view()).toMatchObject({ state: 'reserved', wanted: 'coffee' })
    await anna.must('work.skip', { params: { id: anna.offer().attempt }, body: { reason: 'other' } })
    expect(anna.view()).toMatchObject({ state: 'break', breakReason: 'coffee' })
    expect(await recordsOf(campaign)).toMatchObject([{ state: 'closed', closed_as: 'removed' }])
    // A list that has them brings them back.
    const { contact_id } = await floor.db
      .selectFrom('campaign_records')
      .select('contact_id')
      .where('campaign_id', '=', campaign)
      .executeTakeFirstOrThrow()
    const wish = { campaign, import: null, makeId: makeUuid, now: floor.clock.now() }
    expect(await insertRecords(floor.db, wish, [contact_id])).toBe(1)
    expect(await insertRecords(floor.db, wish, [contact_id])).toBe(0)
    expect(await recordsOf(campaign)).toMatchObject([{ state: 'waiting', kind: 'new', closed_as: null }])
  })

  it('takes the place of a record that was only read, and not a colleague’s contact', async () => {
    const { campaign } = await called({ endings: ['08', '08'] })
    const anna = await ready(campaign)
    const luca = await ready(campaign)
    const theirs = luca.offer().contact.phones[0]?.e164 ?? ''
    const before = anna.offer().record.id
    expect(await byHand(anna, theirs)).toMatchObject({ body: { code: 'not-in-this-state' } })
    expect(anna.offer().record.id).toBe(before)
    await byHand(anna, '+393312345908')
    expect(await floor.record(before)).toMatchObject({ state: 'waiting' })
  })
})

describe('a queue', () => {
  it('takes a call handed to it: the next free one of that campaign has it with its contact', async () => {
    const sales = await called()
    const support = await called()
    const anna = await ready(sales.campaign)
    const luca = await ready(support.campaign)
    const [ciro] = await people('+390815520301', ['Esposito'])
    const channel = await sales.calls('+390815520301')
    const leg = anna.offer().attempt
    await anna.ask(leg, { do: 'answer' })
    const first = anna.offer().record.id
    await luca.takeBreak('coffee')
    const groups = await anna.must<Group[]>('lines.groups', {})
    expect(groups).toEqual(
      expect.arrayContaining([{ campaign: support.campaign, name: 'A campaign', here: 1, idle: 0 }]),
    )
    await anna.ask(leg, { do: 'transfer', to: { kind: 'queue', campaign: support.campaign } })
    await floor.pass(50)
    expect(anna.view().state).toBe('wrap-up')
    expect(anna.news().at(-1)).toMatchObject({ type: 'leg-ended', leg, end: 'transferred' })
    expect(hears(channel)).toEqual(['music'])
    expect(hears(await anna.channel())).toEqual([])
    await luca.ready()
    await floor.pass(50)
    await luca.ask(luca.offer().attempt, { do: 'answer' })
    expect(hears(channel)).toEqual([await luca.channel()])
    expect(luca.offer()).toMatchObject({ contact: { id: ciro }, campaign: { id: support.campaign } })
    expect(luca.offer().record.id).not.toBe(first)
    await anna.wrapUp('not-interested')
    expect(await floor.record(first)).toMatchObject({ closed_as: 'negative' })
  })

  it('takes nobody where no operator of it is there', async () => {
    const sales = await called()
    const empty = await called()
    const anna = await ready(sales.campaign)
    const channel = await sales.calls('+390815520302')
    const leg = anna.offer().attempt
    await anna.ask(leg, { do: 'answer' })
    const refused = await anna.tryAsk(leg, {
      do: 'transfer',
      to: { kind: 'queue', campaign: empty.campaign },
    })
    expect(refused).toMatchObject({ status: 409 })
    expect(hears(channel)).toEqual([await anna.channel()])
    expect(anna.view().state).toBe('talking')
  })

  it('asked something is its longest idle operator', async () => {
    const sales = await called()
    const support = await called()
    const anna = await ready(sales.campaign)
    const luca = await ready(support.campaign)
    await floor.pass(1_000)
    await ready(support.campaign)
    await sales.calls('+390815520303')
    const leg = anna.offer().attempt
    await anna.ask(leg, { do: 'answer' })
    const to = { kind: 'queue', campaign: support.campaign }
    await anna.ask(leg, { do: 'consult', consult: 'queue-1', to })
    expect(luca.news().at(-1)).toMatchObject({ type: 'leg-offered', leg: 'queue-1' })
    await luca.ask('queue-1', { do: 'answer' })
    await anna.ask(leg, { do: 'complete' })
    await floor.pass(50)
    expect(luca.view()).toMatchObject({ state: 'talking', work: { offer: { record: { kind: 'inbound' } } } })
    const none = await called()
    const rita = await ready(none.campaign)
    await none.calls('+390815520304')
    const theirs = rita.offer().attempt
    await rita.ask(theirs, { do: 'answer' })
    const alone = { kind: 'queue', campaign: none.campaign }
    expect(await rita.tryAsk(theirs, { do: 'consult', consult: 'queue-2', to: alone })).toMatchObject({
      status: 409,
    })
  })
})

describe('a customer on hold', () => {
  it('hears music and is not heard', async () => {
    const { campaign, calls } = await called()
    const anna = await ready(campaign)
    const channel = await calls('+390815520311')
    const leg = anna.offer().attempt
    await anna.ask(leg, { do: 'answer' })
    await anna.ask(leg, { do: 'hold' })
    expect([hears(channel), hears(await anna.channel())]).toEqual([['music'], []])
    floor.pbx.cut()
    await floor.pass(100)
    floor.pbx.heal()
    await floor.pass(100)
    expect((await anna.legs()).legs).toMatchObject([{ leg, held: true }])
    expect([hears(channel), hears(await anna.channel())]).toEqual([['music'], []])
    await anna.ask(leg, { do: 'resume' })
    expect([hears(channel), hears(await anna.channel())]).toEqual([[await anna.channel()], [channel]])
  })
})
