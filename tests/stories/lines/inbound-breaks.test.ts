import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { callersOn } from '../../support/callers.ts'
import type { PhoneFloor } from '../../support/phone-floor.ts'
import { phoneFloor } from '../../support/phone-floor.ts'

let floor: PhoneFloor
const { called, ready, hears, channels, abandoned } = callersOn(() => floor)
beforeEach(async () => {
  floor = await phoneFloor()
})
afterEach(() => floor.close())

describe('a server that dies and starts again', () => {
  it('goes on with who waits and what rang, in order of arrival, and with who came meanwhile', async () => {
    const { campaign, calls, number } = await called()
    const anna = await ready(campaign)
    const first = await calls('+390815520201')
    await floor.pass(1_000)
    const second = await calls('+390815520202')
    expect(anna.view().state).toBe('ringing')
    await floor.restartServer(() => {
      floor.pbx.callIn({ from: '+390815520203', to: number })
    })
    expect(hears(first)).toEqual(['music'])
    expect(hears(second)).toEqual(['music'])
    await anna.reconnect()
    await anna.ready()
    await floor.pass(6_000)
    expect(anna.offer().caller?.from).toBe('+390815520201')
    await anna.ask(anna.offer().attempt, { do: 'answer' })
    expect(hears(first)).toEqual([await anna.channel()])
    const luca = await ready(campaign)
    await floor.pass(50)
    expect(luca.offer().caller?.from).toBe('+390815520202')
    const third = await ready(campaign)
    await floor.pass(50)
    expect(third.offer().caller?.from).toBe('+390815520203')
  })

  it('lists who hung up meanwhile, and adopts the call that is up', async () => {
    const { campaign, calls } = await called()
    const anna = await ready(campaign)
    const talks = await calls('+390815520211')
    const leg = anna.offer().attempt
    await anna.ask(leg, { do: 'answer' })
    const waits = await calls('+390815520212')
    await floor.restartServer(() => floor.pbx.party.hangsUp(waits))
    await anna.reconnect()
    await floor.pass(100)
    expect(hears(talks)).toEqual([await anna.channel()])
    expect((await anna.legs()).legs).toMatchObject([{ leg, state: 'answered', direction: 'in' }])
    expect(anna.view()).toMatchObject({ state: 'talking', work: { offer: { record: { kind: 'inbound' } } } })
    expect(await abandoned(anna)).toMatchObject([{ number: '+390815520212', reason: 'lost' }])
    await anna.ask(leg, { do: 'hang-up' })
    await floor.pass(50)
    await anna.wrapUp('not-interested')
    expect(await floor.db.selectFrom('live_leg').selectAll().execute()).toEqual([])
  })

  it('while a customer was on their way outside keeps them, and takes them back where nobody answers', async () => {
    const { campaign, calls } = await called()
    const anna = await ready(campaign)
    const customer = await calls('+390815520221')
    const leg = anna.offer().attempt
    await anna.ask(leg, { do: 'answer' })
    const rings = { kind: 'number', number: '+390612345602' }
    await anna.ask(leg, { do: 'transfer', to: rings })
    await floor.pass(300)
    await floor.restartServer()
    expect(await channels()).toEqual(expect.arrayContaining([customer, `party-${leg}`]))
    floor.pbx.party.answers(`party-${leg}`)
    await floor.pass(50)
    expect(hears(customer)).toEqual([`party-${leg}`])
    floor.pbx.party.hangsUp(`party-${leg}`)
    await floor.pass(50)
    expect(await channels()).not.toContain(customer)
  })

  it('finds that the party outside is gone, and lets the customer wait for the campaign', async () => {
    const { campaign, calls } = await called()
    const anna = await ready(campaign)
    const customer = await calls('+390815520222')
    const leg = anna.offer().attempt
    await anna.ask(leg, { do: 'answer' })
    await anna.ask(leg, { do: 'transfer', to: { kind: 'number', number: '+390612345602' } })
    await floor.pass(300)
    await floor.restartServer(() => floor.pbx.party.hangsUp(`party-${leg}`))
    expect(hears(customer)).toEqual(['music'])
    const luca = await ready(campaign)
    await floor.pass(50)
    expect(luca.offer()).toMatchObject({ caller: { from: '+390815520222' } })
  })
})

describe('the link to the switch', () => {
  it('that breaks leaves callers with music, rings on, and takes in who came meanwhile', async () => {
    const { campaign, calls, number } = await called()
    const anna = await ready(campaign)
    const luca = await ready(campaign)
    const first = await calls('+390815520231')
    const ringing = [anna, luca].find((desk) => desk.view().state === 'ringing')
    const other = ringing === anna ? luca : anna
    const leg = ringing?.offer().attempt ?? ''
    floor.pbx.cut()
    floor.pbx.callIn({ from: '+390815520232', to: number })
    await floor.pass(1_000)
    expect(await ringing?.tryAsk(leg, { do: 'answer' })).toMatchObject({ body: { code: 'line-down' } })
    floor.pbx.heal()
    await floor.pass(5_000)
    expect(other.view().state).toBe('ringing')
    await ringing?.ask(leg, { do: 'answer' })
    expect(hears(first)).toEqual([await ringing?.channel()])
  })

  it('that is away for long lets nobody miss a call that they could not answer', async () => {
    const { campaign, calls } = await called()
    const anna = await ready(campaign)
    const channel = await calls('+390815520235')
    floor.pbx.cut()
    await floor.pass(16_000)
    expect(anna.view()).toMatchObject({ state: 'ready', work: null })
    floor.pbx.heal()
    await floor.pass(100)
    expect(anna.view().state).toBe('ringing')
    await anna.ask(anna.offer().attempt, { do: 'answer' })
    expect(hears(channel)).toEqual([await anna.channel()])
  })

  it('that was away while they hung up ends ring and wait', async () => {
    const { campaign, calls } = await called()
    const anna = await ready(campaign)
    const channel = await calls('+390815520241')
    floor.pbx.cut()
    floor.pbx.party.hangsUp(channel)
    await floor.pass(1_000)
    floor.pbx.heal()
    await floor.pass(100)
    expect(anna.view()).toMatchObject({ state: 'ready', work: null })
    expect(await abandoned(anna)).toMatchObject([{ reason: 'lost' }])
  })

  it('a switch that restarts has nobody waiting any more', async () => {
    const { campaign, calls } = await called()
    const anna = await ready(campaign)
    await calls('+390815520242')
    floor.pbx.restart()
    await floor.pass(100)
    floor.pbx.heal()
    await floor.pass(100)
    expect(anna.view()).toMatchObject({ state: 'break', breakReason: 'technical', work: null })
    expect(await abandoned(anna)).toMatchObject([{ number: '+390815520242', reason: 'lost' }])
  })
})

describe('an operator whose phone is lost while it rings', () => {
  it('has not missed anything: the call rings at the next one', async () => {
    const { campaign, calls } = await called()
    const anna = await floor.phoned(campaign)
    const account = await anna.openPhone()
    await anna.ready()
    await floor.pass(1_000)
    const luca = await ready(campaign)
    await calls('+390815520251')
    expect(anna.view().state).toBe('ringing')
    floor.pbx.phone.goes(account.kind === 'web' ? account.username : '')
    await floor.pass(100)
    expect(luca.view().state).toBe('ringing')
    expect(anna.view()).toMatchObject({ state: 'break', breakReason: 'technical' })
  })
})
