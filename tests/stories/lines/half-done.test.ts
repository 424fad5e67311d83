import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { italianLaw } from '../../../shared/domain/campaign/law.ts'
import type { AttemptId } from '../../../shared/std/ids.ts'
import { makeUuid } from '../../../server/entry/system.ts'
import { answer } from '../../../server/modules/work/inbound.ts'
import { offerNext } from '../../../server/modules/work/matching.ts'
import type { PhonePort } from '../../../server/modules/work/ports.ts'
import { start } from '../../../server/modules/work/start.ts'
import { callersOn } from '../../support/callers.ts'
import type { Phoned } from '../../support/floor-phones.ts'
import type { PhoneFloor } from '../../support/phone-floor.ts'
import { phoneFloor } from '../../support/phone-floor.ts'

// A server that dies between two steps is played by doing the first one, which is in the database, behind its back.
let floor: PhoneFloor
const { called, ready, hears, channels, abandoned } = callersOn(() => floor)
beforeEach(async () => {
  floor = await phoneFloor()
})
afterEach(() => floor.close())

const attempt = (id: string) =>
  floor.db
    .selectFrom('attempts')
    .selectAll()
    .where('id', '=', id as AttemptId)
    .executeTakeFirstOrThrow()
const comesBack = async (desk: Phoned, meanwhile?: () => void) => {
  await floor.restartServer(meanwhile)
  await desk.reconnect()
  await floor.pass(100)
}

describe('a server that dies when a call that came in is answered in its books, and not yet in the switch', () => {
  it('puts the caller to that operator, and nobody else is rung for them', async () => {
    const { campaign, calls } = await called()
    const anna = await ready(campaign)
    const caller = await calls('+390815520301')
    const leg = anna.offer().attempt
    await answer(floor, anna.user.id, leg)
    await comesBack(anna)
    expect(anna.view()).toMatchObject({ state: 'talking', work: { stage: 'started' } })
    expect((await anna.legs()).legs).toMatchObject([{ leg, state: 'answered', peer: '+390815520301' }])
    expect(hears(caller)).toEqual([await anna.channel()])
    expect(await floor.db.selectFrom('callers').select('id').execute()).toHaveLength(1)
    await anna.ask(leg, { do: 'hang-up' })
    await floor.pass(50)
    await anna.wrapUp('not-interested')
    expect(await attempt(leg)).toMatchObject({ state: 'wrapped-up', end_cause: 'hung-up-by-us' })
  })

  it('brings the operator to the wrap-up where the caller has gone meanwhile', async () => {
    const { campaign, calls } = await called()
    const anna = await ready(campaign)
    const caller = await calls('+390815520302')
    const leg = anna.offer().attempt
    await answer(floor, anna.user.id, leg)
    await comesBack(anna, () => floor.pbx.party.hangsUp(caller))
    expect(anna.view()).toMatchObject({ state: 'wrap-up', work: { ended: { end: 'lost' } } })
    expect(await abandoned(anna)).toEqual([])
    expect(await floor.db.selectFrom('live_leg').selectAll().execute()).toEqual([])
  })

  it('keeps a customer whom a colleague had put into the queue', async () => {
    const { campaign, calls } = await called()
    const anna = await ready(campaign)
    const customer = await calls('+390815520303')
    const luca = await ready(campaign)
    await anna.ask(anna.offer().attempt, { do: 'answer' })
    await anna.ask(anna.offer().attempt, { do: 'transfer', to: { kind: 'queue', campaign } })
    await floor.pass(50)
    const leg = luca.offer().attempt
    await answer(floor, luca.user.id, leg)
    await comesBack(luca)
    expect(luca.view().state).toBe('talking')
    expect(hears(customer)).toEqual([await luca.channel()])
  })
})

describe('a server that dies when a call has ended for it, and not yet in its books', () => {
  it('brings the operator to the wrap-up', async () => {
    const anna = await floor.phoned(await floor.realCampaign(['08']))
    await anna.work()
    const leg = await anna.dial()
    await floor.pass(1_300)
    await floor.db.deleteFrom('live_leg').where('leg', '=', leg).execute()
    await comesBack(anna, () => floor.pbx.party.hangsUp(leg))
    expect(anna.view()).toMatchObject({ state: 'wrap-up', work: { ended: { end: 'lost' } } })
  })
})

describe('a record that the server is about to dial', () => {
  const phone = {
    canDial: () => true,
    isEngaged: () => false,
    isAwaited: () => false,
  } as unknown as PhonePort
  const books = () => ({ ...floor, makeId: makeUuid, law: italianLaw, phone })

  /** An operator waits with their phone up, and a record is in their books. */
  async function offered() {
    const campaign = await floor.realCampaign(['08', '08'], { workMode: 'progressive' })
    await floor.db.updateTable('campaigns').set({ state: 'suspended' }).where('id', '=', campaign).execute()
    const anna = await floor.phoned(campaign, await floor.realCampaign([]))
    await anna.work()
    await floor.db.updateTable('campaigns').set({ state: 'running' }).where('id', '=', campaign).execute()
    const id = await offerNext(books(), anna.user.id)
    if (id === null) throw new Error('no record was offered')
    return { anna, id }
  }
  async function started() {
    const { anna, id } = await offered()
    const { e164 } = await floor.db
      .selectFrom('attempts')
      .innerJoin('contact_phones', 'contact_phones.contact_id', 'attempts.contact_id')
      .select('e164')
      .where('attempts.id', '=', id)
      .executeTakeFirstOrThrow()
    await start(books(), anna.user.id, id, e164, floor.clock.now(), 'server')
    return { anna, id }
  }
  const dialled = () =>
    floor.db.selectFrom('attempts').select(['id', 'state']).where('started_at', 'is not', null).execute()

  it('is dialled once, for the same operator, where the server dies before it asked whether it may', async () => {
    const { anna, id } = await offered()
    await comesBack(anna)
    await anna.ready()
    await floor.pass(1_300)
    expect(await attempt(id)).toMatchObject({ state: 'withdrawn' })
    expect(anna.view()).toMatchObject({ state: 'talking', work: { stage: 'started' } })
    expect(await dialled()).toHaveLength(1)
  })

  it('is dialled for the same operator where the server lived on, and something failed before it asked', async () => {
    const { anna, id } = await offered()
    await floor.pass(32_000)
    expect(await attempt(id)).toMatchObject({ state: 'withdrawn' })
    expect(anna.view()).toMatchObject({ state: 'talking', work: { stage: 'started' } })
    expect(await dialled()).toHaveLength(1)
  })

  it('is called again a minute later, and the operator goes on, where the server dies before it dialled', async () => {
    const { anna, id } = await started()
    await comesBack(anna)
    expect(await attempt(id)).toMatchObject({ state: 'failed', end_cause: 'lost' })
    expect(await channels()).not.toContain(id)
    await anna.ready()
    await floor.pass(1_300)
    expect(anna.view()).toMatchObject({ state: 'talking' })
    expect(anna.offer().attempt).not.toBe(id)
    const record = await floor.record((await attempt(id)).record_id)
    expect(record).toMatchObject({ state: 'waiting', kind: 'retry', attempts: 0 })
  })

  it('stays the operator’s where only the link breaks: its dialling is on its way', async () => {
    const { anna, id } = await started()
    floor.pbx.cut()
    await floor.pass(100)
    floor.pbx.heal()
    await floor.pass(100)
    expect(await attempt(id)).toMatchObject({ state: 'started' })
    expect(anna.view()).toMatchObject({ state: 'ringing', dialing: { attempt: id } })
  })
})
