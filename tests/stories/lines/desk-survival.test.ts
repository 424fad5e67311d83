import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AttemptId } from '../../../shared/std/ids.ts'
import type { PhoneFloor } from '../../support/phone-floor.ts'
import { phoneFloor } from '../../support/phone-floor.ts'
import type { RealDesk } from './real-desks.ts'
import { realDesks } from './real-desks.ts'

let floor: PhoneFloor
let desks: ReturnType<typeof realDesks>
let anna: RealDesk
let attempt: AttemptId
beforeEach(async () => {
  floor = await phoneFloor()
  desks = realDesks(floor)
  anna = await desks.desk(await floor.realCampaign(['08', '08']))
  await anna.begin()
  await anna.dial()
  attempt = anna.attempt()
  await desks.until(() => anna.phase() === 'talking')
})
afterEach(async () => {
  await desks.close()
  await floor.close()
})

const isOnLine = async () =>
  (await floor.telephony.snapshot()).channels.some(({ id }) => id === (attempt as string))
const away = async () => {
  anna.network.cut()
  await desks.until(() => anna.shown.connection.server === 'down')
}
const back = async () => {
  anna.network.heal()
  await desks.until(() => anna.shown.connection.server === 'up')
}
const outside = { kind: 'number', number: '+390612345608' } as const

describe('the server goes away in the middle of a call', () => {
  test('the voice goes on, the desk stays in the call and says why nothing can be asked; then all goes on', async () => {
    await away()
    expect(anna.phase()).toBe('talking')
    expect(floor.pbx.hears(attempt)).toEqual(new Set([await anna.voice()]))
    const hold = desks.during(anna.ask.call.hold({ attempt }))
    await expect(hold).rejects.toMatchObject({ code: 'server-unreachable' })
    expect(anna.work().call?.asked).toBeNull()
    await back()
    await desks.during(anna.ask.call.hold({ attempt }))
    await desks.until(() => anna.work().buttons.includes('resume'))
  })

  test('a call that ended meanwhile is in the wrap-up with the end that the server saw', async () => {
    await away()
    floor.pbx.party.hangsUp(attempt)
    await desks.awhile(1_000)
    expect(anna.phase()).toBe('talking')
    await back()
    await desks.until(() => anna.work().call?.end === 'hung-up-by-them')
    expect(anna.work().call).toMatchObject({
      phase: { name: 'wrap-up' },
      switchCause: expect.stringContaining('cause 16'),
    })
  })

  test('an outcome saved meanwhile is kept, and the customer is let go as soon as it is back', async () => {
    await away()
    await anna.save('not-interested')
    await desks.until(() => anna.shown.desk.stillUp)
    expect(anna.shown).toMatchObject({ desk: { work: null }, outbox: { waiting: 1 } })
    expect(await isOnLine()).toBe(true)
    await back()
    await desks.until(() => anna.shown.outbox.waiting === 0 && anna.shown.desk.stillUp === null)
    expect(await isOnLine()).toBe(false)
    await desks.until(() => anna.shown.desk.work && anna.attempt() !== attempt)
  })

  test('an outcome saved for a customer who had hung up already has the end that the server saw', async () => {
    await away()
    floor.pbx.party.hangsUp(attempt)
    await desks.awhile()
    await anna.save('not-interested')
    await back()
    await desks.until(() => anna.shown.outbox.waiting === 0 && anna.shown.desk.stillUp === null)
    const row = await floor.db
      .selectFrom('attempts')
      .selectAll()
      .where('id', '=', attempt)
      .executeTakeFirstOrThrow()
    expect(row).toMatchObject({ state: 'wrapped-up', end_cause: 'hung-up-by-them' })
  })

  test('also by a client that was started again before it was back', async () => {
    await away()
    await anna.save('not-interested')
    await anna.restartMain()
    anna.network.heal()
    await anna.signIn()
    await desks.until(() => anna.shown.outbox.waiting === 0)
    await desks.awhile()
    expect(await isOnLine()).toBe(false)
    expect(anna.shown.desk.work?.attempt).not.toBe(attempt)
  })
})

test('a stream that breaks and comes back at once changes nothing, with a second party on the line', async () => {
  await desks.during(anna.ask.call.consult({ attempt, to: outside }))
  await desks.until(() => anna.work().call?.consult?.state === 'up')
  const before = anna.work().call
  anna.network.drop()
  await desks.until(() => anna.shown.connection.server === 'down')
  await back()
  await desks.awhile()
  expect(anna.work().call).toEqual(before)
  await desks.during(anna.ask.call.swap({ attempt }))
  await desks.until(() => anna.work().call?.consult?.talkingTo === 'customer')
})

