import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callFloor } from '../../../tests/support/call-floor.ts'
import type { CallFloor } from '../../../tests/support/call-floor.ts'

let floor: CallFloor

beforeAll(async () => {
  floor = await callFloor()
})
afterAll(() => floor.close())

const minutes = 60_000

describe('an operator at work', () => {
  it('is offered the first record of the file, rings it, saves the outcome and gets the next one', async () => {
    const campaign = await floor.campaign({ contacts: 3 })
    const anna = await floor.operator(campaign)
    await anna.ready()
    expect(anna.view().state).toBe('reserved')
    const first = anna.offer()
    expect(first.contact.lastName).toBe('Contatto 1')
    expect(await anna.start()).toEqual({ dial: first.contact.phones[0]?.e164 })
    expect(anna.view()).toMatchObject({ state: 'ringing', work: { stage: 'started' } })
    await anna.progress('answered')
    expect(anna.view().state).toBe('talking')
    await anna.progress('ended')
    expect(anna.view().state).toBe('wrap-up')
    await anna.wrapUp('not-interested')
    expect(anna.view()).toMatchObject({ state: 'reserved', today: { worked: 1 } })
    expect(anna.offer().contact.lastName).toBe('Contatto 2')
    expect(await floor.record(first.record.id)).toMatchObject({ state: 'closed', closed_as: 'negative' })
  })

  it('can be wrapped up though the server never heard how the call went', async () => {
    const campaign = await floor.campaign({ contacts: 1 })
    const anna = await floor.operator(campaign)
    await anna.ready()
    await anna.start()
    await anna.wrapUp('no-answer')
    expect(anna.view()).toMatchObject({ state: 'ready', idle: { code: 'waiting-for-due' } })
    expect(anna.view().idle?.until).toBe(floor.clock.now() + 180 * minutes)
    await floor.pass(180 * minutes)
    expect(anna.view().work?.offer.record).toMatchObject({ kind: 'retry', attempts: 1 })
  })

  it('starting again with the same number answers the same, with another number is a conflict', async () => {
    const campaign = await floor.campaign({ contacts: 1 })
    const anna = await floor.operator(campaign)
    await anna.ready()
    const dial = await anna.start()
    expect(await anna.start()).toEqual(dial)
    expect((await anna.call('work.start', { body: { phone: '+390000000' } })).status).toBe(409)
    await anna.wrapUp('not-interested')
    expect((await anna.call('work.start', { body: { phone: dial.dial } })).body).toMatchObject({
      code: 'not-in-this-state',
    })
  })

  it('delivers a wrap-up once, however often the same key comes', async () => {
    const campaign = await floor.campaign({ contacts: 2 })
    const anna = await floor.operator(campaign)
    await anna.ready()
    await anna.start()
    const attempt = anna.offer().attempt
    const body = anna.wrapUpBody('interested', { answers: { name: 'Rossi' } })
    const input = { params: { id: attempt }, body, key: 'key-1' }
    const replies = await Promise.all([1, 2, 3].map(() => anna.call('work.wrapUp', input)))
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await anna.call('work.wrapUp', { ...input, key: 'key-2' })).toMatchObject({ status: 200 })
    const other = { ...input, key: 'key-3', body: { ...body, outcome: 'busy' } }
    expect(await anna.call('work.wrapUp', other)).toMatchObject({ status: 409 })
    expect((await floor.audit('attempt.wrapped-up', attempt)).length).toBe(1)
    expect(anna.view().today).toEqual({ worked: 1, positive: 1, callbacks: 0 })
  })

  it('refuses answers that do not fit, and an incomplete questionnaire where the outcome needs it whole', async () => {
    const campaign = await floor.campaign({ contacts: 1 })
    const anna = await floor.operator(campaign)
    await anna.ready()
    await anna.start()
    const refused = await anna.tryWrapUp('interested', { answers: {} })
    expect(refused).toMatchObject({ status: 422, body: { code: 'answers-invalid' } })
    expect(refused.body).toMatchObject({ details: { problems: [{ question: 'name', code: 'required' }] } })
    expect((await anna.tryWrapUp('not-interested', { answers: { nonsense: 1 } })).status).toBe(422)
    expect((await anna.tryWrapUp('callback', {})).body).toMatchObject({ code: 'invalid-input' })
    expect((await anna.tryWrapUp('never-heard-of', {})).body).toMatchObject({ code: 'invalid-input' })
    await anna.wrapUp('interested', { answers: { name: 'Rossi' } })
  })
})

