import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Draft } from '../../shared/contract/call.ts'
import type { AttemptId, OutcomeCode } from '../../shared/std/ids.ts'
import { anOffer } from '../builders/offer.ts'
import { everyFactTwice } from '../fakes/drivers.ts'
import type { Page, World } from './world.ts'
import { createWorld } from './world.ts'

const [one, two] = ['attempt-Ciro', 'attempt-Nunzia'] as AttemptId[] as [AttemptId, AttemptId]
const stays = '+390815520008'
const hangsUp = '+390815520004'
const [sold, callback] = ['sold', 'callback'] as OutcomeCode[] as [OutcomeCode, OutcomeCode]
const draft = (note: string): Draft => ({
  answers: { interest: 'yes' },
  note,
  page: 'offer',
  outcome: null,
  callbackText: '',
})

describe('an operator with records to call', () => {
  let world: World
  let page: Page

  const work = () => page.shown.desk.work
  const phase = () => work()?.call?.phase.name
  const dialUntil = async (name: 'ringing' | 'talking' | 'wrap-up') => {
    await world.during(page.ask.call.dial({ attempt: one, phone: stays }))
    await world.until(() => phase() === name)
  }
  const save = (attempt: AttemptId, key: string, note = 'scritto') =>
    world.during(page.ask.call.wrapUp({ attempt, key, outcome: sold, callbackAt: null, draft: draft(note) }))
  const allSent = () => page.shown.outbox.waiting === 0

  beforeEach(async () => {
    world = await createWorld()
    world.crm.offer(anOffer('Ciro', stays), anOffer('Nunzia', stays))
    page = await world.begin()
    await world.until(() => work()?.attempt === one)
  })
  afterEach(() => world.end())

  test('a preview call goes from the offer to the saved outcome, and the next record comes', async () => {
    expect(work()).toMatchObject({ call: null, buttons: [], dialing: false })
    await dialUntil('talking')
    await world.until(() => work()?.call?.caption, 100)
    expect(work()?.buttons).toEqual(['hang-up', 'mute', 'hold', 'dtmf', 'outcome'])
    await world.during(page.ask.call.hangUp({ attempt: one }))
    await world.until(() => phase() === 'wrap-up')
    expect(work()?.call).toMatchObject({ end: 'hung-up-by-us', switchCause: '16' })

    const before = world.clock.now()
    const { savedAt } = await save(one, 'key-of-one')
    expect(savedAt).toBeGreaterThanOrEqual(before)
    expect(page.shown.desk.undo).toMatchObject({ attempt: one, contact: 'Ciro Esposito' })
    await world.until(() => work()?.attempt === two && allSent())
    expect(world.crm.wrapUps.get(one)).toMatchObject({
      outcome: 'sold',
      note: 'scritto',
      answers: { interest: 'yes' },
      savedAt,
      call: { phone: stays, end: 'hung-up-by-us', switchCause: '16' },
    })
    expect(world.crm.heardNames().filter((name) => name === 'work.progress')).toHaveLength(2)
  })

  test('one key hangs up and saves', async () => {
    await dialUntil('talking')
    await save(one, 'key-of-one')
    await world.until(allSent)
    expect(world.crm.wrapUps.get(one)?.call).toMatchObject({ end: 'hung-up-by-us' })
    await world.until(() => work()?.attempt === two)
    world.clock.pass(1_000)
    expect(await world.simulator().snapshot()).toEqual([])
  })

  test('saved twice under one key is saved once, with the same answer', async () => {
    await dialUntil('talking')
    const first = await save(one, 'key-of-one')
    const again = await save(one, 'key-of-one', 'anders')
    expect(again).toEqual(first)
    await world.until(allSent)
    expect(world.crm.heardNames().filter((name) => name === 'work.wrapUp')).toHaveLength(1)
    await expect(save(two, 'key-of-one')).rejects.toMatchObject({ code: 'conflict' })
  })

  test('an outcome of another campaign, and a callback without its time, are refused and nothing is lost', async () => {
    await dialUntil('talking')
    const wrapUp = { attempt: one, key: 'key-of-one', callbackAt: null, draft: draft('x') }
    const foreign = page.ask.call.wrapUp({ ...wrapUp, outcome: 'foreign' as OutcomeCode })
    await expect(world.during(foreign)).rejects.toMatchObject({ code: 'invalid-input' })
    const timeless = page.ask.call.wrapUp({ ...wrapUp, outcome: callback })
    await expect(world.during(timeless)).rejects.toMatchObject({ code: 'invalid-input' })
    const timed = page.ask.call.wrapUp({ ...wrapUp, outcome: sold, callbackAt: world.clock.now() })
    await expect(world.during(timed)).rejects.toMatchObject({ code: 'invalid-input' })
    expect(phase()).toBe('talking')
    expect(page.shown.outbox.waiting).toBe(0)
  })

  describe('when the server goes away during the wrap-up', () => {
    beforeEach(async () => {
      await dialUntil('talking')
      world.crm.goAway()
      await world.until(() => page.shown.connection.server === 'down')
    })

    test('the operator sees it, ends the call, saves, and everything is sent when it is back', async () => {
      expect(page.shown.status.connected).toBe(false)
      await world.during(page.ask.call.hangUp({ attempt: one }))
      await world.until(() => phase() === 'wrap-up')
      await save(one, 'key-of-one')
      expect(work()).toBeNull()
      await world.until(() => page.shown.outbox.waiting === 1)
      world.crm.comeBack()
      await world.until(() => allSent() && page.shown.connection.server === 'up')
      expect(world.crm.wrapUps.get(one)).toMatchObject({ note: 'scritto' })
      await world.until(() => work()?.attempt === two || page.shown.status.view?.state === 'break')
    })

    test('what was saved and not sent is not put back on the desk by a server that does not know it yet', async () => {
      await save(one, 'key-of-one')
      const before = page.shown.status.view?.since
      const release = world.crm.slowDown('work.wrapUp')
      world.crm.comeBack()
      await world.until(() => page.shown.status.view?.since !== before)
      expect(world.crm.wrapUps.size).toBe(0)
      expect(work()).toBeNull()
      release()
      await world.until(allSent)
      expect(work()?.attempt).not.toBe(one)
    })
  })

  test('without the server an offered record is not dialled, and the desk says why', async () => {
    world.crm.goAway()
    await world.until(() => !page.shown.status.connected)
    const dial = world.during(page.ask.call.dial({ attempt: one, phone: stays }))
    await expect(dial).rejects.toMatchObject({ code: 'server-unreachable' })
    await world.until(() => page.shown.desk.refusal)
    expect(page.shown.desk.refusal).toMatchObject({ code: 'server-unreachable' })
    expect(work()).toMatchObject({ call: null, dialing: false })
  })

  test('a page that is loaded again in the middle of a call shows the call as it is', async () => {
    await dialUntil('talking')
    await world.during(page.ask.call.hold({ attempt: one }))
    await world.until(() => work()?.buttons.includes('resume'))
    await world.during(page.ask.call.saveDraft({ attempt: one, draft: draft('a metà') }))
    page.close()
    page = await world.openPage()
    expect(work()).toMatchObject({
      attempt: one,
      draft: { note: 'a metà', page: 'offer' },
      call: { phase: { name: 'talking', held: true } },
    })
    expect(page.shown.session).toMatchObject({ status: 'signed-in' })
    await world.during(page.ask.call.resume({ attempt: one }))
    await world.until(() => work()?.buttons.includes('hold'))
  })

  test('two windows show the same, and what one does the other sees', async () => {
    const other = await world.openPage()
    expect(other.shown.desk).toEqual(page.shown.desk)
    await dialUntil('talking')
    await world.until(() => other.shown.desk.work?.call?.phase.name === 'talking')
    await world.during(other.ask.call.hangUp({ attempt: one }))
    await world.until(() => phase() === 'wrap-up')
  })

  test('a client that is started again in the middle of a call has the wrap-up with every word', async () => {
    await dialUntil('talking')
    await world.during(page.ask.call.saveDraft({ attempt: one, draft: draft('prima dell’interruzione') }))
    await world.restart()
    page = await world.openPage()
    expect(page.shown.desk.work).toBeNull()
    expect(page.shown.session.status).toBe('signed-out')
    await world.during(page.ask.session.signIn({ username: 'anna', password: 'password of anna' }))
    await world.until(() => work())
    expect(work()).toMatchObject({
      attempt: one,
      buttons: ['outcome'],
      call: { phase: { name: 'wrap-up' }, end: 'lost' },
      draft: { note: 'prima dell’interruzione', answers: { interest: 'yes' } },
    })
    await save(one, 'key-of-one')
    await world.until(allSent)
    expect(world.crm.wrapUps.get(one)?.call.end).toBe('lost')
  })

  test('a colleague who signs in at the restarted client sees nothing of it, and it waits for its owner', async () => {
    await dialUntil('talking')
    await world.restart()
    page = await world.openPage()
    await world.during(page.ask.session.signIn({ username: 'bruno', password: 'password of bruno' }))
    await world.until(() => page.shown.status.view)
    expect(work()).toBeNull()
    await world.during(page.ask.session.signOut())
    await world.during(page.ask.session.signIn({ username: 'anna', password: 'password of anna' }))
    await world.until(() => work()?.attempt === one)
    expect(phase()).toBe('wrap-up')
  })

  test('what was typed before the call is there after a restart', async () => {
    await world.during(page.ask.call.saveDraft({ attempt: one, draft: draft('solo anteprima') }))
    await world.restart()
    page = await world.openPage()
    await world.during(page.ask.session.signIn({ username: 'anna', password: 'password of anna' }))
    await world.until(() => work())
    expect(work()).toMatchObject({ attempt: one, call: null, draft: { note: 'solo anteprima' } })
  })

  test('a call begun on another machine comes to the desk as a wrap-up whose end is not known', async () => {
    await dialUntil('talking')
    await world.restart({ otherMachine: true })
    page = await world.openPage()
    await world.during(page.ask.session.signIn({ username: 'anna', password: 'password of anna' }))
    await world.until(() => work())
    expect(work()).toMatchObject({
      attempt: one,
      call: { peer: stays, phase: { name: 'wrap-up' }, end: 'lost' },
      draft: { note: '' },
    })
    await save(one, 'key-of-one', 'da un’altra postazione')
    await world.until(allSent)
    expect(world.crm.wrapUps.get(one)).toMatchObject({ note: 'da un’altra postazione' })
  })

  describe('undo', () => {
    beforeEach(async () => {
      await dialUntil('talking')
      await save(one, 'key-of-one', 'troppo presto')
    })

    test('within five seconds the wrap-up is open again, with its text, and can be saved otherwise', async () => {
      await world.until(() => work()?.attempt === two && allSent())
      await world.during(page.ask.call.undo({ attempt: one }))
      await world.until(() => work()?.attempt === one)
      expect(work()).toMatchObject({ draft: { note: 'troppo presto' }, call: { phase: { name: 'wrap-up' } } })
      expect(page.shown.desk.undo).toBeNull()
      await save(one, 'key-second', 'adesso giusto')
      await world.until(() => allSent() && work()?.attempt === two)
      expect(world.crm.wrapUps.get(one)).toMatchObject({ note: 'adesso giusto' })
      expect(world.crm.heardNames().filter((name) => /wrapUp|undo/.test(name))).toEqual([
        'work.wrapUp',
        'work.undo',
        'work.wrapUp',
      ])
    })

    test('after five seconds it is too late', async () => {
      world.clock.pass(5_000)
      await world.until(() => page.shown.desk.undo === null)
      const late = world.during(page.ask.call.undo({ attempt: one }))
      await expect(late).rejects.toMatchObject({ code: 'not-in-this-state' })
    })

    test('once the next call has left it is too late', async () => {
      await world.until(() => work()?.attempt === two)
      await world.during(page.ask.call.dial({ attempt: two, phone: stays }))
      const late = world.during(page.ask.call.undo({ attempt: one }))
      await expect(late).rejects.toMatchObject({ code: 'not-in-this-state' })
      expect(page.shown.desk.undo).toBeNull()
    })

    test('asked twice it is done once', async () => {
      await world.during(page.ask.call.undo({ attempt: one }))
      await world.during(page.ask.call.undo({ attempt: one }))
      await world.until(allSent)
      expect(world.crm.heardNames().filter((name) => name === 'work.undo')).toHaveLength(1)
    })
  })

  test('a break wanted during a call comes after the wrap-up', async () => {
    await dialUntil('talking')
    await world.during(page.ask.operator.takeBreak({ reason: 'coffee' }))
    await world.until(() => page.shown.status.view?.wanted === 'coffee')
    expect(phase()).toBe('talking')
    await save(one, 'key-of-one')
    await world.until(() => page.shown.status.view?.state === 'break')
    expect(page.shown.status.view).toMatchObject({ breakReason: 'coffee', wanted: null })
    expect(work()).toBeNull()
  })

  test('an answer lost by the network when the call is allowed leads to one call', async () => {
    world.crm.loseAnswer('work.start')
    await dialUntil('talking')
    expect(world.crm.heardNames().filter((name) => name === 'work.start')).toHaveLength(1)
    expect(await world.simulator().snapshot()).toMatchObject([{ leg: one, state: 'answered' }])
  })

  test('an answer lost by the network when the outcome is sent changes nothing', async () => {
    await dialUntil('talking')
    world.crm.loseAnswer('work.wrapUp')
    await save(one, 'key-of-one')
    await world.until(allSent)
    expect(page.shown.outbox.problems).toEqual([])
    expect(world.crm.heardNames().filter((name) => name === 'work.wrapUp')).toHaveLength(1)
  })

  test('a call that the server does not allow is not dialled, and its reason stays on the desk', async () => {
    world.crm.refuse('work.start', 'call-not-allowed', { reason: 'law-hours', until: 1_800_000_000_000 })
    const dial = world.during(page.ask.call.dial({ attempt: one, phone: stays }))
    await expect(dial).rejects.toMatchObject({ code: 'call-not-allowed' })
    await world.until(() => page.shown.desk.refusal)
    expect(page.shown.desk.refusal).toMatchObject({ reason: 'law-hours', until: 1_800_000_000_000 })
    expect(await world.simulator().snapshot()).toEqual([])
    await dialUntil('ringing')
    expect(page.shown.desk.refusal).toBeNull()
  })

  test('an outcome that the server refuses for good is shown, and its wrap-up is on the desk again', async () => {
    await dialUntil('talking')
    world.crm.refuse('work.wrapUp', 'answers-invalid')
    await save(one, 'key-of-one', 'incompleto')
    await world.until(() => page.shown.outbox.problems.length > 0 && work()?.attempt === one)
    expect(page.shown.outbox.problems).toMatchObject([
      { code: 'answers-invalid', contact: 'Ciro Esposito', outcome: 'Venduto' },
    ])
    expect(work()).toMatchObject({ draft: { note: 'incompleto' }, buttons: ['outcome'] })
    await save(one, 'key-second', 'completo')
    await world.until(() => allSent() && work()?.attempt === two)
    expect(page.shown.outbox.problems).toEqual([])
    expect(world.crm.wrapUps.get(one)).toMatchObject({ note: 'completo' })
  })

  test('a record given back is replaced by the next', async () => {
    await world.during(page.ask.call.skip({ attempt: one, reason: 'known-person' }))
    await world.until(() => work()?.attempt === two)
  })

  test('a record that the server takes back leaves the desk while no call was made', async () => {
    world.crm.withdraw('anna')
    await world.until(() => work()?.attempt === two)
  })

  test('with a call open nobody signs out', async () => {
    await dialUntil('talking')
    const out = world.during(page.ask.session.signOut())
    await expect(out).rejects.toMatchObject({ code: 'conflict' })
  })

  test('a session ended by the server in the middle of a call keeps the call for when its owner is back', async () => {
    await dialUntil('talking')
    world.crm.revoke('anna')
    await world.until(() => page.shown.session.status === 'signed-out')
    expect(work()).toBeNull()
    await world.during(page.ask.session.signIn({ username: 'anna', password: 'password of anna' }))
    await world.until(() => work()?.attempt === one)
    expect(phase()).toBe('talking')
  })

  describe('when the link to the switch breaks', () => {
    test('a call that ended meanwhile is found lost when the link is back', async () => {
      await world.end()
      world = await createWorld()
      world.crm.offer(anOffer('Ciro', hangsUp))
      page = await world.begin()
      await world.until(() => work())
      await world.during(page.ask.call.dial({ attempt: one, phone: hangsUp }))
      await world.until(() => phase() === 'talking')
      world.simulator().cut('cable')
      const hangUp = world.during(page.ask.call.hangUp({ attempt: one }))
      await expect(hangUp).rejects.toMatchObject({ code: 'line-down' })
      world.clock.pass(60_000)
      expect(phase()).toBe('talking')
      world.simulator().heal()
      await world.until(() => phase() === 'wrap-up')
      expect(work()?.call?.end).toBe('lost')
    })

    test('a call that is still there when the link is back goes on', async () => {
      await dialUntil('talking')
      world.simulator().cut('cable')
      world.clock.pass(1_000)
      world.simulator().heal()
      await world.during(page.ask.call.hold({ attempt: one }))
      await world.until(() => work()?.buttons.includes('resume'))
    })

    test('no call leaves, and the readiness check names the line', async () => {
      world.simulator().cut('cable')
      const dial = world.during(page.ask.call.dial({ attempt: one, phone: stays }))
      await expect(dial).rejects.toMatchObject({ code: 'line-down' })
      const ready = world.during(page.ask.operator.ready())
      await expect(ready).rejects.toMatchObject({ code: 'not-in-this-state', details: { check: 'line' } })
    })
  })
})

test('a switch that tells everything twice makes no difference', async () => {
  const world = await createWorld({ driver: everyFactTwice })
  world.crm.offer(anOffer('Ciro', hangsUp))
  const page = await world.begin()
  const phases: (string | undefined)[] = []
  page.ask.call.desk(({ work }) => {
    const name = work?.call?.phase.name
    if (name !== phases.at(-1)) phases.push(name)
  })
  await world.until(() => page.shown.desk.work)
  await world.during(page.ask.call.dial({ attempt: one, phone: hangsUp }))
  await world.until(() => page.shown.desk.work?.call?.phase.name === 'wrap-up', 100)
  expect(phases).toEqual(['ringing', 'talking', 'wrap-up'])
  await world.until(() => world.crm.heardNames().filter((name) => name === 'work.progress').length === 2)
  const [line] = (await world.during(page.ask.diagnostics.run())).filter(({ id }) => id === 'line')
  expect(line?.values['ignored']).toBeGreaterThan(0)
  await world.end()
})
