import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ContactId } from '../../../shared/std/ids.ts'
import { callersOn } from '../../support/callers.ts'
import type { PhoneFloor } from '../../support/phone-floor.ts'
import { phoneFloor } from '../../support/phone-floor.ts'

let floor: PhoneFloor
const { called, ready, people } = callersOn(() => floor)
beforeAll(async () => {
  floor = await phoneFloor()
})
afterAll(() => floor.close())

describe('who calls', () => {
  it('and is known to nobody is made a contact when somebody answers, not before', async () => {
    const { campaign, calls } = await called()
    const anna = await ready(campaign)
    const count = async () => (await floor.db.selectFrom('contacts').select('id').execute()).length
    const before = await count()
    const gone = await calls('+390815520120')
    floor.pbx.party.hangsUp(gone)
    await floor.pass(50)
    expect(await count()).toBe(before)
    await calls('+390815520120')
    const { attempt, contact, record } = anna.offer()
    expect(contact).toMatchObject({ lastName: '', phones: [{ e164: '+390815520120' }] })
    await anna.ask(attempt, { do: 'answer' })
    expect(anna.offer()).toMatchObject({ contact: { id: contact.id, phones: [{ kind: 'landline' }] } })
    expect(anna.offer().record.id).toBe(record.id)
    expect(await count()).toBe(before + 1)
  })

  it('and is one of several is the one we spoke to last; another one is chosen by name', async () => {
    const { campaign, calls } = await called()
    const [first, second] = await people('+390815520121', ['Prima', 'Seconda'])
    const anna = await ready(campaign)
    const talk = async () => {
      const channel = await calls('+390815520121')
      await anna.ask(anna.offer().attempt, { do: 'answer' })
      return channel
    }
    await talk()
    expect(anna.offer()).toMatchObject({
      contact: { id: first },
      caller: { matches: [{ id: second, name: 'Seconda' }] },
    })
    const { record } = anna.offer()
    await anna.must('work.identify', { params: { id: anna.offer().attempt }, body: { contact: second } })
    expect(anna.offer()).toMatchObject({ contact: { id: second }, caller: { matches: [{ id: first }] } })
    expect(anna.offer().record.id).not.toBe(record.id)
    const rows = await floor.db
      .selectFrom('campaign_records')
      .select(['contact_id', 'state'])
      .where('campaign_id', '=', campaign)
      .execute()
    expect(rows).toEqual([{ contact_id: second, state: 'working' }])
    await anna.ask(anna.offer().attempt, { do: 'hang-up' })
    await floor.pass(50)
    await anna.wrapUp('not-interested')
    await talk()
    expect(anna.offer()).toMatchObject({ contact: { id: second }, history: [{ effect: 'close-negative' }] })
  })

  it('and hides the number is a contact without one, whom the operator may name while it rings', async () => {
    const { campaign, calls } = await called()
    const [known] = await people('+390815520122', ['Nota'])
    const [stranger] = await people('+390815520123', ['Ignota'])
    await floor.campaign({ contactIds: [stranger as ContactId] })
    const own = await floor.campaign({ contactIds: [known as ContactId] })
    const anna = await ready(campaign)
    await anna.takeBreak('coffee')
    await calls(null)
    await floor.db
      .insertInto('campaign_operators')
      .values({ campaign_id: own, user_id: anna.user.id })
      .execute()
    await anna.ready()
    await floor.pass(50)
    expect(anna.offer()).toMatchObject({ contact: { phones: [] }, caller: { from: null, matches: [] } })
    const { attempt } = anna.offer()
    const name = (contact: ContactId | undefined) =>
      anna.call('work.identify', { params: { id: attempt }, body: { contact } })
    expect(await name(stranger)).toMatchObject({ status: 404 })
    expect(await name(known)).toMatchObject({ status: 200 })
    expect(anna.offer()).toMatchObject({ contact: { id: known }, caller: { from: null } })
    await anna.ask(attempt, { do: 'answer' })
    expect(anna.offer()).toMatchObject({ contact: { lastName: 'Nota' }, campaign: { id: campaign } })
    await anna.ask(attempt, { do: 'hang-up' })
    await floor.pass(50)
    await anna.wrapUp('not-interested')
    const [record] = await floor.db
      .selectFrom('campaign_records')
      .select('state')
      .where('contact_id', '=', known as ContactId)
      .where('campaign_id', '=', campaign)
      .execute()
    expect(record).toEqual({ state: 'closed' })
  })

  it('and waits for a callback has it done: what the outcome says counts, and one that says nothing leaves it', async () => {
    const { campaign, calls } = await called({ endings: ['08'] })
    const anna = await ready(campaign)
    const { record, contact } = anna.offer()
    await anna.start()
    await anna.wrapUp('callback', { callbackAt: floor.clock.now() + 3_600_000 })
    const promised = await floor.record(record.id)
    const talk = async (outcome: string) => {
      await calls(contact.phones[0]?.e164 ?? '')
      expect(anna.offer()).toMatchObject({ record: { id: record.id, kind: 'inbound' } })
      const leg = anna.offer().attempt
      await anna.ask(leg, { do: 'answer' })
      await anna.ask(leg, { do: 'hang-up' })
      await floor.pass(50)
      await anna.wrapUp(outcome)
    }
    await talk('no-answer')
    expect(await floor.record(record.id)).toEqual(promised)
    await talk('not-interested')
    expect(await floor.record(record.id)).toMatchObject({ state: 'closed', closed_as: 'negative' })
    await talk('no-answer')
    expect(await floor.record(record.id)).toMatchObject({ state: 'closed', closed_as: 'negative' })
  })

  it('and lies on a colleague’s desk is taken from who reads, and left to who works', async () => {
    const { campaign, calls } = await called({ endings: ['08'] })
    const anna = await ready(campaign)
    const { record, contact } = anna.offer()
    const from = contact.phones[0]?.e164 ?? ''
    const luca = await ready(campaign)
    await calls(from)
    const leg = luca.offer().attempt
    await luca.ask(leg, { do: 'answer' })
    await floor.pass(50)
    expect(anna.view()).toMatchObject({ state: 'ready', work: null })
    expect(await floor.record(record.id)).toMatchObject({ state: 'working', operator: luca.user.id })
    await luca.ask(leg, { do: 'hang-up' })
    await floor.pass(50)
    // They call again, and Luca has not said yet how it went.
    await calls(from)
    const again = anna.offer().attempt
    await anna.ask(again, { do: 'answer' })
    await anna.ask(again, { do: 'hang-up' })
    await floor.pass(50)
    await anna.wrapUp('not-interested')
    expect(await floor.record(record.id)).toMatchObject({ state: 'working', operator: luca.user.id })
    await luca.wrapUp('callback', { callbackAt: floor.clock.now() + 60_000 })
    expect(await floor.record(record.id)).toMatchObject({ state: 'waiting', kind: 'callback' })
  })
})

