import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RealFloor } from './support/real-floor.ts'
import { realFloor } from './support/real-floor.ts'

let floor: RealFloor
beforeAll(async () => {
  floor = await realFloor(['desk-1', 'desk-2', 'desk-3', 'desk-4'])
}, 180_000)
afterAll(() => floor?.close())

const bridgeOf = (desk: { user: { id: string } }) => `bridge-${desk.user.id}`

describe('on the real Asterisk a previewed call', () => {
  it('is answered into the operator’s bridge, held with music, and ends in the wrap-up', async () => {
    const anna = await floor.phoned(await floor.realCampaign(['55']))
    await anna.work()
    expect(anna.view()).toMatchObject({ state: 'reserved', phone: { kind: 'desk', state: 'up' } })
    const leg = await anna.dial()
    await floor.until(() => anna.view().state === 'talking')
    expect(await floor.bridgeOf(leg)).toBe(bridgeOf(anna))
    expect(await floor.bridgeOf(await anna.channel())).toBe(bridgeOf(anna))
    await anna.ask(leg, { do: 'hold' })
    expect((await anna.legs()).legs).toMatchObject([{ leg, held: true }])
    await anna.ask(leg, { do: 'resume' })
    await anna.ask(leg, { do: 'dtmf', digits: '12#' })
    await anna.ask(leg, { do: 'hang-up' })
    await floor.until(() => anna.view().state === 'wrap-up')
    expect(anna.newsTypes(leg)).toEqual([
      'leg-ringing',
      'leg-answered',
      'leg-held',
      'leg-resumed',
      'leg-ended',
    ])
    expect(await floor.attempt(leg)).toMatchObject({
      end_cause: 'hung-up-by-us',
      switch_cause: expect.any(String),
    })
  })

  it.each([
    ['01', 'busy', '486'],
    ['06', 'invalid-number', '404'],
    ['07', 'rejected', '603'],
    ['09', 'congestion', '503'],
    ['10', 'unreachable', '480'],
  ])('to a number ending in %s ends as %s, with SIP %s kept in the attempt', async (ending, end, status) => {
    const anna = await floor.phoned(await floor.realCampaign([ending]))
    await anna.work()
    const leg = await anna.dial()
    await floor.until(() => anna.view().state === 'wrap-up')
    expect(anna.news().at(-1)).toMatchObject({ type: 'leg-ended', leg, end })
    const attempt = await floor.attempt(leg)
    expect(attempt).toMatchObject({ end_cause: end, switch_cause: expect.stringContaining(status) })
  })

  it('that nobody takes ends by our own time, as no answer', async () => {
    const anna = await floor.phoned(await floor.realCampaign(['02']))
    await anna.work()
    const leg = await anna.dial()
    await floor.until(() => anna.view().state === 'wrap-up')
    expect(await floor.attempt(leg)).toMatchObject({ end_cause: 'no-answer' })
  })
})

describe('on the real Asterisk a call handed over', () => {
  async function talking() {
    const campaign = await floor.realCampaign(['55'])
    const anna = await floor.phoned(campaign)
    await anna.work()
    const leg = await anna.dial()
    await floor.until(() => anna.view().state === 'talking')
    return { anna, leg, campaign }
  }

  it('blind goes into the colleague’s bridge', async () => {
    const { anna, leg, campaign } = await talking()
    const luca = await floor.phoned(campaign)
    await luca.work()
    await anna.ask(leg, { do: 'transfer', to: { kind: 'operator', user: luca.user.id } })
    await floor.until(async () => (await floor.bridgeOf(leg)) === bridgeOf(luca))
    expect(luca.view()).toMatchObject({ state: 'talking', work: { stage: 'started' } })
    expect(anna.view().state).toBe('wrap-up')
    await luca.ask(luca.offer().attempt, { do: 'hang-up' })
    await floor.until(() => luca.view().state === 'wrap-up')
  })

  it('attended is asked for first, swapped, and connected with nobody of us on it', async () => {
    const { anna, leg } = await talking()
    const to = { kind: 'number', number: '+390612345655' }
    await anna.ask(leg, { do: 'consult', consult: 'asked-1', to })
    await floor.until(async () => (await anna.legs()).legs[0]?.consult?.state === 'up')
    expect(await floor.bridgeOf(leg)).toBeNull()
    expect(await floor.bridgeOf('consult-asked-1')).toBe(bridgeOf(anna))
    await anna.ask(leg, { do: 'swap' })
    await floor.until(async () => (await floor.bridgeOf(leg)) === bridgeOf(anna))
    await anna.ask(leg, { do: 'join' })
    await floor.until(async () => (await floor.bridgeOf('consult-asked-1')) === bridgeOf(anna))
    await anna.ask(leg, { do: 'complete' })
    await floor.until(async () => (await floor.bridgeOf(leg)) === `handed-${leg}`)
    expect(await floor.bridgeOf('consult-asked-1')).toBe(`handed-${leg}`)
    expect(anna.view().state).toBe('wrap-up')
    await floor.telephony().hangUp(leg)
    await floor.until(async () => !(await floor.channels()).includes('consult-asked-1'))
  })
})

describe('on the real Asterisk a progressive campaign', () => {
  it('goes past who is busy and puts who answers to the operators that wait', async () => {
    const campaign = await floor.realCampaign(['01', '55', '06', '55'], { workMode: 'progressive' })
    const anna = await floor.phoned(campaign)
    const luca = await floor.phoned(campaign)
    await anna.work()
    await luca.work()
    await floor.until(() => anna.view().state === 'talking' && luca.view().state === 'talking')
    for (const desk of [anna, luca]) {
      const leg = desk.offer().attempt
      expect(await floor.bridgeOf(leg)).toBe(bridgeOf(desk))
      expect(desk.newsTypes(leg)).toEqual(['leg-dialed', 'leg-answered'])
      await desk.ask(leg, { do: 'hang-up' })
      await floor.until(() => desk.view().state === 'wrap-up')
    }
    const failed = await floor.db
      .selectFrom('attempts')
      .select(['end_cause'])
      .where('campaign_id', '=', campaign)
      .where('state', '=', 'failed')
      .orderBy('end_cause')
      .execute()
    expect(failed).toEqual([{ end_cause: 'busy' }, { end_cause: 'invalid-number' }])
  })
})
