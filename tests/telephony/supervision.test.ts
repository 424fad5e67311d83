import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { level } from '../../scripts/lib/pbx/ears.mjs'
import type { RealFloor } from './support/real-floor.ts'
import { realFloor, voices } from './support/real-floor.ts'

/** The operator says nothing, so that who is heard by whom is told by two tones alone. */
const desks = { operator: 'desk-1', supervisor: 'desk-2' }
const { customer: customersTone, caller: supervisorsTone } = voices

let floor: RealFloor
beforeAll(async () => {
  floor = await realFloor(Object.values(desks), { [desks.operator]: '12', [desks.supervisor]: '18' })
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

describe('on the real Asterisk a supervisor', () => {
  it('is heard by nobody, by the operator alone, or by both, and hears the customer all the time', async () => {
    const anna = await floor.phoned(await floor.realCampaign(['55']))
    await anna.work()
    const leg = await anna.dial()
    await floor.until(() => anna.view().state === 'talking')
    const sara = await floor.listener()
    await sara.listen(anna)
    const [customer, operator, supervisor] = [
      await portOf(leg),
      await portOf(await anna.channel()),
      await portOf(await sara.channel()),
    ]
    /** Who hears the tone, of those three; measured once whatever was on its way has arrived. */
    async function hear(hertz: number): Promise<string[]> {
      const calls = await floor.carrier.listen(300)
      const names = [
        ['customer', customer],
        ['operator', operator],
        ['supervisor', supervisor],
      ] as const
      return names.flatMap(([name, port]) => {
        const heard = calls.find(({ from }) => from === port)
        return heard !== undefined && level(heard.samples, hertz) > 0.05 ? [name] : []
      })
    }
    const becomes = (hertz: number, who: string[]) =>
      expect.poll(() => hear(hertz), { timeout: 15_000 }).toEqual(who)

    await becomes(customersTone, ['operator', 'supervisor'])
    await becomes(supervisorsTone, [])
    await sara.mode(anna, 'coach')
    await becomes(supervisorsTone, ['operator'])
    await becomes(customersTone, ['operator', 'supervisor'])
    await anna.ask(leg, { do: 'hold' })
    await becomes(supervisorsTone, ['operator'])
    await anna.ask(leg, { do: 'resume' })
    await sara.mode(anna, 'join')
    await becomes(supervisorsTone, ['customer', 'operator'])
    await becomes(customersTone, ['operator', 'supervisor'])
    await sara.mode(anna, 'listen')
    await becomes(supervisorsTone, [])
    await becomes(customersTone, ['operator', 'supervisor'])
    await sara.mode(anna, 'coach')
    await sara.stop()
    await floor.until(async () => !(await floor.channels()).some((id) => id.includes(sara.user.id)))
    await becomes(supervisorsTone, [])
    await becomes(customersTone, ['operator'])
    await anna.ask(leg, { do: 'hang-up' })
    await floor.until(() => anna.view().state === 'wrap-up')
    expect(floor.carrier.errors()).toBe('')
  })

  it('is on no channel any more when the call has ended while the server was away', async () => {
    const anna = await floor.phoned(await floor.realCampaign(['55']))
    await anna.work()
    const leg = await anna.dial()
    await floor.until(() => anna.view().state === 'talking')
    const sara = await floor.listener()
    await sara.listen(anna, 'coach')
    const telephony = floor.telephony()
    await telephony.hangUp(leg)
    await floor.restart(() => {})
    await floor.until(() => floor.telephony().link() === 'up')
    await floor.until(
      async () => !(await floor.channels()).some((id) => id.startsWith(`snoop-${sara.user.id}`)),
    )
    await floor.until(async () => (await sara.audit()).length === 2)
    expect((await sara.audit()).map(({ action }) => action)).toEqual([
      'supervision.started',
      'supervision.ended',
    ])
  })
})