describe('a callback', () => {
  it('comes back to its operator when due, and to colleagues only after its grace', async () => {
    const campaign = await floor.campaign({ contacts: 1, callbackGraceMinutes: 30 })
    const anna = await floor.operator(campaign)
    await anna.ready()
    await anna.start()
    const at = floor.clock.now() + 60 * minutes
    await anna.wrapUp('callback', { callbackAt: at })
    expect(anna.view().callbacks).toMatchObject([{ dueAt: at }])
    await anna.takeBreak('coffee')
    const luca = await floor.operator(campaign)
    await luca.ready()
    await floor.pass(61 * minutes)
    expect(luca.view()).toMatchObject({
      work: null,
      idle: { code: 'waiting-for-due', until: at + 30 * minutes },
    })
    await anna.ready()
    expect(anna.offer().record).toMatchObject({ kind: 'callback', dueAt: at })
    await anna.takeBreak('coffee')
    await floor.pass(30 * minutes)
    expect(luca.offer().record.kind).toBe('callback')
  })

  it('is promised no longer once its number may not be called any more', async () => {
    const campaign = await floor.campaign({ contacts: 1 })
    const anna = await floor.operator(campaign)
    await anna.ready()
    await anna.start()
    const { contact } = anna.offer()
    await anna.wrapUp('callback', { callbackAt: floor.clock.now() + 60 * minutes })
    expect(anna.view().callbacks).toHaveLength(1)
    await floor.forbid(contact.phones[0]?.e164 ?? '')
    await anna.takeBreak('coffee')
    expect(anna.view().callbacks).toEqual([])
  })

  it('is kept even when it was promised on the last attempt', async () => {
    const campaign = await floor.campaign({ contacts: 1, maxAttempts: 1 })
    const anna = await floor.operator(campaign)
    await anna.ready()
    await anna.start()
    await anna.wrapUp('callback', { callbackAt: floor.clock.now() + minutes })
    await floor.pass(2 * minutes)
    expect(anna.offer().record).toMatchObject({ kind: 'callback', attempts: 1 })
    await anna.start()
    await anna.wrapUp('no-answer')
    expect(anna.view().idle).toEqual({ code: 'no-record-left', until: null })
  })
})

describe('do not call and wrong number', () => {
  it('puts every number of the person on the list, at once and for every campaign', async () => {
    const one = await floor.campaign({ contacts: 1, phonesEach: 2 })
    const anna = await floor.operator(one)
    await anna.ready()
    await anna.start()
    const { contact } = anna.offer()
    await anna.wrapUp('do-not-call')
    const two = await floor.campaign({ contactIds: [contact.id] })
    const luca = await floor.operator(two)
    await luca.ready()
    expect(luca.view()).toMatchObject({ work: null, idle: { code: 'no-record-left' } })
  })

  it('refuses at dial time a number that joined the list meanwhile, and says so again if asked again', async () => {
    const campaign = await floor.campaign({ contacts: 1 })
    const anna = await floor.operator(campaign)
    await anna.ready()
    const { attempt, contact, record } = anna.offer()
    await floor.forbid(contact.phones[0]?.e164 ?? '')
    const refused = await anna.call('work.start', { body: { phone: contact.phones[0]?.e164 } })
    expect(refused).toMatchObject({
      status: 422,
      body: { code: 'call-not-allowed', details: { reason: 'do-not-call', until: null } },
    })
    const again = { params: { id: attempt }, body: { phone: contact.phones[0]?.e164 } }
    expect((await anna.call('work.start', again)).body).toMatchObject({ code: 'call-not-allowed' })
    expect(await floor.record(record.id)).toMatchObject({
      state: 'closed',
      closed_as: 'do-not-call',
      attempts: 0,
    })
    expect(anna.view()).toMatchObject({ state: 'ready', work: null })
  })

  it('a wrong number leaves the other numbers to try, then closes the record', async () => {
    const campaign = await floor.campaign({ contacts: 1, phonesEach: 2 })
    const anna = await floor.operator(campaign)
    await anna.ready()
    await anna.start()
    await anna.wrapUp('wrong-number')
    expect(anna.offer().contact.phones.map(({ wrong }) => wrong)).toEqual([true, false])
    const { id } = anna.offer().record
    await anna.start()
    await anna.wrapUp('wrong-number')
    expect(await floor.record(id)).toMatchObject({ state: 'closed', closed_as: 'wrong-number' })
  })
})

