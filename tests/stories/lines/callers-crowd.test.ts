import { afterEach, beforeEach, expect, it } from 'vitest'
import type { WebAccount } from '../../../shared/crm-api/phone.ts'
import { seededRandom } from '../../../shared/std/clock.ts'
import { callersOn } from '../../support/callers.ts'
import type { Phoned } from '../../support/floor-phones.ts'
import type { PhoneFloor } from '../../support/phone-floor.ts'
import { phoneFloor } from '../../support/phone-floor.ts'
import type { z } from 'zod'

let floor: PhoneFloor
const { called } = callersOn(() => floor)
beforeEach(async () => {
  floor = await phoneFloor()
})
afterEach(() => floor.close())

/** What must hold at any time, by name. */
async function offences(): Promise<string[]> {
  const { db } = floor
  const found: string[] = []
  const callers = await db.selectFrom('callers').selectAll().execute()
  const desks = await db.selectFrom('operators').selectAll().execute()
  const attempts = await db.selectFrom('attempts').selectAll().execute()
  for (const { id, ring_operator: user, ring_attempt: attempt, answered_at, gone_at } of callers) {
    if (user === null) continue
    const desk = desks.find(({ user_id }) => user_id === user)
    if (answered_at !== null || gone_at !== null) found.push(`${id} rings, and is answered or gone`)
    if (desk?.attempt !== attempt) found.push(`${id} rings at somebody who has something else`)
  }
  for (const { attempt, state } of desks) {
    if (attempt === null || state !== 'ringing') continue
    const isKnown =
      callers.some((each) => each.ring_attempt === attempt) || attempts.some(({ id }) => id === attempt)
    if (!isKnown) found.push(`a desk rings for nobody`)
  }
  const records = await db.selectFrom('campaign_records').selectAll().execute()
  for (const { id, state, attempt } of records) {
    const open = attempts.filter(
      (each) => each.record_id === id && ['offered', 'started'].includes(each.state),
    )
    const isHeld = state === 'reserved' || state === 'working'
    if (open.length !== (isHeld ? 1 : 0)) found.push(`${id}: ${state} with ${open.length} open attempts`)
    if (isHeld && open[0]?.id !== attempt) found.push(`${id}: record and attempt disagree`)
  }
  return found
}

