import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AbandonedCaller } from '../../../shared/crm-api/callers.ts'
import { callersOn } from '../../support/callers.ts'
import type { PhoneFloor } from '../../support/phone-floor.ts'
import { phoneFloor } from '../../support/phone-floor.ts'

let floor: PhoneFloor
const { called, ready, people, hears, channels, abandoned, waiting } = callersOn(() => floor)
beforeAll(async () => {
  floor = await phoneFloor()
})
afterAll(() => floor.close())

describe('a call that comes in', () => {
  it('rings the longest idle operator with the contact on the desk, and is theirs once answered', async () => {
    const { campaign, number, calls } = await called()
    const [ciro] = await people('+390815520101', ['Esposito'])
    const anna = await ready(campaign)
    await floor.pass(1_000)
    const luca = await ready(campaign)
    const channel = await calls('+390815520101', 'CIRO E.')
    expect(hears(channel)).toEqual(['music'])
    expect(luca.view()).toMatchObject({ state: 'ready', work: null })
    expect(anna.view()).toMatchObject({ state: 'ringing', work: { stage: 'offered' } })
    const offer = anna.offer()
    expect(offer).toMatchObject({
      record: { kind: 'inbound' },
      contact: { id: ciro, lastName: 'Esposito' },
      caller: { from: '+390815520101', name: 'CIRO E.', to: number, matches: [] },
    })
    const leg = offer.attempt
    expect(anna.news().at(-1)).toMatchObject({ type: 'leg-offered', leg, from: '+390815520101', to: number })
    // A page that has the leg shows ring and record in one picture.
    const told = anna.told.map((message) => (message.type === 'leg' ? message.event.type : message.type))
    expect(told.slice(-2)).toEqual(['leg-offered', 'operator'])
    expect((await anna.legs()).legs).toMatchObject([{ leg, state: 'ringing', direction: 'in', to: number }])

    await anna.ask(leg, { do: 'answer' })
    expect(hears(channel)).toEqual([await anna.channel()])
    expect(anna.newsTypes(leg)).toEqual(['leg-offered', 'leg-answered'])
    expect(anna.view()).toMatchObject({ state: 'talking', work: { stage: 'started' } })
    expect(anna.offer()).toEqual({ ...offer, offeredAt: expect.any(Number) as number })
    await anna.ask(leg, { do: 'hang-up' })
    await floor.pass(50)
    expect(anna.view().state).toBe('wrap-up')
    await anna.wrapUp('not-interested')
    expect(await floor.record(offer.record.id)).toMatchObject({ closed_as: 'negative', attempts: 0 })
    expect(anna.view()).toMatchObject({ state: 'ready', idle: { code: 'waiting-for-calls' } })
    expect(await channels()).not.toContain(channel)
  })

  it('goes to the next operator when nobody answers; the first one is visibly missed until they are ready', async () => {
    const { campaign, calls } = await called()
    const anna = await ready(campaign)
    await floor.pass(1_000)
    const luca = await ready(campaign)
    const channel = await calls('+390815520102')
    const leg = anna.offer().attempt
    await floor.pass(15_000)
    expect(anna.view()).toMatchObject({ state: 'missed', work: null })
    expect(anna.news().at(-1)).toMatchObject({ type: 'leg-ended', leg, end: 'no-answer' })
    expect(luca.view().state).toBe('ringing')
    expect(luca.offer().attempt).not.toBe(leg)
    expect(await anna.tryAsk(leg, { do: 'answer' })).toMatchObject({ status: 404 })
    await floor.pass(15_000)
    expect(luca.view().state).toBe('missed')
    expect(hears(channel)).toEqual(['music'])
    await anna.ready()
    await floor.pass(50)
    expect(anna.view().state).toBe('ringing')
    await anna.ask(anna.offer().attempt, { do: 'answer' })
    expect(hears(channel)).toEqual([await anna.channel()])
  })

  it('that is declined rings at the next; who declined stays ready, and rings again later where they are alone', async () => {
    const { campaign, calls } = await called()
    const anna = await ready(campaign)
    await floor.pass(1_000)
    const luca = await ready(campaign)
    await calls('+390815520103')
    await anna.ask(anna.offer().attempt, { do: 'decline' })
    expect(anna.view()).toMatchObject({ state: 'ready', work: null })
    expect(luca.view().state).toBe('ringing')
    await luca.takeBreak('coffee')
    await luca.ask(luca.offer().attempt, { do: 'decline' })
    expect(luca.view()).toMatchObject({ state: 'break', breakReason: 'coffee' })
    await floor.pass(1_000)
    expect(anna.view().state).toBe('ready')
    await floor.pass(30_000)
    expect(anna.view().state).toBe('ringing')
  })

  it('waits behind who came first, and before a campaign of less priority', async () => {
    const urgent = await called({ priority: 9 })
    const usual = await called({ priority: 2 })
    const anna = await ready(urgent.campaign, usual.campaign)
    await usual.calls('+390815520111')
    await floor.pass(1_000)
    await usual.calls('+390815520112')
    await urgent.calls('+390815520113')
    const served: (string | null | undefined)[] = []
    for (let turn = 0; turn < 3; turn++) {
      served.push(anna.offer().caller?.from)
      if (turn === 0) {
        const queue = await waiting(anna)
        expect(queue.map(({ number, ringing }) => [number, ringing !== null])).toEqual([
          ['+390815520113', false],
          ['+390815520111', true],
          ['+390815520112', false],
        ])
      }
      const leg = anna.offer().attempt
      await anna.ask(leg, { do: 'answer' })
      await anna.ask(leg, { do: 'hang-up' })
      await floor.pass(50)
      await anna.wrapUp('not-interested')
      await floor.pass(50)
    }
    expect(served).toEqual(['+390815520111', '+390815520113', '+390815520112'])
  })

  it('of who only reads a record takes that record back for the while', async () => {
    const { campaign, calls } = await called({ endings: ['08'] })
    const anna = await ready(campaign)
    const before = anna.offer().record.id
    const channel = await calls('+390815520114')
    expect(anna.view()).toMatchObject({ state: 'ringing', work: { offer: { record: { kind: 'inbound' } } } })
    expect(await floor.record(before)).toMatchObject({ state: 'waiting', operator: null, attempts: 0 })
    floor.pbx.party.hangsUp(channel)
    await floor.pass(50)
    expect(anna.view()).toMatchObject({ state: 'reserved', work: { offer: { record: { id: before } } } })
  })

  it('rings at nobody who is in a call or wraps one up', async () => {
    const { campaign, calls } = await called({ endings: ['08'] })
    const anna = await ready(campaign)
    const own = await anna.dial()
    await floor.pass(1_300)
    const channel = await calls('+390815520115')
    expect(anna.view().state).toBe('talking')
    await anna.ask(own, { do: 'hang-up' })
    await floor.pass(1_000)
    expect(anna.view().state).toBe('wrap-up')
    expect(hears(channel)).toEqual(['music'])
    await anna.wrapUp('not-interested')
    await floor.pass(50)
    expect(anna.view().state).toBe('ringing')
  })
})

