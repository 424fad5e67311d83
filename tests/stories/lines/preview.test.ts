import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PhoneFloor } from '../../support/phone-floor.ts'
import { phoneFloor } from '../../support/phone-floor.ts'

let floor: PhoneFloor
beforeAll(async () => {
  floor = await phoneFloor({ outsidePrefix: '0' })
})
afterAll(() => floor.close())

describe('the phone of an operator', () => {
  it('is needed only where some running campaign makes real calls', async () => {
    const anna = await floor.phoned(await floor.campaign({ contacts: 1 }))
    expect(anna.view().phone).toEqual({ needed: false, kind: null, state: 'none', problem: null })
    await anna.ready()
    expect(anna.view().state).toBe('reserved')
    const luca = await floor.phoned(await floor.realCampaign(['08']))
    expect(luca.view().phone).toMatchObject({ needed: true, state: 'none' })
    expect(await luca.call('work.setState', { body: { to: 'ready' } })).toMatchObject({
      status: 409,
      body: { code: 'not-in-this-state', details: { check: 'phone', problem: 'not-registered' } },
    })
  })

  it('is called once it has registered and its operator wants to work, and answers by its token', async () => {
    const anna = await floor.phoned(await floor.realCampaign(['08']))
    const account = await anna.openPhone()
    expect(account).toMatchObject({ kind: 'web', domain: 'cuffia.test', echoNumber: '600' })
    expect(anna.view()).toMatchObject({ state: 'break', phone: { state: 'registered' } })
    await anna.ready()
    expect(anna.view()).toMatchObject({ state: 'break', phone: { state: 'calling' } })
    const channel = await anna.channel()
    const token = account.kind === 'web' ? account.answerToken : ''
    expect(floor.pbx.party.headers(channel)).toEqual({ 'X-Cuffia-Answer': token })
    await floor.pass(200)
    expect(anna.view()).toMatchObject({ state: 'reserved', phone: { state: 'up', problem: null } })
  })

  it('gets a new password with each account; the old one is refused', async () => {
    const anna = await floor.phoned(await floor.realCampaign(['08']))
    const first = await anna.openPhone()
    const second = await anna.openPhone()
    if (first.kind !== 'web' || second.kind !== 'web') throw new Error('these are pages')
    expect(second.password).not.toBe(first.password)
    expect(floor.pbx.phone.registers(first.username, first.password)).toBe(false)
  })

  it('that is lost takes its operator out of ready at once, and brings them back with it', async () => {
    const anna = await floor.phoned(await floor.realCampaign([]))
    const account = await anna.openPhone()
    if (account.kind !== 'web') throw new Error('this is a page')
    await anna.ready()
    await floor.pass(200)
    expect(anna.view().state).toBe('ready')
    floor.pbx.phone.goes(account.username)
    await floor.pass(50)
    expect(anna.view()).toMatchObject({
      state: 'break',
      breakReason: 'technical',
      phone: { state: 'provisioned', problem: 'not-registered' },
    })
    floor.pbx.phone.registers(account.username, account.password)
    await floor.pass(300)
    expect(anna.view()).toMatchObject({ state: 'ready', phone: { state: 'up', problem: null } })
  })

  it('on the desk rings until it is lifted', async () => {
    const anna = await floor.phoned(await floor.realCampaign(['08']))
    const none = await anna.call('phone.account', { body: { kind: 'desk' } })
    expect(none).toMatchObject({ status: 409, body: { details: { problem: 'no-desk-phone' } } })
    const administrator = await floor.createUser('administrator')
    const setup = { dialPrefix: '', deskPhone: 'desk-1' }
    const input = { params: { id: anna.user.id }, body: setup }
    expect(await floor.request('phone.setUp', input, administrator.token)).toMatchObject({ body: setup })
    await anna.openPhone('desk')
    await anna.ready()
    await floor.pass(1_000)
    expect(anna.view()).toMatchObject({ state: 'break', phone: { kind: 'desk', state: 'calling' } })
    await floor.pass(1_500)
    expect(anna.view()).toMatchObject({ state: 'reserved', phone: { state: 'up' } })
  })

  it('goes with the session: the account is withdrawn, its leg hung up', async () => {
    const anna = await floor.phoned(await floor.realCampaign([]))
    const account = await anna.openPhone()
    await anna.ready()
    await floor.pass(200)
    expect(await anna.channel()).not.toBe('')
    await anna.must('sessions.signOut', {})
    await floor.pass(50)
    expect(await anna.channel()).toBe('')
    if (account.kind === 'web') {
      expect(floor.pbx.phone.registers(account.username, account.password)).toBe(false)
    }
  })
})