describe('taking a wrap-up back', () => {
  it('restores the record exactly, with what it said of the numbers, and takes a second one', async () => {
    const campaign = await floor.campaign({ contacts: 2, phonesEach: 2 })
    const anna = await floor.operator(campaign)
    await anna.ready()
    await anna.start()
    const { attempt, record, contact } = anna.offer()
    const before = await floor.record(record.id)
    await anna.wrapUp('do-not-call')
    expect(await floor.forbidden(contact.phones.map(({ e164 }) => e164))).toBe(2)
    const input = { params: { id: attempt }, key: 'undo-1' }
    expect((await anna.call('work.undo', input)).status).toBe(200)
    expect((await anna.call('work.undo', input)).status).toBe(200)
    expect(await floor.record(record.id)).toEqual(before)
    expect(await floor.forbidden(contact.phones.map(({ e164 }) => e164))).toBe(0)
    expect(anna.view()).toMatchObject({ state: 'wrap-up', work: { stage: 'started', offer: { attempt } } })
    await anna.wrapUp('not-interested')
    expect(await floor.record(record.id)).toMatchObject({ closed_as: 'negative', attempts: 1 })
    expect(anna.offer().contact.lastName).toBe('Contatto 2')
  })

  it('is refused once the next call has left', async () => {
    const campaign = await floor.campaign({ contacts: 2 })
    const anna = await floor.operator(campaign)
    await anna.ready()
    await anna.start()
    const { attempt } = anna.offer()
    await anna.wrapUp('not-interested')
    await anna.start()
    const undo = { params: { id: attempt } }
    expect((await anna.call('work.undo', undo)).body).toMatchObject({ code: 'not-in-this-state' })
    await anna.wrapUp('not-interested')
    expect((await anna.call('work.undo', undo)).body).toMatchObject({ code: 'not-in-this-state' })
  })
})

describe('leaving and coming back', () => {
  it('an offer goes back at once for a break, after twenty seconds for a lost stream', async () => {
    const campaign = await floor.campaign({ contacts: 1 })
    const anna = await floor.operator(campaign)
    await anna.ready()
    const { id } = anna.offer().record
    await anna.takeBreak('lunch')
    expect(anna.view()).toMatchObject({ state: 'break', breakReason: 'lunch', work: null })
    expect(await floor.record(id)).toMatchObject({ state: 'waiting', kind: 'new', due_at: null })
    await anna.ready()
    anna.disconnect()
    await floor.pass(4_000)
    expect(await floor.record(id)).toMatchObject({ state: 'reserved' })
    anna.connect()
    await floor.settled()
    expect(anna.view().state).toBe('reserved')
    anna.disconnect()
    await floor.pass(4_000)
    await floor.pass(17_000)
    expect(await floor.record(id)).toMatchObject({ state: 'waiting' })
  })

  it('a call that was started is never taken away, and its outcome counts while the operator is offline', async () => {
    const campaign = await floor.campaign({ contacts: 1 })
    const anna = await floor.operator(campaign)
    await anna.ready()
    await anna.start()
    const { id } = anna.offer().record
    anna.disconnect()
    await floor.pass(180 * minutes)
    expect(await floor.record(id)).toMatchObject({ state: 'working' })
    await anna.wrapUp('interested', { answers: { name: 'Rossi' } })
    expect(await floor.record(id)).toMatchObject({ state: 'closed', closed_as: 'positive' })
    anna.connect()
    await floor.settled()
    expect(anna.view()).toMatchObject({ state: 'break', work: null, today: { positive: 1 } })
  })

  it('skipping gives the record back for a quarter of an hour', async () => {
    const campaign = await floor.campaign({ contacts: 2 })
    const anna = await floor.operator(campaign)
    await anna.ready()
    const skipped = anna.offer()
    const skip = { params: { id: skipped.attempt }, body: { reason: 'known-person' } }
    expect((await anna.call('work.skip', skip)).status).toBe(200)
    expect((await anna.call('work.skip', skip)).status).toBe(200)
    expect(anna.offer().contact.lastName).toBe('Contatto 2')
    expect(await floor.record(skipped.record.id)).toMatchObject({
      state: 'waiting',
      attempts: 0,
      due_at: floor.clock.now() + 15 * minutes,
    })
    await anna.start()
    expect((await anna.call('work.skip', { body: { reason: 'other' } })).status).toBe(409)
  })
})
