import { beforeEach, describe, expect, test } from 'vitest'
import { anOffer } from '../builders/offer.ts'
import { everyFactTwice } from '../fakes/drivers.ts'
import { hangsUp, one, stays, two, operatorAtWork } from './operator-at-work.ts'
import { createWorld } from './world.ts'

describe('an operator on a network that fails', () => {
  const at = operatorAtWork()
  const { work, phase, dialUntil, save, allSent } = at

  describe('when the server goes away during the wrap-up', () => {
    beforeEach(async () => {
      await dialUntil('talking')
      at.world.crm.goAway()
      await at.world.until(() => at.page.shown.connection.server === 'down')
    })

    test('the operator sees it, ends the call, saves, and everything is sent when it is back', async () => {
      expect(at.page.shown.status.connected).toBe(false)
      await at.world.during(at.page.ask.call.hangUp({ attempt: one }))
      await at.world.until(() => phase() === 'wrap-up')
      await save(one, 'key-of-one')
      expect(work()).toBeNull()
      await at.world.until(() => at.page.shown.outbox.waiting === 1)
      at.world.crm.comeBack()
      await at.world.until(() => allSent() && at.page.shown.connection.server === 'up')
      expect(at.world.crm.wrapUps.get(one)).toMatchObject({ note: 'scritto' })
      await at.world.until(() => work()?.attempt === two || at.page.shown.status.view?.state === 'break')
    })

    test('what was saved and not sent is not put back on the desk by a server that does not know it yet', async () => {
      await save(one, 'key-of-one')
      const before = at.page.shown.status.view?.since
      const release = at.world.crm.slowDown('work.wrapUp')
      at.world.crm.comeBack()
      await at.world.until(() => at.page.shown.status.view?.since !== before)
      expect(at.world.crm.wrapUps.size).toBe(0)
      expect(work()).toBeNull()
      release()
      await at.world.until(allSent)
      expect(work()?.attempt).not.toBe(one)
    })
  })

  test('without the server an offered record is not dialled, and the desk says why', async () => {
    at.world.crm.goAway()
    await at.world.until(() => !at.page.shown.status.connected)
    const dial = at.world.during(at.page.ask.call.dial({ attempt: one, phone: stays }))
    await expect(dial).rejects.toMatchObject({ code: 'server-unreachable' })
    await at.world.until(() => at.page.shown.desk.refusal)
    expect(at.page.shown.desk.refusal).toMatchObject({ code: 'server-unreachable' })
    expect(work()).toMatchObject({ call: null, dialing: false })
  })

  test('an answer lost by the network when the call is allowed leads to one call', async () => {
    at.world.crm.loseAnswer('work.start')
    await dialUntil('talking')
    expect(at.world.crm.heardNames().filter((name) => name === 'work.start')).toHaveLength(1)
    expect(await at.world.simulator().snapshot()).toMatchObject([{ leg: one, state: 'answered' }])
  })

  test('an answer lost by the network when the outcome is sent changes nothing', async () => {
    await dialUntil('talking')
    at.world.crm.loseAnswer('work.wrapUp')
    await save(one, 'key-of-one')
    await at.world.until(allSent)
    expect(at.page.shown.outbox.problems).toEqual([])
    expect(at.world.crm.heardNames().filter((name) => name === 'work.wrapUp')).toHaveLength(1)
  })

  test('a call that the server does not allow is not dialled, and its reason stays on the desk', async () => {
    at.world.crm.refuse('work.start', 'call-not-allowed', { reason: 'law-hours', until: 1_800_000_000_000 })
    const dial = at.world.during(at.page.ask.call.dial({ attempt: one, phone: stays }))
    await expect(dial).rejects.toMatchObject({ code: 'call-not-allowed' })
    await at.world.until(() => at.page.shown.desk.refusal)
    expect(at.page.shown.desk.refusal).toMatchObject({ reason: 'law-hours', until: 1_800_000_000_000 })
    expect(await at.world.simulator().snapshot()).toEqual([])
    await dialUntil('ringing')
    expect(at.page.shown.desk.refusal).toBeNull()
  })

  test('an outcome that the server refuses for good is shown, and its wrap-up is on the desk again', async () => {
    await dialUntil('talking')
    at.world.crm.refuse('work.wrapUp', 'answers-invalid')
    await save(one, 'key-of-one', 'incompleto')
    await at.world.until(() => at.page.shown.outbox.problems.length > 0 && work()?.attempt === one)
    expect(at.page.shown.outbox.problems).toMatchObject([
      { code: 'answers-invalid', contact: 'Ciro Esposito', outcome: 'Venduto' },
    ])
    expect(work()).toMatchObject({ draft: { note: 'incompleto' }, buttons: ['outcome'] })
    await save(one, 'key-second', 'completo')
    await at.world.until(() => allSent() && work()?.attempt === two)
    expect(at.page.shown.outbox.problems).toEqual([])
    expect(at.world.crm.wrapUps.get(one)).toMatchObject({ note: 'completo' })
  })

  describe('when the link to the switch breaks', () => {
    test('a call that ended meanwhile is found lost when the link is back', async () => {
      await at.world.end()
      at.world = await createWorld()
      at.world.crm.offer(anOffer('Ciro', hangsUp))
      at.page = await at.world.begin()
      await at.world.until(() => work())
      await at.world.during(at.page.ask.call.dial({ attempt: one, phone: hangsUp }))
      await at.world.until(() => phase() === 'talking')
      at.world.simulator().cut('cable')
      const hangUp = at.world.during(at.page.ask.call.hangUp({ attempt: one }))
      await expect(hangUp).rejects.toMatchObject({ code: 'line-down' })
      at.world.clock.pass(60_000)
      expect(phase()).toBe('talking')
      at.world.simulator().heal()
      await at.world.until(() => phase() === 'wrap-up')
      expect(work()?.call?.end).toBe('lost')
    })

    test('a call that is still there when the link is back goes on', async () => {
      await dialUntil('talking')
      at.world.simulator().cut('cable')
      at.world.clock.pass(1_000)
      at.world.simulator().heal()
      await at.world.during(at.page.ask.call.hold({ attempt: one }))
      await at.world.until(() => work()?.buttons.includes('resume'))
    })

    test('no call leaves, and the readiness check names the line', async () => {
      at.world.simulator().cut('cable')
      const dial = at.world.during(at.page.ask.call.dial({ attempt: one, phone: stays }))
      await expect(dial).rejects.toMatchObject({ code: 'line-down' })
      const ready = at.world.during(at.page.ask.operator.ready())
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