describe('the phone of a session that ended by time', () => {
  it('is hung up within minutes, though nobody said so', async () => {
    const anna = await floor.phoned(await floor.realCampaign([]))
    await anna.work()
    await floor.db.deleteFrom('session').where('user_id', '=', anna.user.id).execute()
    await floor.pass(301_000)
    expect(await anna.channel()).toBe('')
  })
})

describe('a previewed call on a real line', () => {
  it('goes out with prefixes and caller id, rings, is answered and heard, and ends in the wrap-up', async () => {
    const campaign = await floor.realCampaign(['08'], { lcrPrefix: '77', callerId: '+390811234567' })
    const anna = await floor.phoned(campaign)
    await anna.work()
    expect(anna.offer().campaign).toMatchObject({ line: 'pbx', dialPrefix: '077' })
    const leg = await anna.dial()
    expect(floor.pbx.party.number(leg)).toMatch(/^07739331\d+$/)
    expect(anna.view().state).toBe('ringing')
    expect((await anna.legs()).legs).toMatchObject([{ leg, state: 'ringing', direction: 'out' }])
    await floor.pass(1_300)
    expect(anna.view().state).toBe('talking')
    expect(floor.pbx.hears(leg)).toEqual(new Set([await anna.channel()]))
    expect(floor.pbx.hears(await anna.channel())).toEqual(new Set([leg]))
    await anna.ask(leg, { do: 'hang-up' })
    await floor.pass(50)
    expect(anna.newsTypes(leg)).toEqual(['leg-ringing', 'leg-answered', 'leg-ended'])
    expect(anna.news().at(-1)).toMatchObject({ end: 'hung-up-by-us', switchCause: expect.any(String) })
    expect(anna.view().state).toBe('wrap-up')
    expect((await anna.legs()).legs).toEqual([])
    await anna.wrapUp('not-interested')
    expect(anna.view().state).toBe('ready')
  })

  it('asks a number outside, and hands the call there, behind the same prefixes; an extension as it is', async () => {
    const campaign = await floor.realCampaign(['08'], { lcrPrefix: '77' })
    const anna = await floor.phoned(campaign)
    await anna.work()
    const leg = await anna.dial()
    await floor.pass(1_300)
    const asks = (consult: string, number: string) =>
      anna.ask(leg, { do: 'consult', consult, to: { kind: 'number', number } })
    await asks('behind-1', '+390612345608')
    expect(floor.pbx.party.number('consult-behind-1')).toBe('077390612345608')
    await anna.ask(leg, { do: 'cancel-consult' })
    await floor.pass(50)
    await asks('behind-2', '208')
    expect(floor.pbx.party.number('consult-behind-2')).toBe('208')
    await anna.ask(leg, { do: 'cancel-consult' })
    await floor.pass(50)
    await anna.ask(leg, { do: 'transfer', to: { kind: 'number', number: '+390612345608' } })
    expect(floor.pbx.party.number(`party-${leg}`)).toBe('077390612345608')
  })

  it.each([
    ['01', 'busy'],
    ['02', 'no-answer'],
    ['06', 'invalid-number'],
    ['07', 'rejected'],
    ['09', 'congestion'],
    ['10', 'unreachable'],
  ])('to a number ending in %s ends as %s, with the raw cause kept in the attempt', async (ending, end) => {
    const anna = await floor.phoned(await floor.realCampaign([ending]))
    await anna.work()
    const leg = await anna.dial()
    await floor.pass(26_000)
    expect(anna.news().at(-1)).toMatchObject({ type: 'leg-ended', leg, end })
    expect(anna.view().state).toBe('wrap-up')
    const row = await floor.db
      .selectFrom('attempts')
      .selectAll()
      .where('id', '=', leg as never)
      .executeTakeFirstOrThrow()
    expect(row).toMatchObject({ state: 'started', end_cause: end, switch_cause: expect.stringMatching(/\d/) })
  })

  it('is dialled once, however often it is asked and whatever has become of it', async () => {
    const anna = await floor.phoned(await floor.realCampaign(['01']))
    await anna.work()
    const leg = await anna.dial()
    const { phones } = anna.offer().contact
    const again = { do: 'dial', to: phones[0]?.e164 }
    await anna.ask(leg, again)
    await floor.pass(200)
    await anna.ask(leg, again)
    await floor.pass(200)
    expect(anna.newsTypes(leg)).toEqual(['leg-ended'])
  })

  it('is refused to a number that was not allowed, and to somebody else', async () => {
    const anna = await floor.phoned(await floor.realCampaign(['08']))
    const luca = await floor.phoned(await floor.realCampaign(['08']))
    await anna.work()
    await luca.work()
    await anna.start()
    const leg = anna.offer().attempt
    const to = anna.offer().contact.phones[0]?.e164
    const refused = { status: 404, body: { code: 'not-found' } }
    expect(await anna.tryAsk(leg, { do: 'dial', to: '+39899000000' })).toMatchObject(refused)
    expect(await luca.tryAsk(leg, { do: 'dial', to })).toMatchObject(refused)
    await anna.ask(leg, { do: 'dial', to })
    await floor.pass(1_300)
    expect(await luca.tryAsk(leg, { do: 'hang-up' })).toMatchObject(refused)
  })

  it('on hold hears music and comes back; digits reach the other side', async () => {
    const anna = await floor.phoned(await floor.realCampaign(['08']))
    await anna.work()
    const leg = await anna.dial()
    expect(await anna.tryAsk(leg, { do: 'hold' })).toMatchObject({ status: 409 })
    await floor.pass(1_300)
    await anna.ask(leg, { do: 'hold' })
    expect(floor.pbx.hears(leg)).toEqual(new Set(['music']))
    expect((await anna.legs()).legs).toMatchObject([{ held: true }])
    await anna.ask(leg, { do: 'resume' })
    expect(floor.pbx.hears(leg)).toEqual(new Set([await anna.channel()]))
    await anna.ask(leg, { do: 'dtmf', digits: '12#' })
    expect(floor.pbx.party.digits(leg)).toBe('12#')
    expect(anna.newsTypes(leg).slice(-2)).toEqual(['leg-held', 'leg-resumed'])
  })

  it('outlives a reload of the page: music meanwhile, then the same call in the same bridge', async () => {
    const anna = await floor.phoned(await floor.realCampaign(['08']))
    await anna.work()
    const leg = await anna.dial()
    await floor.pass(1_300)
    const before = await anna.channel()
    const account = await anna.must<{ username: string; password: string }>('phone.account', {
      body: { kind: 'web' },
    })
    expect(floor.pbx.hears(leg)).toEqual(new Set(['music']))
    expect(anna.view()).toMatchObject({ state: 'talking', phone: { state: 'provisioned' } })
    floor.pbx.phone.registers(account.username, account.password)
    await floor.pass(300)
    const after = await anna.channel()
    expect(after).not.toBe(before)
    expect(floor.pbx.hears(leg)).toEqual(new Set([after]))
    expect(anna.view()).toMatchObject({ state: 'talking', wanted: null, phone: { state: 'up' } })
  })

  it('whose operator does not come back is let go after twenty seconds', async () => {
    const anna = await floor.phoned(await floor.realCampaign(['08']))
    const account = await anna.openPhone()
    await anna.ready()
    await floor.pass(200)
    const leg = await anna.dial()
    await floor.pass(1_300)
    if (account.kind === 'web') floor.pbx.phone.goes(account.username)
    await floor.pass(19_000)
    expect(floor.pbx.hears(leg)).toEqual(new Set(['music']))
    await floor.pass(1_500)
    expect(anna.news().at(-1)).toMatchObject({ type: 'leg-ended', end: 'lost' })
    expect(anna.view()).toMatchObject({ state: 'wrap-up', wanted: 'technical' })
  })
})

describe('an operator’s line', () => {
  it('has one customer: dialling the next lets the last one go', async () => {
    const anna = await floor.phoned(await floor.realCampaign(['08', '08']))
    await anna.work()
    const first = await anna.dial()
    await floor.pass(1_300)
    // Saved while the line was up, and the hang-up never came.
    await anna.wrapUp('not-interested')
    const second = await anna.dial()
    await floor.pass(1_300)
    expect(anna.newsTypes(first).at(-1)).toBe('leg-ended')
    expect(floor.pbx.hears(second)).toEqual(new Set([await anna.channel()]))
  })

  it('gives a customer music and twenty seconds when its operator signs out in the call', async () => {
    const anna = await floor.phoned(await floor.realCampaign(['08']))
    await anna.work()
    const leg = await anna.dial()
    await floor.pass(1_300)
    await anna.must('sessions.signOut', {})
    await floor.pass(50)
    expect(floor.pbx.hears(leg)).toEqual(new Set(['music']))
    await floor.pass(20_500)
    const { channels } = await floor.telephony.snapshot()
    expect(channels.map(({ id }) => id)).not.toContain(leg)
  })
})