it.each([1, 2])(
  'whoever calls, answers, gives up or hands on: nobody is rung twice, lost or forgotten (seed %i)',
  async (seed) => {
    const random = seededRandom(seed)
    const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T
    const sales = await called({ endings: ['08', '08', '01', '02'], priority: 7 })
    const support = await called({ priority: 3 })
    const people: { desk: Phoned; account: z.infer<typeof WebAccount> }[] = []
    for (let count = 0; count < 4; count++) {
      const desk = await floor.phoned(
        ...(count < 3 ? [sales.campaign, support.campaign] : [support.campaign]),
      )
      const account = await desk.openPhone()
      if (account.kind !== 'web') throw new Error('these are pages')
      people.push({ desk, account })
      await desk.ready()
    }
    const channels: string[] = []
    let isCut = false
    let asked = 0
    const attemptOf = (desk: Phoned) => desk.view().work?.offer.attempt
    const ask = (desk: Phoned, body: object) => {
      const leg = attemptOf(desk)
      return leg === undefined ? undefined : desk.tryAsk(leg, body)
    }
    const queue = () => ({ kind: 'queue', campaign: pick([sales, support]).campaign })
    const deeds: ((one: (typeof people)[number]) => unknown)[] = [
      () => {
        const from = pick([null, '+390815520901', '+390815520902', '+390815520903'])
        channels.push(floor.pbx.callIn({ from, to: pick([sales, support]).number }))
      },
      ({ desk }) => ask(desk, { do: 'answer' }),
      ({ desk }) => ask(desk, { do: 'answer' }),
      ({ desk }) => ask(desk, { do: 'decline' }),
      () => channels.length > 0 && floor.pbx.party.hangsUp(pick(channels)),
      ({ desk }) => ask(desk, { do: 'hang-up' }),
      ({ desk }) => ask(desk, { do: pick(['hold', 'resume']) }),
      ({ desk }) => ask(desk, { do: 'transfer', to: queue() }),
      ({ desk }) =>
        ask(desk, {
          do: 'transfer',
          to: { kind: 'number', number: pick(['+390612345601', '+390612345602']) },
        }),
      ({ desk }) => ask(desk, { do: 'consult', consult: `asked-${seed}-${++asked}`, to: queue() }),
      ({ desk }) => desk.tryAsk(`asked-${seed}-${asked}`, { do: pick(['answer', 'decline']) }),
      ({ desk }) => ask(desk, { do: pick(['complete', 'cancel-consult']) }),
      ({ desk }) => (desk.view().state === 'reserved' ? desk.dial().catch(() => undefined) : undefined),
      ({ desk }) => desk.call('work.manual', { body: { phone: pick(['+393312399908', '+390815520901']) } }),
      ({ desk }) => desk.call('work.setState', { body: { to: 'break', reason: 'coffee' } }),
      ({ desk }) => desk.call('work.setState', { body: { to: 'ready' } }),
      ({ desk }) => desk.call('work.setState', { body: { to: 'ready' } }),
      ({ account }) => floor.pbx.phone.goes(account.username),
      ({ account }) => floor.pbx.phone.registers(account.username, account.password),
      ({ account }) => floor.pbx.phone.registers(account.username, account.password),
      () => {
        if (isCut) floor.pbx.heal()
        else if (random() < 0.3) floor.pbx.cut()
        isCut = !isCut && random() < 0.5
      },
      async () => {
        if (isCut || random() < 0.7) return
        await floor.restartServer()
        for (const { desk } of people) await desk.reconnect()
      },
    ]
    const wrapUps = async () => {
      for (const { desk } of people) {
        // Also what was allowed and could not be dialled.
        const { state, work } = desk.view()
        const isStuck = state === 'ringing' && work?.stage === 'started'
        if (state === 'wrap-up' || isStuck) await desk.tryWrapUp(pick(['not-interested', 'no-answer']))
      }
    }
    for (let step = 0; step < 120; step++) {
      await pick(deeds)(pick(people))
      await floor.pass(pick([50, 200, 1_500]))
      if (random() < 0.7) await wrapUps()
      expect(await offences()).toEqual([])
    }

    // All goes quiet: callers hang up, phones come back, whoever has something finishes it.
    floor.pbx.heal()
    await floor.pass(6_000)
    const customers = async () =>
      (await floor.telephony.snapshot()).channels.filter(({ id }) => !id.startsWith('operator-'))
    for (const { id } of await customers()) floor.pbx.party.hangsUp(id)
    for (const { account } of people) floor.pbx.phone.registers(account.username, account.password)
    for (let round = 0; round < 4; round++) {
      await floor.pass(16_000)
      for (const { desk } of people) {
        await ask(desk, { do: 'hang-up' })
        if (desk.view().state === 'reserved') await desk.call('work.skip', { body: { reason: 'other' } })
        await desk.call('work.setState', { body: { to: 'break', reason: 'coffee' } })
      }
      await floor.pass(200)
      await wrapUps()
    }
    expect(await customers()).toEqual([])
    expect(await floor.db.selectFrom('live_leg').selectAll().execute()).toEqual([])
    expect(await floor.db.selectFrom('handed_calls').selectAll().execute()).toEqual([])
    const waiting = await floor.db
      .selectFrom('callers')
      .select('id')
      .where('answered_at', 'is', null)
      .where('gone_at', 'is', null)
      .execute()
    expect(waiting).toEqual([])
    const held = await floor.db
      .selectFrom('campaign_records')
      .select('id')
      .where('state', 'in', ['reserved', 'working'])
      .execute()
    expect(held).toEqual([])
    for (const { desk } of people) expect(['break', 'offline']).toContain(desk.view().state)
    expect(floor.log.filter((line) => line.includes('a step of a call failed'))).toEqual([])
  },
)
