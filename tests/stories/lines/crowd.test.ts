import { afterEach, beforeEach, expect, it } from 'vitest'
import type { WebAccount } from '../../../shared/crm-api/phone.ts'
import { seededRandom } from '../../../shared/std/clock.ts'
import type { Phoned } from '../../support/floor-phones.ts'
import type { PhoneFloor } from '../../support/phone-floor.ts'
import { phoneFloor } from '../../support/phone-floor.ts'
import type { z } from 'zod'

let floor: PhoneFloor
beforeEach(async () => {
  floor = await phoneFloor()
})
afterEach(() => floor.close())

const isCustomer = (id: string) => /^[0-9a-f]{8}-/.test(id)

/** No bridge holds two customers and an operator; no customer is with nobody for ever. */
async function check(): Promise<void> {
  if (floor.telephony.link() === 'down') return
  const { bridges } = await floor.telephony.snapshot()
  for (const { id, channels } of bridges) {
    if (id.startsWith('bridge-')) expect(channels.filter(isCustomer).length).toBeLessThan(2)
  }
  const doubled = await floor.db
    .selectFrom('attempts')
    .select(({ fn }) => ['record_id', fn.countAll<number>().as('count')])
    .where('state', '=', 'started')
    .groupBy('record_id')
    .execute()
  expect(doubled.every(({ count }) => count === 1)).toBe(true)
}

it.each([1, 2, 3])(
  'whatever happens to five operators at once, nobody is rung twice, lost or left (seed %i)',
  async (seed) => {
    const random = seededRandom(seed)
    const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T
    const endings = Array.from({ length: 60 }, () =>
      pick(['08', '08', '08', '01', '02', '04', '05', '06', '09']),
    )
    const campaign = await floor.realCampaign(endings, { workMode: 'progressive' })
    const people: { desk: Phoned; account: z.infer<typeof WebAccount> }[] = []
    for (let count = 0; count < 5; count++) {
      const desk = await floor.phoned(campaign)
      const account = await desk.openPhone()
      if (account.kind !== 'web') throw new Error('these are pages')
      people.push({ desk, account })
      await desk.ready()
    }
    let isCut = false
    let asked = 0
    const ask = (desk: Phoned, body: object) => {
      const leg = desk.view().work?.offer.attempt
      return leg === undefined ? undefined : desk.tryAsk(leg, body)
    }
    const deeds: ((one: (typeof people)[number]) => unknown)[] = [
      ({ desk }) => ask(desk, { do: 'hang-up' }),
      ({ desk }) => ask(desk, { do: 'hold' }),
      ({ desk }) => ask(desk, { do: 'resume' }),
      ({ desk }) => ask(desk, { do: 'transfer', to: { kind: 'operator', user: pick(people).desk.user.id } }),
      ({ desk }) => ask(desk, { do: 'transfer', to: { kind: 'number', number: '+390612345608' } }),
      ({ desk }) =>
        ask(desk, {
          do: 'consult',
          consult: `asked-${seed}-${++asked}`,
          to: { kind: 'number', number: pick(['+390612345608', '+390612345601']) },
        }),
      ({ desk }) =>
        ask(desk, {
          do: 'consult',
          consult: `asked-${seed}-${++asked}`,
          to: { kind: 'operator', user: pick(people).desk.user.id },
        }),
      ({ desk }) => desk.tryAsk(`asked-${seed}-${asked}`, { do: pick(['answer', 'decline']) }),
      ({ desk }) => ask(desk, { do: pick(['swap', 'join', 'complete', 'cancel-consult']) }),
      ({ desk }) => floor.pbx.party.hangsUp(desk.view().work?.offer.attempt ?? ''),
      ({ account }) => floor.pbx.phone.goes(account.username),
      ({ account }) => floor.pbx.phone.registers(account.username, account.password),
      ({ desk }) => desk.call('work.setState', { body: { to: 'break', reason: 'coffee' } }),
      ({ desk }) => desk.call('work.setState', { body: { to: 'ready' } }),
      () => {
        if (isCut) floor.pbx.heal()
        else if (random() < 0.3) floor.pbx.cut()
        isCut = !isCut && random() < 0.5
      },
    ]
    const wrapUps = async () => {
      for (const { desk } of people) {
        if (desk.view().state === 'wrap-up') await desk.tryWrapUp(pick(['not-interested', 'no-answer']))
      }
    }
    for (let step = 0; step < 120; step++) {
      await pick(deeds)(pick(people))
      await floor.pass(pick([50, 200, 1_500]))
      await wrapUps()
      await check()
    }

    // All goes quiet: whoever talks hangs up, all phones come back.
    floor.pbx.heal()
    await floor.db.updateTable('campaigns').set({ state: 'suspended' }).where('id', '=', campaign).execute()
    await floor.pass(1_000)
    for (const { desk, account } of people) {
      floor.pbx.phone.registers(account.username, account.password)
      await ask(desk, { do: 'hang-up' })
    }
    for (let round = 0; round < 4; round++) {
      await floor.pass(16_000)
      await wrapUps()
      for (const { desk } of people) await ask(desk, { do: 'hang-up' })
    }
    // Customers who were handed to somebody outside talk on without us, until they hang up.
    const { bridges } = await floor.telephony.snapshot()
    for (const { id, channels } of bridges) {
      if (id.startsWith('handed-') && channels[0]) floor.pbx.party.hangsUp(channels[0])
    }
    await floor.pass(31_000)
    await wrapUps()
    const left = (await floor.telephony.snapshot()).channels.filter(({ id }) => !id.startsWith('operator-'))
    expect(left).toEqual([])
    expect(await floor.db.selectFrom('live_leg').selectAll().execute()).toEqual([])
    const records = await floor.db
      .selectFrom('campaign_records')
      .select(['state'])
      .where('campaign_id', '=', campaign)
      .execute()
    expect(records.filter(({ state }) => state === 'reserved' || state === 'working')).toEqual([])
    for (const { desk } of people) expect(['ready', 'break']).toContain(desk.view().state)
    expect(floor.log.filter((line) => line.includes('a step of a call failed'))).toEqual([])
  },
)
