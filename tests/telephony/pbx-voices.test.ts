import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startCarrier, voices } from '../../scripts/lib/pbx/callers.mjs'
import { level } from '../../scripts/lib/pbx/ears.mjs'
import { startPbx } from '../../scripts/lib/pbx/start.mjs'
import type { Pbx } from './support/bare-switch.ts'
import { bareSwitch, loudness } from './support/bare-switch.ts'

describe('who answers outside', () => {
  let pbx: Pbx
  let carrier: Awaited<ReturnType<typeof startCarrier>>
  let ari: Awaited<ReturnType<typeof bareSwitch>>
  beforeAll(async () => {
    pbx = await startPbx()
    carrier = await startCarrier(pbx, { ringMs: 100 })
    ari = await bareSwitch(pbx)
  })
  afterAll(async () => {
    ari.close()
    await carrier.stop()
    await pbx.stop()
  })

  test.each([
    ['a customer', '+393312346008', voices.customer],
    ['a machine', '+393312346003', voices.machine],
    ['a fax', '+393312346011', voices.fax],
  ])('%s has a voice of its own', async (_who, number, hertz) => {
    const call = await ari.dialOut(number)
    await call.up()
    const heard = await call.record()
    const others = Object.values(voices).filter((other) => other !== hertz)
    expect(level(heard, hertz)).toBeGreaterThan(0.1)
    expect(others.filter((other) => level(heard, other) > 0.03)).toEqual([])
    await call.hangUp()
    await call.ended()
  })

  test('who says nothing says nothing', async () => {
    const call = await ari.dialOut('+393312346012')
    await call.up()
    expect(loudness(await call.record())).toBeLessThan(0.001)
    await call.hangUp()
    await call.ended()
  })

  test.each([
    ['a person who says a word and waits', '+393312346117', 'HUMAN', /^HUMAN/],
    ['a machine with a long greeting', '+393312346103', 'MACHINE', /^(LONGGREETING|MAXWORDS)/],
    // a shy person is taken for a machine: why detection is off unless a campaign asks for it
    ['somebody who says nothing', '+393312346112', 'MACHINE', /^INITIALSILENCE/],
    ['a fax', '+393312346111', 'FAX', /^CED/],
  ])('the dialplan takes %s (%s) for %s', async (_who, number, verdict, why) => {
    const call = await ari.dialOut(number)
    await call.up()
    await ari.ask('POST', `/channels/${call.id}/continue?context=amd&extension=s&priority=1`)
    const { args } = await ari.until(
      (e) => e.type === 'StasisStart' && e.channel?.id === call.id && e.args?.[0] === 'amd',
    )
    expect(args?.[1]).toBe(verdict)
    expect(args?.[2]).toMatch(why)
    await call.hangUp()
    await call.ended()
  })

  test('SIPp saw no message that it did not expect in any of these calls', () => {
    expect(carrier.errors()).toBe('')
  })
})
