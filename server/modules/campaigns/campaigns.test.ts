import type { z } from 'zod'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Board } from '../../../shared/crm-api/board.ts'
import type { Campaign, CampaignDraft, LaunchCheck } from '../../../shared/crm-api/campaigns.ts'
import { allDay, callFloor } from '../../../tests/support/call-floor.ts'
import type { CallFloor } from '../../../tests/support/call-floor.ts'
import { insertRecords } from './records.ts'
import { makeUuid } from '../../entry/system.ts'

let floor: CallFloor

beforeAll(async () => {
  floor = await callFloor()
})
afterAll(() => floor.close())

const send = <T = { code: string; details: unknown }>(name: string, input: object) =>
  floor.request<T>(name, input, floor.supervisor.token)

async function draft(wish: Partial<CampaignDraft> = {}): Promise<Campaign> {
  return floor.asSupervisor<Campaign>('campaigns.create', { body: await floor.draft(wish) })
}
const toDraft = ({
  id: _id,
  state: _s,
  version: _v,
  records: _r,
  updatedAt: _u,
  ...rest
}: Campaign): CampaignDraft => rest
const save = (campaign: Campaign, change: Partial<CampaignDraft>) =>
  send<Campaign & { code: string }>('campaigns.save', {
    params: { id: campaign.id },
    body: { version: campaign.version, draft: { ...toDraft(campaign), ...change } },
  })
const command = (campaign: Campaign, what: string) =>
  send<Campaign>('campaigns.command', { params: { id: campaign.id }, body: { command: what } })
const addContacts = async (campaign: Campaign, count: number) => {
  const wish = { campaign: campaign.id, import: null, makeId: makeUuid, now: floor.clock.now() }
  await insertRecords(floor.db, wish, await floor.contacts(count, 1))
}

/** Draft with all that a launch needs. */
async function complete(wish: Partial<CampaignDraft> = {}): Promise<Campaign> {
  const { user } = await floor.createUser('operator')
  const campaign = await draft({ operators: [user.id], ...wish })
  await addContacts(campaign, 2)
  return campaign
}

