import { afterAll, beforeAll, expect, it } from 'vitest'
import { callIn } from '../../scripts/lib/pbx/callers.mjs'
import { level } from '../../scripts/lib/pbx/ears.mjs'
import type { AbandonedCaller } from '../../shared/crm-api/callers.ts'
import type { RealFloor } from './support/real-floor.ts'
import { realFloor, voices } from './support/real-floor.ts'

/** The desk phones speak as customers do; the callers have a voice of their own. */
const desksVoice = voices.customer

let floor: RealFloor
beforeAll(async () => {
  floor = await realFloor(['desk-1', 'desk-2'])
}, 180_000)
afterAll(() => floor?.close())

/** Asterisk's RTP port of a call: what its party hears comes from there. */
async function portOf(channel: string): Promise<number> {
  const { url, user, password } = floor.pbx.ari
  const query = `variable=${encodeURIComponent('CHANNEL(rtp,src)')}`
  const reply = await fetch(`${url}/channels/${channel}/variable?${query}`, {
    headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
  })
  const { value } = (await reply.json()) as { value: string }
  return Number(value.split(':').at(-1))
}

async function heardBy(channel: string, hertz: number): Promise<boolean> {
  const port = await portOf(channel)
  const call = (await floor.carrier.listen(300)).find(({ from }) => from === port)
  return call !== undefined && level(call.samples, hertz) > 0.05
}
const becomes = (channel: string, hertz: number, isHeard: boolean) =>
  expect.poll(() => heardBy(channel, hertz), { timeout: 15_000 }).toBe(isHeard)
const callerOf = (number: string) =>
  floor.db.selectFrom('callers').selectAll().where('number', '=', number).executeTakeFirst()

it('on the real Asterisk a caller waits, rings at the next operator after the first, and both hear each other; another gives up and is listed', async () => {
  const called = '+3906123470'
  const campaign = await floor.realCampaign([], { inbound: { numbers: [called] } })
  const anna = await floor.phoned(campaign)
  await anna.work()
  const luca = await floor.phoned(campaign)
  await luca.work()

  const caller = callIn(floor.pbx, [{ from: '+390815523344', to: called, name: 'Maria' }], { talkMs: 40_000 })
  await floor.until(() => anna.view().state === 'ringing')
  expect(anna.offer()).toMatchObject({
    caller: { from: '+390815523344', name: 'Maria', to: called },
    contact: { phones: [{ e164: '+390815523344' }] },
  })
  const row = await callerOf('+390815523344')
  const channel = row?.channel ?? ''
  await becomes(channel, desksVoice, false)
  await anna.ask(anna.offer().attempt, { do: 'decline' })
  await floor.until(() => luca.view().state === 'ringing')
  expect(anna.view().state).toBe('ready')

  const leg = luca.offer().attempt
  await luca.ask(leg, { do: 'answer' })
  expect(luca.view().state).toBe('talking')
  expect(await floor.bridgeOf(channel)).toBe(`bridge-${luca.user.id}`)
  await becomes(channel, desksVoice, true)
  await becomes(await luca.channel(), voices.caller, true)
  await luca.ask(leg, { do: 'hold' })
  await becomes(await luca.channel(), voices.caller, false)
  await becomes(channel, desksVoice, false)
  await luca.ask(leg, { do: 'resume' })
  await becomes(await luca.channel(), voices.caller, true)

  // The server dies in the middle: the next one has the same call, and who came meanwhile waits.
  const second = { ended: Promise.resolve<number | null>(0) }
  await floor.restart(() => {
    const meanwhile = callIn(floor.pbx, [{ from: '+390815523345', to: called }], { talkMs: 8_000 })
    second.ended = meanwhile.ended
  })
  await luca.reconnect()
  await anna.reconnect()
  await floor.until(async () => (await luca.legs()).legs.some((each) => (each.leg as string) === leg))
  await becomes(channel, desksVoice, true)
  await floor.until(async () => (await callerOf('+390815523345')) !== undefined)
  await floor.until(async () => (await callerOf('+390815523345'))?.gone_at != null)
  const { items } = await anna.must<{ items: AbandonedCaller[] }>('callers.abandoned', {})
  expect(items).toMatchObject([{ number: '+390815523345', reason: 'hung-up' }])
  expect(await second.ended).toBe(0)

  await luca.ask(leg, { do: 'hang-up' })
  await floor.until(() => luca.view().state === 'wrap-up')
  await luca.wrapUp('not-interested')
  expect(await caller.ended).toBe(0)
  expect(await floor.attempt(leg)).toMatchObject({ kind: 'inbound', phone: '+390815523344' })
}, 120_000)
