import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Phoned } from '../../support/floor-phones.ts'
import type { PhoneFloor } from '../../support/phone-floor.ts'
import { phoneFloor } from '../../support/phone-floor.ts'

let floor: PhoneFloor
beforeAll(async () => {
  floor = await phoneFloor()
})
afterAll(() => floor.close())

/** Anna talks to a customer; Luca is ready and has nothing to do. */
async function talking() {
  const campaign = await floor.realCampaign(['08'])
  const anna = await floor.phoned(campaign)
  await anna.work()
  const leg = await anna.dial()
  await floor.pass(1_300)
  const luca = await floor.phoned(campaign)
  await luca.work()
  return { anna, luca, leg, voices: { anna: await anna.channel(), luca: await luca.channel() } }
}
const hears = (channel: string) => [...floor.pbx.hears(channel)].toSorted()
const operator = (desk: Phoned) => ({ kind: 'operator', user: desk.user.id })
const outside = { kind: 'number', number: '+390612345608' }

describe('a call handed on blind', () => {
  it('goes into the colleague’s bridge with its record, and leaves its first operator to wrap up', async () => {
    const { anna, luca, leg, voices } = await talking()
    const { record } = anna.offer()
    expect((await anna.must<unknown[]>('lines.colleagues', {})).length).toBeGreaterThan(0)
    await anna.ask(leg, { do: 'transfer', to: operator(luca) })
    await floor.pass(50)
    expect(hears(leg)).toEqual([voices.luca])
    expect(hears(voices.anna)).toEqual([])
    expect(anna.news().at(-1)).toMatchObject({ type: 'leg-ended', leg, end: 'transferred' })
    expect(anna.view()).toMatchObject({ state: 'wrap-up', work: { stage: 'started' } })
    expect(luca.view()).toMatchObject({ state: 'talking', work: { stage: 'started' } })
    expect(luca.offer().record.id).toBe(record.id)
    const theirs = luca.offer().attempt
    expect(theirs).not.toBe(leg)
    expect(luca.newsTypes(theirs)).toEqual(['leg-dialed', 'leg-answered'])
    await anna.wrapUp('callback', { callbackAt: floor.clock.now() + 60_000 })
    expect(await floor.record(record.id)).toMatchObject({ state: 'working', operator: luca.user.id })
    await luca.ask(theirs, { do: 'hang-up' })
    await floor.pass(50)
    await luca.wrapUp('not-interested')
    expect(await floor.record(record.id)).toMatchObject({ state: 'closed', closed_as: 'negative' })
  })

  it('is a call of the colleague’s, after which their own outcome before it cannot be taken back', async () => {
    const campaign = await floor.realCampaign(['08', '08'])
    const luca = await floor.phoned(campaign)
    await luca.work()
    const before = await luca.dial()
    await floor.pass(1_300)
    const anna = await floor.phoned(campaign)
    await anna.work()
    const leg = await anna.dial()
    await floor.pass(1_300)
    await luca.ask(before, { do: 'hang-up' })
    await floor.pass(50)
    await luca.wrapUp('not-interested')
    await anna.ask(leg, { do: 'transfer', to: operator(luca) })
    await floor.pass(50)
    await luca.ask(luca.offer().attempt, { do: 'hang-up' })
    await floor.pass(50)
    await luca.wrapUp('not-interested')
    const late = await luca.call('work.undo', { params: { id: before }, key: `undo-${before}` })
    expect(late).toMatchObject({ status: 409, body: { code: 'not-in-this-state' } })
  })

  it('is refused where the colleague is not free, and stays with its operator', async () => {
    const { anna, luca, leg, voices } = await talking()
    await luca.takeBreak('coffee')
    expect(await anna.tryAsk(leg, { do: 'transfer', to: operator(luca) })).toMatchObject({ status: 409 })
    expect(hears(leg)).toEqual([voices.anna])
    expect(anna.view().state).toBe('talking')
  })

  it('to a number rings with music, then both talk without any of us until one hangs up', async () => {
    const { anna, leg } = await talking()
    await anna.ask(leg, { do: 'transfer', to: outside })
    await floor.pass(500)
    expect(hears(leg)).toEqual(['music'])
    expect(anna.view().state).toBe('wrap-up')
    await floor.pass(1_000)
    expect(hears(leg)).toEqual([`party-${leg}`])
    floor.pbx.party.hangsUp(leg)
    await floor.pass(50)
    const { channels } = await floor.telephony.snapshot()
    expect(channels.map(({ id }) => id)).not.toContain(`party-${leg}`)
  })

  it('to a number that is busy comes back: the customer waits with music for who is free first', async () => {
    const { anna, luca, leg, voices } = await talking()
    const { record } = anna.offer()
    await anna.ask(leg, { do: 'transfer', to: { kind: 'number', number: '+390612345601' } })
    await floor.pass(300)
    expect(hears(leg)).toEqual(['music'])
    expect(luca.view()).toMatchObject({ state: 'ringing', work: { stage: 'offered' } })
    const theirs = luca.offer().attempt
    await luca.ask(theirs, { do: 'answer' })
    expect(hears(leg)).toEqual([voices.luca])
    expect(luca.offer().record).toMatchObject({ id: record.id, kind: 'inbound' })
    await anna.wrapUp('no-answer')
    expect(await floor.record(record.id)).toMatchObject({ state: 'working', operator: luca.user.id })
    floor.pbx.party.hangsUp(leg)
    await floor.pass(50)
    await luca.wrapUp('not-interested')
    expect(await floor.record(record.id)).toMatchObject({ state: 'closed', closed_as: 'negative' })
  })

  it('to a number that is busy is over where nobody of the campaign is there to take it back', async () => {
    const { anna, luca, leg } = await talking()
    await anna.ask(leg, { do: 'transfer', to: { kind: 'number', number: '+390612345602' } })
    anna.disconnect()
    luca.disconnect()
    await floor.pass(3_100)
    await floor.db.updateTable('operators').set({ since: 0 }).execute()
    floor.pbx.party.hangsUp(`party-${leg}`)
    await floor.pass(100)
    expect((await floor.telephony.snapshot()).channels.map(({ id }) => id)).not.toContain(leg)
  })
})