describe('a campaign', () => {
  it('may be kept as a draft however little is in it, but not with nonsense', async () => {
    const empty = await draft({ outcomes: [], operators: [], script: '' })
    expect(empty).toMatchObject({ state: 'draft', version: 1, records: { total: 0 } })
    const body = toDraft(empty)
    expect((await send('campaigns.create', { body })).body).toMatchObject({ code: 'conflict' })
    const bad: Partial<CampaignDraft>[] = [
      { from: '2026-12-02', to: '2026-12-01' },
      { hours: { ...allDay, zone: 'Europe/Atlantis' } },
      { operators: [floor.supervisor.user.id] },
    ]
    for (const change of bad) {
      const reply = await send('campaigns.create', { body: { ...body, code: 'NEW', ...change } })
      expect(reply.body).toMatchObject({ code: 'invalid-input' })
    }
  })

  it('says what stops its launch, and is not launched before', async () => {
    const campaign = await draft({ outcomes: [], script: '{"pages": 1}', to: '2026-01-02' })
    const check = await floor.asSupervisor<z.infer<typeof LaunchCheck>>('campaigns.check', {
      params: { id: campaign.id },
    })
    expect(check.problems).toEqual([
      'no-records',
      'no-operators',
      'no-outcomes',
      'dates-over',
      'script-invalid',
    ])
    expect(check.scriptProblems.length).toBeGreaterThan(0)
    expect(check).toMatchObject({ firstCallAt: null, blockedNow: 'after-end' })
    expect(await command(campaign, 'launch')).toMatchObject({
      status: 422,
      body: { code: 'campaign-incomplete', details: { problems: check.problems } },
    })
  })

  it('tells from when its hours let it call', async () => {
    const span = [{ from: '14:00', to: '18:00' }]
    const days = { 1: span, 2: span, 3: span, 4: span, 5: span, 6: [], 7: [] }
    const campaign = await complete({ hours: { zone: 'Europe/Rome', days } })
    const check = await floor.asSupervisor('campaigns.check', { params: { id: campaign.id } })
    // The clock stands at Tuesday 24 November 2026, 10:00 in Rome.
    const firstCallAt = Date.UTC(2026, 10, 24, 13, 0)
    expect(check).toEqual({ problems: [], firstCallAt, blockedNow: 'campaign-hours', scriptProblems: [] })
  })

  it('is launched, suspended, resumed and closed, and knows what makes no sense', async () => {
    const campaign = await complete()
    expect((await command(campaign, 'resume')).status).toBe(409)
    for (const [what, state] of [
      ['launch', 'running'],
      ['suspend', 'suspended'],
      ['resume', 'running'],
      ['close', 'closed'],
    ] as const) {
      expect((await command(campaign, what)).body).toMatchObject({ state })
    }
    expect((await command(campaign, 'launch')).status).toBe(409)
    expect((await floor.audit('campaign.launched', campaign.id)).length).toBe(1)
  })

  it('cannot be overwritten by who has read an older version', async () => {
    const campaign = await draft()
    const saved = await save(campaign, { description: 'Mine' })
    expect(saved.body).toMatchObject({ version: 2, description: 'Mine' })
    expect(await save(campaign, { description: 'Yours' })).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    })
  })

  it('keeps at work what was agreed, and takes what may change', async () => {
    const campaign = await complete()
    const running = (await command(campaign, 'launch')).body
    for (const change of [
      { code: 'OTHER' },
      { from: '2026-02-01' },
      { outcomes: running.outcomes.slice(1) },
    ]) {
      expect((await save(running, change)).body).toMatchObject({ code: 'not-in-this-state' })
    }
    expect((await save(running, { script: '' })).body).toMatchObject({ code: 'campaign-incomplete' })
    expect((await save(running, { priority: 9, to: '2027-01-31' })).body).toMatchObject({
      priority: 9,
      to: '2027-01-31',
    })
  })

  it('is deleted only while it is a draft', async () => {
    const campaign = await complete()
    expect((await send('campaigns.remove', { params: { id: campaign.id } })).status).toBe(200)
    expect((await send('campaigns.get', { params: { id: campaign.id } })).status).toBe(404)
    const running = await complete()
    await command(running, 'launch')
    expect((await send('campaigns.remove', { params: { id: running.id } })).status).toBe(409)
  })
})

describe('operators and a campaign', () => {
  it('get work at its launch, lose the offer when it is suspended, and it again when it goes on', async () => {
    const campaign = await draft()
    const anna = await floor.operator(campaign.id)
    await addContacts(campaign, 1)
    await anna.ready()
    expect(anna.view().idle).toEqual({ code: 'no-campaign', until: null })
    await command(campaign, 'launch')
    await floor.settled()
    const { record } = anna.offer()
    await command(campaign, 'suspend')
    await floor.settled()
    expect(anna.view()).toMatchObject({ state: 'ready', work: null })
    await command(campaign, 'resume')
    await floor.settled()
    expect(anna.offer().record.id).toBe(record.id)
  })

  it('are given work by the priority of campaigns, and wait for their hours', async () => {
    const low = await floor.campaign({ contacts: 1, priority: 1 })
    const high = await floor.campaign({ contacts: 1, priority: 9 })
    const anna = await floor.operator(low, high)
    await anna.ready()
    expect(anna.offer().campaign.id).toBe(high)
    const evening = [{ from: '20:00', to: '21:00' }]
    const days = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, evening]))
    const late = await floor.campaign({
      contacts: 1,
      hours: { zone: 'Europe/Rome', days } as CampaignDraft['hours'],
    })
    const luca = await floor.operator(late)
    await luca.ready()
    const until = Date.UTC(2026, 10, 24, 19, 0)
    expect(luca.view().idle).toEqual({ code: 'outside-hours', until })
    await floor.pass(until - floor.clock.now())
    expect(luca.offer().campaign.id).toBe(late)
  })

  it('see the people of their own campaigns only', async () => {
    const own = await floor.campaign({ contacts: 1 })
    const other = await floor.campaign({ contacts: 1 })
    const anna = await floor.operator(own)
    const contactOf = async (campaign: typeof own) => {
      const row = floor.db
        .selectFrom('campaign_records')
        .select('contact_id')
        .where('campaign_id', '=', campaign)
      return (await row.executeTakeFirstOrThrow()).contact_id
    }
    expect((await anna.call('contacts.get', { params: { id: await contactOf(own) } })).status).toBe(200)
    expect((await anna.call('contacts.get', { params: { id: await contactOf(other) } })).status).toBe(404)
  })
})