describe('a caller who gives up', () => {
  it('in the queue is listed once, however often they try, until they are answered', async () => {
    const { campaign, calls } = await called()
    const anna = await ready(campaign)
    await anna.takeBreak('coffee')
    for (const wait of [1_000, 2_000]) {
      const channel = await calls('+390815520130', 'PINO')
      await floor.pass(wait)
      floor.pbx.party.hangsUp(channel)
      await floor.pass(50)
    }
    expect(await abandoned(anna)).toMatchObject([
      { number: '+390815520130', name: 'PINO', reason: 'hung-up', times: 2, callBack: null },
    ])
    expect((await floor.asSupervisor<{ total: number }>('callers.abandoned', {})).total).toBeGreaterThan(0)
    const stranger = await ready((await called()).campaign)
    expect(await abandoned(stranger)).toEqual([])
    await anna.ready()
    await calls('+390815520130')
    expect(await abandoned(anna)).toEqual([])
    await anna.ask(anna.offer().attempt, { do: 'answer' })
    expect(await abandoned(anna)).toEqual([])
  })

  it('is on a list that is read page by page, longest ago first, each page told how many there are', async () => {
    const { campaign, calls } = await called()
    const anna = await ready(campaign)
    await anna.takeBreak('coffee')
    for (const from of ['+390815520132', null, '+390815520133', null]) {
      floor.pbx.party.hangsUp(await calls(from))
      await floor.pass(1_000)
    }
    type Page = { items: AbandonedCaller[]; next: string | null; total: number }
    const seen: (string | null)[] = []
    let after: string | null = null
    do {
      const query: object = { limit: 3, ...(after !== null && { after }) }
      const page: Page = await anna.must<Page>('callers.abandoned', { query })
      expect(page.total).toBe(4)
      seen.push(...page.items.map(({ number }) => number))
      after = page.next
    } while (after !== null)
    expect(seen).toEqual(['+390815520132', null, '+390815520133', null])
    const [, withheld] = (await anna.must<Page>('callers.abandoned', {})).items
    const refused = await anna.call('callers.callBack', { params: { id: withheld?.id } })
    expect(refused).toMatchObject({ status: 400 })
    const weekAgo = floor.clock.now() - 7 * 24 * 3_600_000
    await floor.db
      .updateTable('callers')
      .set({ gone_at: weekAgo })
      .where('campaign_id', '=', campaign)
      .execute()
    expect(await abandoned(anna)).toEqual([])
  })

  it('while it rings leaves the operator ready at once', async () => {
    const { campaign, calls } = await called()
    const anna = await ready(campaign)
    const channel = await calls('+390815520131')
    const leg = anna.offer().attempt
    floor.pbx.party.hangsUp(channel)
    await floor.pass(50)
    expect(anna.view()).toMatchObject({ state: 'ready', work: null })
    expect(anna.news().at(-1)).toMatchObject({ type: 'leg-ended', leg, end: 'hung-up-by-them' })
    expect(await abandoned(anna)).toMatchObject([{ number: '+390815520131' }])
  })

  it('is called back by one operator at a time, and is settled once they have spoken', async () => {
    const { campaign, calls } = await called()
    const anna = await ready(campaign)
    const luca = await ready(campaign)
    const gone = async () => {
      const channel = await calls('+390815520108')
      floor.pbx.party.hangsUp(channel)
      await floor.pass(50)
    }
    await gone()
    const [caller] = await abandoned(anna)
    await anna.must('callers.callBack', { params: { id: caller?.id } })
    expect(anna.offer()).toMatchObject({
      record: { kind: 'manual' },
      contact: { phones: [{ e164: '+390815520108' }] },
    })
    expect(await abandoned(luca)).toMatchObject([{ callBack: { operator: anna.user.id } }])
    const second = await luca.call('callers.callBack', { params: { id: caller?.id } })
    expect(second).toMatchObject({ status: 409 })
    expect(luca.view().state).toBe('ready')
    const leg = await anna.dial()
    await floor.pass(1_300)
    expect(anna.view().state).toBe('talking')
    await anna.ask(leg, { do: 'hang-up' })
    await floor.pass(50)
    expect(await abandoned(luca)).toEqual([])
    await anna.wrapUp('not-interested')
    await gone()
    expect(await abandoned(luca)).toMatchObject([{ times: 1 }])
  })
})