describe('an operator who asks somebody else meanwhile', () => {
  it('talks to the number while the customer hears music, swaps, and hands over', async () => {
    const { anna, leg, voices } = await talking()
    await anna.ask(leg, { do: 'consult', consult: 'asked-1', to: outside })
    expect(hears(leg)).toEqual(['music'])
    expect((await anna.legs()).legs[0]?.consult).toMatchObject({ leg: 'asked-1', state: 'ringing' })
    await floor.pass(1_300)
    expect(hears('consult-asked-1')).toEqual([voices.anna])
    await anna.ask(leg, { do: 'swap' })
    expect([hears(leg), hears('consult-asked-1')]).toEqual([[voices.anna], ['music']])
    await anna.ask(leg, { do: 'swap' })
    expect([hears(leg), hears('consult-asked-1')]).toEqual([['music'], [voices.anna]])
    await anna.ask(leg, { do: 'complete' })
    expect([hears(leg), hears('consult-asked-1')]).toEqual([['consult-asked-1'], [leg]])
    expect(anna.news().at(-1)).toMatchObject({ type: 'leg-ended', end: 'transferred' })
    expect(anna.view().state).toBe('wrap-up')
    floor.pbx.party.hangsUp('consult-asked-1')
    await floor.pass(50)
    expect((await floor.telephony.snapshot()).channels.map(({ id }) => id)).not.toContain(leg)
  })

  it('gets the customer back by cancelling, or because the other one is busy', async () => {
    const { anna, leg, voices } = await talking()
    await anna.ask(leg, { do: 'consult', consult: 'asked-2', to: outside })
    await floor.pass(300)
    await anna.ask(leg, { do: 'cancel-consult' })
    await floor.pass(50)
    expect(hears(leg)).toEqual([voices.anna])
    const busy = { kind: 'number', number: '+390612345601' }
    await anna.ask(leg, { do: 'consult', consult: 'asked-3', to: busy })
    await floor.pass(300)
    expect(hears(leg)).toEqual([voices.anna])
    expect(anna.news().at(-1)).toMatchObject({ type: 'leg-consult', consult: null })
    expect(await anna.tryAsk(leg, { do: 'swap' })).toMatchObject({ status: 409 })
  })

  it('brings all three together', async () => {
    const { anna, leg, voices } = await talking()
    await anna.ask(leg, { do: 'consult', consult: 'asked-4', to: outside })
    await floor.pass(1_300)
    await anna.ask(leg, { do: 'join' })
    expect(hears(leg)).toEqual(['consult-asked-4', voices.anna].toSorted())
    expect(hears(voices.anna)).toEqual(['consult-asked-4', leg].toSorted())
    floor.pbx.party.hangsUp(leg)
    await floor.pass(50)
    expect(anna.view().state).toBe('wrap-up')
    expect((await floor.telephony.snapshot()).channels.map(({ id }) => id)).not.toContain('consult-asked-4')
  })

  it('asks a colleague, who answers and gets the call handed over with its record', async () => {
    const { anna, luca, leg, voices } = await talking()
    await anna.ask(leg, { do: 'consult', consult: 'asked-5', to: operator(luca) })
    expect(luca.news().at(-1)).toMatchObject({ type: 'leg-offered', leg: 'asked-5' })
    expect(luca.view()).toMatchObject({ state: 'ready', work: null })
    expect((await luca.legs()).legs).toMatchObject([{ leg: 'asked-5', state: 'ringing', direction: 'in' }])
    await luca.ask('asked-5', { do: 'answer' })
    expect([hears(leg), hears(voices.luca)]).toEqual([['music'], [voices.anna]])
    await anna.ask(leg, { do: 'complete' })
    await floor.pass(50)
    expect(hears(leg)).toEqual([voices.luca])
    expect(luca.view()).toMatchObject({ state: 'talking', work: { stage: 'started' } })
    expect(luca.newsTypes('asked-5').at(-1)).toBe('leg-ended')
  })

  it('is told no by a colleague who declines; whoever is asked gets no work meanwhile', async () => {
    const { anna, luca, leg, voices } = await talking()
    await anna.ask(leg, { do: 'consult', consult: 'asked-6', to: operator(luca) })
    await floor.campaign({ operators: [luca.user.id], contacts: 1 })
    await floor.pass(16_000)
    expect(luca.view().work).toBeNull()
    await luca.ask('asked-6', { do: 'decline' })
    await floor.pass(50)
    expect(hears(leg)).toEqual([voices.anna])
    expect(luca.view().state).toBe('reserved')
  })
})
