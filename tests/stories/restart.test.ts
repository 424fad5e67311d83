import { describe, expect, test } from 'vitest'
import { draft, one, stays, operatorAtWork } from './operator-at-work.ts'

describe('an operator whose page or client is started again', () => {
  const at = operatorAtWork()
  const { work, phase, dialUntil, save, allSent, signIn } = at

  test('a page that is loaded again in the middle of a call shows the call as it is', async () => {
    await dialUntil('talking')
    await at.world.during(at.page.ask.call.hold({ attempt: one }))
    await at.world.until(() => work()?.buttons.includes('resume'))
    await at.world.during(at.page.ask.call.saveDraft({ attempt: one, draft: draft('a metà') }))
    at.page.close()
    at.page = await at.world.openPage()
    expect(work()).toMatchObject({
      attempt: one,
      draft: { note: 'a metà', page: 'offer' },
      call: { phase: { name: 'talking', held: true } },
    })
    expect(at.page.shown.session).toMatchObject({ status: 'signed-in' })
    await at.world.during(at.page.ask.call.resume({ attempt: one }))
    await at.world.until(() => work()?.buttons.includes('hold'))
  })

  test('two windows show the same, and what one does the other sees', async () => {
    const other = await at.world.openPage()
    expect(other.shown.desk).toEqual(at.page.shown.desk)
    await dialUntil('talking')
    await at.world.until(() => other.shown.desk.work?.call?.phase.name === 'talking')
    await at.world.during(other.ask.call.hangUp({ attempt: one }))
    await at.world.until(() => phase() === 'wrap-up')
  })

  test('a client that is started again in the middle of a call has the wrap-up with every word', async () => {
    await dialUntil('talking')
    await at.world.during(
      at.page.ask.call.saveDraft({ attempt: one, draft: draft('prima dell’interruzione') }),
    )
    await at.world.restart()
    at.page = await at.world.openPage()
    expect(at.page.shown.desk.work).toBeNull()
    expect(at.page.shown.session.status).toBe('signed-out')
    await signIn('anna')
    await at.world.until(() => work())
    expect(work()).toMatchObject({
      attempt: one,
      buttons: ['outcome'],
      call: { phase: { name: 'wrap-up' }, end: 'lost' },
      draft: { note: 'prima dell’interruzione', answers: { interest: 'yes' } },
    })
    await save(one, 'key-of-one')
    await at.world.until(allSent)
    expect(at.world.crm.wrapUps.get(one)?.call.end).toBe('lost')
  })

  test('a colleague who signs in at the restarted client sees nothing of it, and it waits for its owner', async () => {
    await dialUntil('talking')
    await at.world.restart()
    at.page = await at.world.openPage()
    await signIn('bruno')
    await at.world.until(() => at.page.shown.status.view)
    expect(work()).toBeNull()
    await at.world.during(at.page.ask.session.signOut())
    await signIn('anna')
    await at.world.until(() => work()?.attempt === one)
    expect(phase()).toBe('wrap-up')
  })

  test('what was typed before the call is there after a restart', async () => {
    await at.world.during(at.page.ask.call.saveDraft({ attempt: one, draft: draft('solo anteprima') }))
    await at.world.restart()
    at.page = await at.world.openPage()
    await signIn('anna')
    await at.world.until(() => work())
    expect(work()).toMatchObject({ attempt: one, call: null, draft: { note: 'solo anteprima' } })
  })

  test('a call begun on another machine comes to the desk as a wrap-up whose end is not known', async () => {
    await dialUntil('talking')
    await at.world.restart({ otherMachine: true })
    at.page = await at.world.openPage()
    await signIn('anna')
    await at.world.until(() => work())
    expect(work()).toMatchObject({
      attempt: one,
      call: { peer: stays, phase: { name: 'wrap-up' }, end: 'lost' },
      draft: { note: '' },
    })
    await save(one, 'key-of-one', 'da un’altra postazione')
    await at.world.until(allSent)
    expect(at.world.crm.wrapUps.get(one)).toMatchObject({ note: 'da un’altra postazione' })
  })
})