describe('the records of a campaign', () => {
  it('are listed page by page in the order of the file, and by state', async () => {
    const campaign = await floor.campaign({ contacts: 5 })
    const anna = await floor.operator(campaign)
    await anna.ready()
    await anna.start()
    await anna.wrapUp('no-answer')
    type Page = { items: { name: string; status: string }[]; next: string | null; total: number }
    const list = (query: object) =>
      floor.asSupervisor<Page>('campaigns.records', { params: { id: campaign }, query })
    const first = await list({ limit: 3 })
    expect(first).toMatchObject({ total: 5, items: [{ name: 'Contatto 1', status: 'retry' }, {}, {}] })
    const second = await list({ limit: 3, after: first.next })
    expect(second.items.map(({ name }) => name)).toEqual(['Contatto 4', 'Contatto 5'])
    expect(second.next).toBeNull()
    expect(await list({ status: 'retry' })).toMatchObject({ total: 1 })
  })

  it('that can never be offered count as closed, and wait again when that outcome is taken back', async () => {
    // One household: two people with one number.
    const campaign = await floor.campaign({ contacts: 2 })
    const phones = floor.db
      .selectFrom('campaign_records')
      .innerJoin('contact_phones', 'contact_phones.contact_id', 'campaign_records.contact_id')
      .select('contact_phones.contact_id')
      .where('campaign_id', '=', campaign)
    const number = '+390815559901'
    await floor.db
      .updateTable('contact_phones')
      .set({ e164: number })
      .where('contact_id', 'in', phones)
      .execute()
    const anna = await floor.operator(campaign)
    const figures = async () => {
      const { records } = await floor.asSupervisor<Campaign>('campaigns.get', { params: { id: campaign } })
      const board = await floor.asSupervisor<Board>('board.get', {})
      expect(board.campaigns.find(({ id }) => id === campaign)?.records).toEqual(records)
      return records
    }
    const statuses = async (status?: string) => {
      const { items } = await floor.asSupervisor<{ items: { status: string }[] }>('campaigns.records', {
        params: { id: campaign },
        query: status === undefined ? {} : { status },
      })
      return items.map((each) => each.status)
    }
    await anna.ready()
    await anna.start()
    expect(await figures()).toMatchObject({ total: 2, new: 1, working: 1 })
    await anna.wrapUp('do-not-call')
    expect(await figures()).toMatchObject({ total: 2, new: 0, closed: { 'do-not-call': 2 } })
    expect(await statuses()).toEqual(['do-not-call', 'do-not-call'])
    expect(await statuses('new')).toEqual([])
    expect(anna.view()).toMatchObject({ state: 'ready', idle: { code: 'no-record-left' } })
    await anna.call('work.undo', { key: 'key-undo-of-a-household' })
    expect(await figures()).toMatchObject({ total: 2, new: 1, working: 1, closed: { 'do-not-call': 0 } })
    await anna.wrapUp('no-answer')
    expect(anna.view().state).toBe('reserved')
  })

  it('nobody waits for one that is due later and may not be called any more', async () => {
    const campaign = await floor.campaign({ contacts: 1 })
    const anna = await floor.operator(campaign)
    await anna.ready()
    const number = anna.offer().contact.phones[0]?.e164 ?? ''
    await anna.start()
    await anna.wrapUp('no-answer')
    expect(anna.view().idle).toMatchObject({ code: 'waiting-for-due' })
    await floor.forbid(number)
    await floor.pass(16_000)
    expect(anna.view().idle).toEqual({ code: 'no-record-left', until: null })
  })
})
