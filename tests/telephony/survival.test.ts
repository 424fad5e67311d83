import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RealFloor } from './support/real-floor.ts'
import { realFloor } from './support/real-floor.ts'

let floor: RealFloor
beforeEach(async () => {
  floor = await realFloor(['desk-1', 'desk-2'])
}, 180_000)
afterEach(() => floor?.close())

describe('on the real Asterisk', () => {
  it('a server that goes in the middle of a call finds it again, holds it and ends it', async () => {
    const anna = await floor.phoned(await floor.realCampaign(['55']))
    await anna.work()
    const leg = await anna.dial()
    await floor.until(() => anna.view().state === 'talking')
    const channel = await anna.channel()
    await floor.restart(() => {})
    await anna.reconnect()
    await floor.until(() => floor.telephony().link() === 'up' && anna.view().phone.state === 'up')
    expect(await floor.channels()).toEqual(expect.arrayContaining([leg, channel]))
    expect((await anna.legs()).legs).toMatchObject([{ leg, state: 'answered' }])
    expect(anna.view().state).toBe('talking')
    await anna.ask(leg, { do: 'hold' })
    await anna.ask(leg, { do: 'hang-up' })
    await floor.until(() => anna.view().state === 'wrap-up')
    await anna.wrapUp('not-interested')
  })

  it('a call that ended while the server was away is closed when it is back', async () => {
    const anna = await floor.phoned(await floor.realCampaign(['05']))
    await anna.work()
    await anna.dial()
    await floor.until(() => anna.view().state === 'talking')
    await floor.restart(() => {
      // Its customer hangs up by itself after a second and a half.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_500)
    })
    await anna.reconnect()
    await floor.until(() => anna.view().state === 'wrap-up')
  })

  it('a restart of the switch closes what was up and has operators back at work by themselves', async () => {
    const campaign = await floor.realCampaign(['55', '55'])
    const anna = await floor.phoned(campaign)
    const luca = await floor.phoned(campaign)
    await anna.work()
    await luca.work()
    const leg = await anna.dial()
    await floor.until(() => anna.view().state === 'talking')
    await floor.pbx.kill()
    await floor.until(() => luca.view().phone.problem === 'switch-away')
    await floor.pbx.restart()
    await floor.setUpDesks()
    await floor.until(() => anna.view().state === 'wrap-up')
    expect(anna.news().find(({ type }) => type === 'leg-ended')).toMatchObject({ leg })
    await floor.until(() => luca.view().phone.state === 'up')
    await floor.until(() => luca.view().state === 'reserved')
    expect(await floor.channels()).not.toContain(leg)
  })
})