describe('a caller who cannot be served', () => {
  it('hears at once that nobody is there outside of the hours, and is listed', async () => {
    const closed = { zone: 'Europe/Rome', days: { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] } }
    const { campaign, calls } = await called({ hours: closed })
    const anna = await ready(campaign)
    const channel = await calls('+390815520140')
    expect(await channels()).not.toContain(channel)
    expect(await abandoned(anna)).toMatchObject([{ reason: 'outside-hours' }])
  })

  it('is not let in where no operator of the campaign is signed in', async () => {
    const { campaign, calls } = await called()
    const channel = await calls('+390815520141')
    expect(await channels()).not.toContain(channel)
    const anna = await ready(campaign)
    expect(await abandoned(anna)).toMatchObject([{ reason: 'nobody-there' }])
  })

  it('hears a busy tone after the longest wait', async () => {
    const { campaign, calls } = await called()
    const anna = await ready(campaign)
    await anna.takeBreak('lunch')
    const channel = await calls('+390815520142')
    floor.clock.advance(589_000)
    const isTold = () => hears(channel).includes('tone:busy')
    for (let second = 0; second < 25 && !isTold(); second++) {
      expect(hears(channel)).toEqual(['music'])
      await floor.pass(1_000)
    }
    expect(hears(channel)).toEqual(['tone:busy'])
    await floor.pass(3_000)
    expect(await channels()).not.toContain(channel)
    expect(await abandoned(anna)).toMatchObject([{ reason: 'waited-too-long' }])
  })

  it('calls a number of no campaign, and hears congestion', async () => {
    const channel = floor.pbx.callIn({ from: '+390815520143', to: '+39069999999' })
    await floor.pass(50)
    expect(await channels()).not.toContain(channel)
    const rows = await floor.db.selectFrom('callers').selectAll().where('channel', '=', channel).execute()
    expect(rows).toEqual([])
    expect(floor.log.some((line) => line.includes('a number of no campaign'))).toBe(true)
  })
})