test('what changed while the stream was away is seen when it is back', async () => {
  await desks.during(anna.ask.call.consult({ attempt, to: outside }))
  await desks.until(() => anna.work().call?.consult?.state === 'up')
  const consult = anna.work().call?.consult?.leg
  await away()
  floor.pbx.party.hangsUp(`consult-${consult}`)
  await desks.awhile()
  await back()
  await desks.until(() => anna.work().call?.consult === null)
  expect(anna.phase()).toBe('talking')
})

describe('the client is started again in the middle of a call', () => {
  test('and the call is there again, held and with its words, and can be talked on', async () => {
    await desks.during(anna.ask.call.hold({ attempt }))
    await desks.until(() => anna.work().buttons.includes('resume'))
    const draft = { answers: {}, note: 'a metà', page: null, outcome: null, callbackText: '' }
    await desks.during(anna.ask.call.saveDraft({ attempt, draft }))
    await anna.restartMain()
    expect(anna.shown.desk.work).toBeNull()
    await anna.signIn()
    await desks.until(() => anna.shown.desk.work?.buttons.includes('resume'))
    expect(anna.work()).toMatchObject({
      attempt,
      draft: { note: 'a metà' },
      call: { end: null, phase: { name: 'talking', held: true } },
    })
    await desks.during(anna.ask.call.resume({ attempt }))
    await desks.until(() => anna.work().buttons.includes('hold'))
  })

  test('at another machine, where nothing of it is known: the call is there as the switch has it', async () => {
    await desks.during(anna.ask.call.consult({ attempt, to: outside }))
    await desks.until(() => anna.work().call?.consult?.state === 'up')
    const { peer, startedAt } = anna.work().call!
    await anna.restartMain({ otherMachine: true })
    await anna.signIn()
    await desks.until(() => anna.shown.desk.work?.call?.consult?.state === 'up')
    expect(anna.work()).toMatchObject({
      attempt,
      call: { direction: 'out', peer, phase: { name: 'talking' }, end: null },
    })
    expect(anna.work().call!.startedAt).toBeLessThanOrEqual(startedAt + 1_000)
    await desks.during(anna.ask.call.cancelConsult({ attempt }))
    await desks.until(() => anna.work().call?.consult === null)
  })

  test('and the call ended meanwhile: the wrap-up has the end that the server saw', async () => {
    await anna.restartMain()
    floor.pbx.party.hangsUp(attempt)
    await desks.awhile()
    await anna.signIn()
    await desks.until(() => anna.shown.desk.work?.call?.end === 'hung-up-by-them')
    expect(anna.phase()).toBe('wrap-up')
  })
})

test('a page that is loaded again finds the call, the microphone as it was, and its customer', async () => {
  await desks.during(anna.ask.call.mute({ attempt }))
  await desks.until(() => anna.work().buttons.includes('unmute'))
  await anna.reloadPage()
  expect(anna.work().call).toMatchObject({ phase: { name: 'talking', muted: true } })
  await desks.until(() => anna.page.state.current().muted)
  await desks.until(() => anna.shown.status.view?.phone.state === 'up')
  expect(floor.pbx.hears(attempt)).toEqual(new Set([await anna.voice()]))
})

describe('the link of the server to the switch breaks', () => {
  test('the call goes on, commands are refused with line-down, and the link heals', async () => {
    floor.pbx.cut()
    await desks.awhile()
    expect(anna.phase()).toBe('talking')
    const hold = desks.during(anna.ask.call.hold({ attempt }))
    await expect(hold).rejects.toMatchObject({ code: 'line-down' })
    floor.pbx.heal()
    await desks.awhile()
    await desks.during(anna.ask.call.hold({ attempt }))
    await desks.until(() => anna.work().buttons.includes('resume'))
  })

  test('a call that ended meanwhile is found lost', async () => {
    floor.pbx.cut()
    floor.pbx.party.hangsUp(attempt)
    await desks.awhile()
    floor.pbx.heal()
    await desks.until(() => anna.phase() === 'wrap-up')
    expect(anna.work().call?.end).toBe('lost')
  })
})

test('the server is killed in the middle of a call and another one takes over: the desk talks on', async () => {
  anna.network.cut()
  await floor.restartServer()
  anna.network.leadTo(await floor.listen())
  await desks.until(() => anna.shown.connection.server === 'down')
  expect(anna.phase()).toBe('talking')
  await back()
  await desks.awhile()
  expect(anna.work().call).toMatchObject({ end: null, phase: { name: 'talking' } })
  await desks.during(anna.ask.call.hangUp({ attempt }))
  await desks.until(() => anna.phase() === 'wrap-up')
  expect(anna.work().call?.end).toBe('hung-up-by-us')
})
