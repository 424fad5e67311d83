import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callIn, startCarrier, voices } from '../../scripts/lib/pbx/callers.mjs'
import { level } from '../../scripts/lib/pbx/ears.mjs'
import { startPbx } from '../../scripts/lib/pbx/start.mjs'
import type { Pbx } from './support/bare-switch.ts'
import { bareSwitch } from './support/bare-switch.ts'

describe('a PBX of our own', () => {
  let pbx: Pbx
  let carrier: Awaited<ReturnType<typeof startCarrier>>
  let ari: Awaited<ReturnType<typeof bareSwitch>>
  beforeAll(async () => {
    pbx = await startPbx()
    carrier = await startCarrier(pbx, { ringMs: 200, talkMs: 600 })
    ari = await bareSwitch(pbx)
  })
  afterAll(async () => {
    ari.close()
    await carrier.stop()
    await pbx.stop()
  })

  test.each([
    ['+393312345601', 'Down', 17, 486],
    ['+393312345606', 'Down', 1, 404],
    ['+393312345607', 'Ringing', 21, 603],
    ['+393312345609', 'Down', 34, 503],
    ['+393312345610', 'Ringing', 19, 480],
    ['+393312345614', 'Down', 22, 410],
    ['+393312345616', 'Down', 21, 403],
  ])('dialing %s ends while %s with cause %i and SIP status %i', async (number, state, cause, status) => {
    const ended = await (await ari.dialOut(number)).ended()
    expect(ended).toMatchObject({ cause, tech_cause: status, channel: { state } })
  })

  test.each([
    ['a number that rings out', '+393312345602', 'Ringing'],
    ['a carrier that answers nothing', '+393312345615', 'Down'],
  ])('%s ends by our own time-out', async (_what, number, state) => {
    const ended = await (await ari.dialOut(number, 1)).ended()
    expect(ended).toMatchObject({ cause: 19, tech_cause: 480, channel: { state } })
  })

  test.each(['+393312345604', '+393312345605', '+393312345613'])(
    '%s answers and hangs up by itself',
    async (number) => {
      const call = await ari.dialOut(number)
      await call.up()
      expect(await call.ended()).toMatchObject({ cause: 16, channel: { state: 'Up' } })
    },
  )

  test.each(['+393312345603', '+393312345611', '+393312345612', '+393312345655'])(
    '%s answers and stays until we hang up',
    async (number) => {
      const call = await ari.dialOut(number)
      await call.up()
      await call.hangUp()
      expect(await call.ended()).toMatchObject({ cause: 16 })
    },
  )

  /** A customer in a bridge with a caller: both are told of each other by a re-INVITE. */
  async function bridged(number: string, to: string) {
    const customer = await ari.dialOut(number)
    const caller = callIn(pbx, [{ from: '+390815523344', to }])
    const { channel } = await ari.until((e) => e.type === 'StasisStart' && e.args?.[1] === to)
    const id = channel?.id
    await customer.up()
    await ari.ask('POST', `/channels/${id}/answer`)
    await ari.ask('POST', `/bridges/${id}?type=mixing`)
    await ari.ask('POST', `/bridges/${id}/addChannel?channel=${customer.id},${id}`)
    return { customer, caller, id }
  }

  test('who is in a bridge with a customer is heard by the customer, and hears', async () => {
    const { customer, caller, id } = await bridged('+393312345656', '+3906123458')
    const heard = await carrier.listen(800)
    const loud = (hz: number) => heard.filter(({ samples }) => level(samples, hz) > 0.1)
    expect(loud(voices.caller)).toHaveLength(1)
    expect(loud(voices.customer)).toHaveLength(1)
    expect(loud(voices.caller)).not.toEqual(loud(voices.customer))
    for (const each of [customer.id, id]) await ari.ask('DELETE', `/channels/${each}`)
    await customer.ended()
    expect(await caller.ended).toBe(0)
  })

  test('a customer who hangs up in the middle does so in a bridge as well', async () => {
    const { customer, caller, id } = await bridged('+393312345705', '+3906123459')
    expect(await customer.ended()).toMatchObject({ cause: 16, channel: { state: 'Up' } })
    await ari.ask('DELETE', `/channels/${id}`)
    expect(await caller.ended).toBe(0)
  })

  test('several callers come at once', async () => {
    const callers = ['+3906123461', '+3906123462', '+3906123463'].map((to) => ({
      to,
      ended: callIn(pbx, [{ from: '+390815523344', to }]).ended,
    }))
    for (const { to, ended } of callers) {
      const { channel } = await ari.until((e) => e.type === 'StasisStart' && e.args?.[1] === to)
      await ari.ask('DELETE', `/channels/${channel?.id}`)
      expect(await ended).toBe(0)
    }
  })

  test('a caller from outside reaches the application with number, name and number called', async () => {
    const caller = callIn(pbx, [{ from: '+390815523344', to: '+3906123456', name: 'Maria Esposito' }])
    const { args, channel } = await ari.until(
      (e) => e.type === 'StasisStart' && e.args?.[1] === '+3906123456',
    )
    expect(args).toEqual(['inbound', '+3906123456'])
    expect(channel?.caller).toEqual({ name: 'Maria Esposito', number: '+390815523344' })
    await ari.ask('POST', `/channels/${channel?.id}/answer`)
    await ari.ask('DELETE', `/channels/${channel?.id}`)
    expect(await caller.ended).toBe(0)
  })

  test('the number of a caller who withholds it does not reach the application', async () => {
    const caller = callIn(pbx, [{ from: '+390815523344', to: '+3906123457', withheld: true }])
    const { channel } = await ari.until((e) => e.type === 'StasisStart' && e.args?.[1] === '+3906123457')
    expect(channel?.caller).toEqual({ name: '', number: '' })
    await ari.ask('DELETE', `/channels/${channel?.id}`)
    expect(await caller.ended).toBe(0)
  })

  test('SIPp saw no message that it did not expect in any of these calls', () => {
    expect(carrier.errors()).toBe('')
  })

  test('two run side by side, and a killed one comes back on its own ports', async () => {
    const second = await startPbx()
    expect(second.ari.url).not.toBe(pbx.ari.url)
    await second.kill('SIGKILL')
    await second.restart()
    expect(await second.cli('core show version')).toContain('Asterisk 22')
    await second.stop()
  })
})

test('a caller who comes while nobody of us is there hears music, and is offered when we are back', async () => {
  const pbx = await startPbx()
  const caller = callIn(pbx, [{ from: '+390815523344', to: '+3906123456' }], { talkMs: 20_000 })
  while (!(await pbx.cli('core show channels')).includes('MusicOnHold'))
    await new Promise((r) => setTimeout(r, 100))
  const ari = await bareSwitch(pbx)
  const { channel } = await ari.until((e) => e.type === 'StasisStart')
  await ari.ask('DELETE', `/channels/${channel?.id}`)
  expect(await caller.ended).toBe(0)
  ari.close()
  await pbx.stop()
})