describe('a call that came in', () => {
  it('may be from somebody who does not want to be called, and counts as no call of ours', async () => {
    const { campaign, calls } = await called({ endings: ['08'] })
    const anna = await ready(campaign)
    const { contact, record } = anna.offer()
    const from = contact.phones[0]?.e164 ?? ''
    await anna.must('work.skip', { params: { id: anna.offer().attempt }, body: { reason: 'other' } })
    await floor.forbid(from)
    // As often as the law lets us call a number in all.
    for (let times = 0; times < 8; times++) {
      await calls(from)
      const leg = anna.offer().attempt
      await anna.ask(leg, { do: 'answer' })
      await anna.ask(leg, { do: 'hang-up' })
      await floor.pass(50)
      await anna.wrapUp('callback', { callbackAt: floor.clock.now() + 1_000 })
    }
    expect(await floor.record(record.id)).toMatchObject({ kind: 'callback', attempts: 0 })
    await floor.db.deleteFrom('do_not_call').where('e164', '=', from).execute()
    await floor.pass(16_000)
    expect(anna.offer().record).toMatchObject({ id: record.id, kind: 'callback' })
    await anna.start()
    await anna.wrapUp('not-interested')
  })

  it('can have its outcome taken back until another call is there, and is in the history', async () => {
    const { campaign, calls } = await called()
    const anna = await ready(campaign)
    await calls('+390815520160')
    const leg = anna.offer().attempt
    await anna.ask(leg, { do: 'answer' })
    await anna.ask(leg, { do: 'hang-up' })
    await floor.pass(50)
    await anna.wrapUp('not-interested', { note: 'ha chiamato lei' })
    await anna.must('work.undo', { params: { id: leg } })
    expect(anna.view()).toMatchObject({ state: 'wrap-up', work: { offer: { record: { kind: 'inbound' } } } })
    await anna.wrapUp('callback', { callbackAt: floor.clock.now() + 3_600_000, note: 'richiamare' })
    await calls('+390815520160')
    expect(anna.offer().history).toMatchObject([{ effect: 'callback', note: 'richiamare' }])
    await anna.ask(anna.offer().attempt, { do: 'answer' })
    expect(await anna.call('work.undo', { params: { id: leg } })).toMatchObject({ status: 409 })
  })

  it('is led by the called number to the campaign that knows the caller, else to the most urgent one', async () => {
    const { campaign, number, calls } = await called({ priority: 8 })
    const other = await floor.realCampaign(['08'], { inbound: { numbers: [number.slice(1)] }, priority: 2 })
    const anna = await ready(other)
    const from = anna.offer().contact.phones[0]?.e164 ?? ''
    await anna.start()
    await anna.wrapUp('no-answer')
    const luca = await ready(campaign)
    await calls(from)
    expect(anna.view().state).toBe('ringing')
    expect(anna.offer().campaign.id).toBe(other)
    await calls('+390815520161')
    expect(luca.offer().campaign.id).toBe(campaign)
  })
})
