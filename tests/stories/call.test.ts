import { beforeEach, describe, expect, test } from 'vitest'
import type { OutcomeCode } from '../../shared/std/ids.ts'
import { callback, draft, one, sold, stays, two, operatorAtWork } from './operator-at-work.ts'

describe('an operator with records to call', () => {
  const at = operatorAtWork()
  const { work, phase, dialUntil, save, allSent, signIn } = at

  test('a preview call goes from the offer to the saved outcome, and the next record comes', async () => {
    expect(work()).toMatchObject({ call: null, buttons: [], dialing: false })
    await dialUntil('talking')
    await at.world.until(() => work()?.call?.caption, 100)
    expect(work()?.buttons).toEqual(['hang-up', 'mute', 'hold', 'dtmf', 'outcome'])
    await at.world.during(at.page.ask.call.hangUp({ attempt: one }))
    await at.world.until(() => phase() === 'wrap-up')
    expect(work()?.call).toMatchObject({ end: 'hung-up-by-us', switchCause: '16' })

    const before = at.world.clock.now()
    const { savedAt } = await save(one, 'key-of-one')
    expect(savedAt).toBeGreaterThanOrEqual(before)
    expect(at.page.shown.desk.undo).toMatchObject({ attempt: one, contact: 'Ciro Esposito' })
    await at.world.until(() => work()?.attempt === two && allSent())
    expect(at.world.crm.wrapUps.get(one)).toMatchObject({
      outcome: 'sold',
      note: 'scritto',
      answers: { interest: 'yes' },
      savedAt,
      call: { phone: stays, end: 'hung-up-by-us', switchCause: '16' },
    })
    expect(at.world.crm.heardNames().filter((name) => name === 'work.progress')).toHaveLength(2)
  })

  test('one key hangs up and saves', async () => {
    await dialUntil('talking')
    await save(one, 'key-of-one')
    await at.world.until(allSent)
    expect(at.world.crm.wrapUps.get(one)?.call).toMatchObject({ end: 'hung-up-by-us' })
    await at.world.until(() => work()?.attempt === two)
    at.world.clock.pass(1_000)
    expect(await at.world.simulator().snapshot()).toEqual([])
  })

  test('saved twice under one key is saved once, with the same answer', async () => {
    await dialUntil('talking')
    const first = await save(one, 'key-of-one')
    const again = await save(one, 'key-of-one', 'anders')
    expect(again).toEqual(first)
    await at.world.until(allSent)
    expect(at.world.crm.heardNames().filter((name) => name === 'work.wrapUp')).toHaveLength(1)
    await expect(save(two, 'key-of-one')).rejects.toMatchObject({ code: 'conflict' })
  })

  test('an outcome of another campaign, and a callback without its time, are refused and nothing is lost', async () => {
    await dialUntil('talking')
    const wrapUp = { attempt: one, key: 'key-of-one', callbackAt: null, draft: draft('x') }
    const foreign = at.page.ask.call.wrapUp({ ...wrapUp, outcome: 'foreign' as OutcomeCode })
    await expect(at.world.during(foreign)).rejects.toMatchObject({ code: 'invalid-input' })
    const timeless = at.page.ask.call.wrapUp({ ...wrapUp, outcome: callback })
    await expect(at.world.during(timeless)).rejects.toMatchObject({ code: 'invalid-input' })
    const timed = at.page.ask.call.wrapUp({ ...wrapUp, outcome: sold, callbackAt: at.world.clock.now() })
    await expect(at.world.during(timed)).rejects.toMatchObject({ code: 'invalid-input' })
    expect(phase()).toBe('talking')
    expect(at.page.shown.outbox.waiting).toBe(0)
  })

  test('a break wanted during a call comes after the wrap-up', async () => {
    await dialUntil('talking')
    await at.world.during(at.page.ask.operator.takeBreak({ reason: 'coffee' }))
    await at.world.until(() => at.page.shown.status.view?.wanted === 'coffee')
    expect(phase()).toBe('talking')
    await save(one, 'key-of-one')
    await at.world.until(() => at.page.shown.status.view?.state === 'break')
    expect(at.page.shown.status.view).toMatchObject({ breakReason: 'coffee', wanted: null })
    expect(work()).toBeNull()
  })

  test('a record given back is replaced by the next', async () => {
    await at.world.during(at.page.ask.call.skip({ attempt: one, reason: 'known-person' }))
    await at.world.until(() => work()?.attempt === two)
  })

  test('a record that the server takes back leaves the desk while no call was made', async () => {
    at.world.crm.withdraw('anna')
    await at.world.until(() => work()?.attempt === two)
  })

  test('with a call open nobody signs out', async () => {
    await dialUntil('talking')
    const out = at.world.during(at.page.ask.session.signOut())
    await expect(out).rejects.toMatchObject({ code: 'conflict' })
  })

  test('a session ended by the server in the middle of a call keeps the call for when its owner is back', async () => {
    await dialUntil('talking')
    at.world.crm.revoke('anna')
    await at.world.until(() => at.page.shown.session.status === 'signed-out')
    expect(work()).toBeNull()
    await signIn('anna')
    await at.world.until(() => work()?.attempt === one)
    expect(phase()).toBe('talking')
  })

  describe('undo', () => {
    beforeEach(async () => {
      await dialUntil('talking')
      await save(one, 'key-of-one', 'troppo presto')
    })

    test('within five seconds the wrap-up is open again, with its text, and can be saved otherwise', async () => {
      await at.world.until(() => work()?.attempt === two && allSent())
      await at.world.during(at.page.ask.call.undo({ attempt: one }))
      await at.world.until(() => work()?.attempt === one)
      expect(work()).toMatchObject({ draft: { note: 'troppo presto' }, call: { phase: { name: 'wrap-up' } } })
      expect(at.page.shown.desk.undo).toBeNull()
      await save(one, 'key-second', 'adesso giusto')
      await at.world.until(() => allSent() && work()?.attempt === two)
      expect(at.world.crm.wrapUps.get(one)).toMatchObject({ note: 'adesso giusto' })
      expect(at.world.crm.heardNames().filter((name) => /wrapUp|undo/.test(name))).toEqual([
        'work.wrapUp',
        'work.undo',
        'work.wrapUp',
      ])
    })

    test('after five seconds it is too late', async () => {
      at.world.clock.pass(5_000)
      await at.world.until(() => at.page.shown.desk.undo === null)
      const late = at.world.during(at.page.ask.call.undo({ attempt: one }))
      await expect(late).rejects.toMatchObject({ code: 'not-in-this-state' })
    })

    test('once the next call has left it is too late', async () => {
      await at.world.until(() => work()?.attempt === two)
      await at.world.during(at.page.ask.call.dial({ attempt: two, phone: stays }))
      const late = at.world.during(at.page.ask.call.undo({ attempt: one }))
      await expect(late).rejects.toMatchObject({ code: 'not-in-this-state' })
      expect(at.page.shown.desk.undo).toBeNull()
    })

    test('asked twice it is done once', async () => {
      await at.world.during(at.page.ask.call.undo({ attempt: one }))
      await at.world.during(at.page.ask.call.undo({ attempt: one }))
      await at.world.until(allSent)
      expect(at.world.crm.heardNames().filter((name) => name === 'work.undo')).toHaveLength(1)
    })
  })
})
