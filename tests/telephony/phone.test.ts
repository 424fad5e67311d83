import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { level } from '../../scripts/lib/pbx/ears.mjs'
import { startPbx } from '../../scripts/lib/pbx/start.mjs'
import type { WebAccount } from '../../shared/contract/media.ts'
import type { Pbx } from './support/bare-switch.ts'
import { bareSwitch, loudness } from './support/bare-switch.ts'
import { openPhoneBrowser } from './support/phone-browser.ts'

const voiceHertz = 700
const figures: Record<string, number> = {}

describe('the phone in the page, on a real switch', () => {
  let pbx: Pbx
  let pbxSays: Awaited<ReturnType<typeof bareSwitch>>
  let browser: Awaited<ReturnType<typeof openPhoneBrowser>>
  let account: WebAccount
  beforeAll(async () => {
    pbx = await startPbx()
    pbxSays = await bareSwitch(pbx)
    browser = await openPhoneBrowser(voiceHertz)
    account = await pbxSays.account('op-1')
  })
  afterAll(async () => {
    console.log('phone figures (ms):', JSON.stringify(figures))
    await browser?.close()
    pbxSays?.close()
    await pbx?.stop()
  })

  const use = (given: WebAccount | null) => browser.ask((phone, next) => phone.use({ account: next }), given)
  const state = () => browser.ask((phone) => phone.now(), null)
  const registered = () =>
    browser.ask((phone) => phone.until(({ registration }) => registration === 'registered'), null)
  const legIs = (leg: 'none' | 'up') =>
    browser.ask((phone, wanted) => phone.until((now) => now.leg === wanted), leg)
  const upLeg = async () => {
    const leg = await pbxSays.call(account)
    const took = await leg.up()
    await legIs('up')
    return { ...leg, took }
  }
  type Leg = Awaited<ReturnType<typeof upLeg>>
  /** The microphone's tone is found at the switch. */
  const expectVoice = async (leg: Leg) => {
    await expect
      .poll(async () => level(await leg.record(), voiceHertz), { timeout: 15_000 })
      .toBeGreaterThan(0.02)
  }

  it('registers with credentials made a moment ago, and has a live microphone', async () => {
    await use(account)
    figures.register = await registered()
    await browser.ask((phone) => phone.until(({ microphone }) => microphone === 'live'), null)
    expect((await state()).devices.inputs.length).toBeGreaterThan(1)
    expect(await browser.ask((phone) => phone.levels(), null)).toBeGreaterThan(0.3)
  })

  it('declines whoever does not carry its token', async () => {
    for (const token of [null, 'a guess']) {
      const leg = await pbxSays.call(account, token)
      expect(await leg.ended()).toMatchObject({ cause: 21, tech_cause: 603 })
    }
    expect((await state()).leg).toBe('none')
  })

  it('answers its server by itself, and the voice arrives', async () => {
    const leg = await upLeg()
    figures.inviteToEstablished = leg.took
    await expectVoice(leg)
    await leg.hangUp()
    await legIs('none')
  })

  it('plays what the switch says', async () => {
    const leg = await upLeg()
    await leg.play('tone:1200/20000')
    await expect
      .poll(async () => (await browser.ask((phone) => phone.listen(), null))?.hertz, { timeout: 10_000 })
      .toSatisfy((hertz) => Math.abs(Number(hertz) - 1200) < 25)
    await leg.hangUp()
    await legIs('none')
  })

  it('sends silence while muted, and the voice again after it, on the same leg', async () => {
    const leg = await upLeg()
    await expectVoice(leg)
    await browser.ask((phone) => phone.mute({ on: true }), null)
    await expect.poll(async () => loudness(await leg.record()), { timeout: 15_000 }).toBeLessThan(0.001)
    await browser.ask((phone) => phone.mute({ on: false }), null)
    await expectVoice(leg)
    await leg.hangUp()
    await legIs('none')
  })

  it('changes the microphone in the middle of a call without losing it', async () => {
    const leg = await upLeg()
    const [, second] = (await state()).devices.inputs
    await browser.ask((phone, input) => phone.choose({ input }), second!.label)
    await browser.ask((phone, input) => phone.until(({ inUse }) => inUse.input === input), second!.label)
    await expectVoice(leg)
    expect((await state()).leg).toBe('up')
    await browser.ask((phone) => phone.choose({ input: 'A headset that is not there' }), null)
    await browser.ask((phone) => phone.until(({ lost }) => lost === 'A headset that is not there'), null)
    await expectVoice(leg)
    await browser.ask((phone) => phone.choose({ input: '' }), null)
    await leg.hangUp()
    await legIs('none')
  })

  it('goes on after the network changed', async () => {
    const leg = await upLeg()
    await expectVoice(leg)
    const before = await browser.ask((phone) => phone.iceFragment(), null)
    await browser.page.evaluate(() => window.dispatchEvent(new globalThis.Event('online')))
    await expect.poll(() => browser.ask((phone) => phone.iceFragment(), null)).not.toBe(before)
    await expectVoice(leg)
    expect((await state()).leg).toBe('up')
    await leg.hangUp()
    await legIs('none')
  })

  it('has exactly one leg: the newest, since its server calls again only when it took the last for lost', async () => {
    const before = await upLeg()
    const after = await pbxSays.call(account)
    await after.up()
    await before.ended()
    expect(await after.record()).toHaveProperty('length')
    await after.hangUp()
    await legIs('none')
  })

  it('speaks back in the test call', async () => {
    await browser.ask((phone) => phone.startEcho({} as never), null)
    await browser.ask((phone) => phone.until(({ echo }) => echo === 'up'), null)
    await expect
      .poll(async () => (await browser.ask((phone) => phone.listen(), null))?.hertz, { timeout: 10_000 })
      .toSatisfy((hertz) => Math.abs(Number(hertz) - voiceHertz) < 25)
    await browser.ask((phone) => phone.stopEcho(), null)
    expect((await state()).echo).toBe('none')
  })

  it('says goodbye when the page is loaded anew, registers again and takes a new leg', async () => {
    const before = await upLeg()
    const from = performance.now()
    await browser.open()
    await before.ended()
    await use(account)
    await registered()
    const after = await upLeg()
    figures.reloadToLegUp = Math.round(performance.now() - from)
    await expectVoice(after)
    await after.hangUp()
    await legIs('none')
  })

  it('leaves its password nowhere', async () => {
    const kept = await browser.page.evaluate(() =>
      [document.documentElement.outerHTML, JSON.stringify({ ...localStorage, ...sessionStorage })].join(),
    )
    const shown = `${kept} ${JSON.stringify(await state())} ${browser.said.join()}`
    for (const secret of [account.password, account.answerToken]) expect(shown).not.toContain(secret)
  })

  it('says that it is refused once its credentials count no more, and takes the next ones with the leg up', async () => {
    const leg = await upLeg()
    const next = await pbxSays.account('op-2')
    await use({ ...account, password: 'of yesterday' })
    await browser.ask((phone) => phone.until(({ problem }) => problem === 'refused'), null)
    expect(await state()).toMatchObject({ registration: 'failed', leg: 'up' })
    await use(next)
    await registered()
    expect((await state()).leg).toBe('up')
    await leg.hangUp()
    await legIs('none')
    account = next
  })

  it('comes back by itself when the switch was away', async () => {
    await pbx.kill()
    await browser.ask((phone) => phone.until(({ problem }) => problem === 'socket-lost'), null)
    await pbx.restart()
    // the switch has forgotten the account with its memory
    await browser.ask((phone) => phone.until(({ problem }) => problem === 'refused'), null)
    pbxSays.close()
    pbxSays = await bareSwitch(pbx)
    account = await pbxSays.account('op-2')
    await use(account)
    await registered()
    const leg = await upLeg()
    await expectVoice(leg)
    await leg.hangUp()
  })
})
