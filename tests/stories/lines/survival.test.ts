import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PhoneFloor } from '../../support/phone-floor.ts'
import { phoneFloor } from '../../support/phone-floor.ts'
import { AppError } from '../../../shared/std/errors.ts'

let floor: PhoneFloor
beforeEach(async () => {
  floor = await phoneFloor()
})
afterEach(() => floor.close())

const hears = (channel: string) => [...floor.pbx.hears(channel)]

describe('the link to the switch', () => {
  it('that breaks stops the dialling, and says so; the call that is up goes on and is found again', async () => {
    const campaign = await floor.realCampaign(['08', '08'])
    const anna = await floor.phoned(campaign)
    const luca = await floor.phoned(campaign)
    await anna.work()
    const leg = await anna.dial()
    await floor.pass(1_300)
    await luca.work()
    floor.pbx.cut()
    await floor.pass(50)
    expect(anna.news().at(-1)).toMatchObject({ type: 'link-down' })
    expect(anna.view().phone).toMatchObject({ state: 'up', problem: 'switch-away' })
    const refused = { status: 503, body: { code: 'line-down' } }
    expect(await anna.tryAsk(leg, { do: 'hold' })).toMatchObject(refused)
    await luca.start()
    const dial = { do: 'dial', to: luca.offer().contact.phones[0]?.e164 }
    expect(await luca.tryAsk(luca.offer().attempt, dial)).toMatchObject(refused)
    floor.pbx.heal()
    await floor.pass(100)
    expect(hears(leg)).toEqual([await anna.channel()])
    const whole = anna.told.findLast(({ type }) => type === 'legs')
    expect(whole).toMatchObject({ snapshot: { link: 'up', legs: [{ leg, state: 'answered' }] } })
    expect(anna.view()).toMatchObject({ state: 'talking', phone: { problem: null } })
    await luca.ask(luca.offer().attempt, dial)
    await floor.pass(1_300)
    expect(luca.view().state).toBe('talking')
  })

  it('that comes back to a switch which leaves a question unanswered has all of them asked again', async () => {
    const anna = await floor.phoned(await floor.realCampaign(['08']))
    await anna.work()
    const leg = await anna.dial()
    await floor.pass(1_300)
    floor.pbx.cut()
    await floor.pass(50)
    const { snapshot } = floor.telephony
    let left = 1
    floor.telephony.snapshot = async () => {
      if (left-- > 0) throw new AppError('deadline-passed', 'the switch did not answer')
      return snapshot()
    }
    floor.pbx.heal()
    await floor.pass(500)
    expect(anna.news().at(-1)).toMatchObject({ type: 'link-down' })
    await floor.pass(1_000)
    expect(anna.news().at(-1)).toMatchObject({ type: 'link-up' })
    expect(anna.view()).toMatchObject({ state: 'talking', phone: { state: 'up', problem: null } })
    expect(hears(leg)).toEqual([await anna.channel()])
  })

  it('that took a call so slowly that it was given up meanwhile has it hung up when it is made', async () => {
    const anna = await floor.phoned(await floor.realCampaign(['02']))
    await anna.work()
    const leg = await anna.dial()
    await anna.ask(leg, { do: 'hang-up' })
    await floor.pass(100)
    expect(anna.view().state).toBe('wrap-up')
    const told: string[] = []
    const forget = floor.telephony.events((event) => {
      if ('channel' in event && event.channel === leg) told.push(event.type)
    })
    const to = { kind: 'trunk', number: '+390612345602', callerId: '' } as const
    await floor.telephony.createChannel({ id: leg, to, timeoutMs: 20_000 })
    await floor.pass(50)
    forget()
    expect(told).toEqual(['channel-created', 'ended'])
  })

  it('that was away while the customer hung up ends the call as lost, in the wrap-up', async () => {
    const anna = await floor.phoned(await floor.realCampaign(['08']))
    await anna.work()
    const leg = await anna.dial()
    await floor.pass(1_300)
    floor.pbx.cut()
    floor.pbx.party.hangsUp(leg)
    await floor.pass(20_000)
    expect(anna.view().state).toBe('talking')
    floor.pbx.heal()
    await floor.pass(100)
    expect(anna.newsTypes(leg).at(-1)).toBe('leg-ended')
    expect(anna.view().state).toBe('wrap-up')
  })
})

describe('a switch that restarts', () => {
  it('has operators ready again by themselves, interrupted calls closed, and nothing dialled twice', async () => {
    const campaign = await floor.realCampaign(['08', '08', '08'])
    const anna = await floor.phoned(campaign)
    const account = await anna.openPhone()
    await anna.ready()
    await floor.pass(200)
    const leg = await anna.dial()
    await floor.pass(1_300)
    const luca = await floor.phoned(await floor.realCampaign([]))
    const other = await luca.openPhone()
    await luca.ready()
    await floor.pass(200)
    expect(luca.view().state).toBe('ready')
    if (account.kind !== 'web' || other.kind !== 'web') throw new Error('these are pages')

    floor.pbx.restart()
    await floor.pass(1_000)
    floor.pbx.heal()
    await floor.pass(100)
    expect(anna.news().filter((news) => news.type === 'leg-ended')).toMatchObject([{ leg, end: 'lost' }])
    expect(luca.view()).toMatchObject({ state: 'break', breakReason: 'technical' })
    // Made again with the same password: the page only registers.
    expect(floor.pbx.phone.registers(account.username, account.password)).toBe(true)
    expect(floor.pbx.phone.registers(other.username, other.password)).toBe(true)
    await floor.pass(300)
    expect(luca.view()).toMatchObject({ state: 'ready', phone: { state: 'up' } })
    expect(anna.view()).toMatchObject({ state: 'wrap-up', phone: { state: 'up' } })
    await anna.wrapUp('no-answer')
    expect(anna.view().state).toBe('reserved')
    expect((await floor.telephony.snapshot()).channels.map(({ id }) => id)).not.toContain(leg)
  })
})

describe('a server that dies and starts again', () => {
  it('adopts the call that is up: it can be held, hung up and wrapped up', async () => {
    const anna = await floor.phoned(await floor.realCampaign(['08']))
    await anna.work()
    const leg = await anna.dial()
    await floor.pass(1_300)
    const channel = await anna.channel()
    await floor.restartServer()
    await anna.reconnect()
    await floor.pass(100)
    expect((await anna.legs()).legs).toMatchObject([{ leg, state: 'answered' }])
    expect(hears(leg)).toEqual([channel])
    expect(anna.view()).toMatchObject({ state: 'talking', phone: { state: 'up' } })
    await anna.ask(leg, { do: 'hold' })
    expect(hears(leg)).toEqual(['music'])
    await anna.ask(leg, { do: 'hang-up' })
    await floor.pass(50)
    await anna.wrapUp('not-interested')
    expect(await floor.db.selectFrom('live_leg').selectAll().execute()).toEqual([])
  })

  it('ends what is gone meanwhile, and frees who waited for a call that it was dialling', async () => {
    const anna = await floor.phoned(await floor.realCampaign(['08']))
    const luca = await floor.phoned(await floor.realCampaign(['02', '08'], { workMode: 'progressive' }))
    await anna.work()
    const leg = await anna.dial()
    await floor.pass(1_300)
    await luca.work()
    const [dialled] = await floor.db
      .selectFrom('live_leg')
      .selectAll()
      .where('user_id', '=', luca.user.id)
      .execute()
    await floor.restartServer(() => {
      floor.pbx.party.hangsUp(leg)
      floor.pbx.party.hangsUp(dialled?.channel ?? '')
    })
    await anna.reconnect()
    await luca.reconnect()
    await floor.pass(100)
    expect(anna.view().state).toBe('wrap-up')
    const attempt = await floor.db
      .selectFrom('attempts')
      .selectAll()
      .where('id', '=', dialled?.attempt_id ?? ('' as never))
      .executeTakeFirstOrThrow()
    expect(attempt).toMatchObject({ state: 'failed', end_cause: 'lost' })
    expect(luca.view().work).toBeNull()
  })

  it('goes on with a call that was ringing, and dials nothing twice', async () => {
    const anna = await floor.phoned(await floor.realCampaign(['08'], { workMode: 'progressive' }))
    await anna.work()
    await floor.pass(300)
    await floor.restartServer()
    await anna.reconnect()
    await floor.pass(1_300)
    expect(anna.view()).toMatchObject({ state: 'talking', work: { stage: 'started' } })
    const { channels } = await floor.telephony.snapshot()
    expect(channels).toHaveLength(2)
  })

  it('hangs up what is nobody’s', async () => {
    const { telephony } = floor
    await telephony.createChannel({
      id: 'consult-forgotten',
      to: { kind: 'trunk', number: '+390612345608', callerId: '' },
      timeoutMs: 20_000,
    })
    await telephony.dial('consult-forgotten')
    await floor.pass(1_300)
    await floor.restartServer()
    await floor.pass(100)
    expect((await telephony.snapshot()).channels).toEqual([])
  })
})
