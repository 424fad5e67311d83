import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { callersOn } from '../../support/callers.ts'
import type { PhoneFloor } from '../../support/phone-floor.ts'
import { phoneFloor } from '../../support/phone-floor.ts'
import type { RealDesk } from './real-desks.ts'
import { realDesks } from './real-desks.ts'

let floor: PhoneFloor
let desks: ReturnType<typeof realDesks>
const { called, people, hears, channels } = callersOn(() => floor)
beforeAll(async () => {
  floor = await phoneFloor()
})
beforeEach(() => {
  desks = realDesks(floor)
})
afterEach(() => desks.close())
afterAll(() => floor.close())

/** Somebody calls, and it rings at this operator's desk. */
async function rings(from: string | null, names: readonly string[] = []) {
  const matches = from === null ? [] : await people(from, names)
  const { campaign, number, calls } = await called()
  const anna = await desks.desk(campaign)
  await anna.begin()
  const channel = await calls(from)
  await desks.until(() => anna.phase() === 'ringing')
  return { anna, campaign, number, channel, matches }
}

describe('a call that comes in', () => {
  test('is on the desk with its contact while it rings, and is answered by a key', async () => {
    const { anna, number, channel } = await rings('+390815520201', ['Esposito'])
    expect(anna.work()).toMatchObject({
      offer: {
        record: { kind: 'inbound' },
        contact: { lastName: 'Esposito' },
        caller: { from: '+390815520201', to: number },
      },
      call: { direction: 'in', peer: '+390815520201' },
      buttons: ['answer', 'decline'],
    })
    await desks.until(() => anna.page.state.current().ringing)
    await desks.during(anna.ask.call.answer({ attempt: anna.attempt() }))
    await desks.until(() => anna.phase() === 'talking' && !anna.page.state.current().ringing)
    expect(hears(channel)).toEqual([await anna.voice()])
    floor.pbx.party.hangsUp(channel)
    await desks.until(() => anna.phase() === 'wrap-up')
    await anna.save('not-interested')
    await desks.until(() => anna.shown.outbox.waiting === 0 && anna.shown.desk.work === null)
  })

  test('that nobody answers leaves the desk, and the operator is missed', async () => {
    const { anna, channel } = await rings('+390815520202')
    await desks.until(() => anna.shown.status.view?.state === 'missed')
    expect(anna.shown.desk).toMatchObject({ work: null, stillUp: null })
    expect(anna.page.state.current().ringing).toBe(false)
    expect(hears(channel)).toEqual(['music'])
    await desks.during(anna.ask.operator.ready())
    await desks.until(() => anna.phase() === 'ringing')
    await desks.during(anna.ask.call.answer({ attempt: anna.attempt() }))
    await desks.until(() => anna.phase() === 'talking')
  })

  test('that is declined leaves the desk at once, and so does a caller who gives up', async () => {
    const { anna } = await rings('+390815520203')
    const { attempt } = anna.work()
    await desks.during(anna.ask.call.decline({ attempt }))
    await desks.until(() => anna.shown.desk.work === null)
    const other = await rings('+390815520204')
    floor.pbx.party.hangsUp(other.channel)
    await desks.until(() => other.anna.shown.desk.work === null)
    expect(other.anna.shown.status.view?.state).toBe('ready')
  })

  test('with the number withheld is nobody yet, and can be talked to', async () => {
    const { anna } = await rings(null)
    expect(anna.work()).toMatchObject({ offer: { caller: { from: null } }, call: { peer: '' } })
    await desks.during(anna.ask.call.answer({ attempt: anna.attempt() }))
    await desks.until(() => anna.phase() === 'talking')
    await anna.save('not-interested')
    await desks.until(() => anna.shown.outbox.waiting === 0)
    expect(anna.shown.outbox.problems).toEqual([])
  })

  test('from a number that several have goes on under whoever it turns out to be', async () => {
    const { anna, matches } = await rings('+390815520205', ['Esposito', 'Marotta'])
    const [first, second] = matches
    expect(anna.work().offer.contact.id).toBe(first)
    const { attempt } = anna.work()
    await desks.during(anna.ask.call.answer({ attempt }))
    await desks.until(() => anna.phase() === 'talking')
    await desks.during(anna.ask.call.identify({ attempt, contact: second! }))
    await desks.until(() => anna.work().offer.contact.id === second)
    expect(anna.phase()).toBe('talking')
    await anna.restartMain()
    await anna.signIn()
    await desks.until(() => anna.shown.desk.work?.call?.phase.name === 'talking')
    expect(anna.work()).toMatchObject({ offer: { contact: { id: second } }, call: { direction: 'in' } })
  })

  test('goes to somebody else from a page that is loaded again: there is no phone to answer with', async () => {
    const { anna, channel } = await rings('+390815520206')
    await anna.reloadPage()
    await desks.until(() => anna.shown.desk.work === null)
    expect(hears(channel)).toEqual(['music'])
  })
})

describe('a number dialled by hand', () => {
  const dialled = (anna: RealDesk) => anna.shown.desk.work?.offer
  test('comes to the desk as an offer that shows what goes out, and is called as every other', async () => {
    const anna = await desks.desk(await floor.realCampaign([], { lcrPrefix: '9' }))
    await anna.begin()
    await desks.during(anna.ask.call.dialNumber({ phone: '331 555 0308' }))
    await desks.until(() => dialled(anna)?.record.kind === 'manual')
    expect(anna.work()).toMatchObject({ call: null, offer: { campaign: { dialPrefix: '9' } } })
    await anna.dial()
    await desks.until(() => anna.phase() === 'talking')
    expect(anna.work().call).toMatchObject({ direction: 'out', peer: '+393315550308' })
    const second = desks.during(anna.ask.call.dialNumber({ phone: '331 555 0408' }))
    await expect(second).rejects.toMatchObject({ code: 'not-in-this-state' })
    await anna.save('not-interested')
    await desks.until(() => anna.shown.outbox.waiting === 0)
  })

  test('is refused with the reason of the law, and with the server away', async () => {
    const anna = await desks.desk(await floor.realCampaign([]))
    await anna.begin()
    await floor.forbid('+393315550508')
    const refused = desks.during(anna.ask.call.dialNumber({ phone: '+393315550508' }))
    await expect(refused).rejects.toMatchObject({
      code: 'call-not-allowed',
      details: { reason: expect.any(String) },
    })
    expect(anna.shown.desk.work).toBeNull()
    anna.network.cut()
    await desks.until(() => anna.shown.connection.server === 'down')
    const away = desks.during(anna.ask.call.dialNumber({ phone: '+393315550608' }))
    await expect(away).rejects.toMatchObject({ code: 'server-unreachable' })
  })

  test('that another program asks for waits for the dial pad, and is not dialled by itself', async () => {
    const anna = await desks.desk(await floor.realCampaign([]))
    await anna.begin()
    const asked: unknown[] = []
    anna.ask.call.requested((request) => void asked.push(request?.number ?? null))
    await desks.until(() => asked.length === 1)
    anna.request('+393315550708')
    await desks.until(() => asked.length === 2)
    let at = 0
    anna.ask.call.requested((request) => void (at = request?.at ?? 0))
    await desks.until(() => at)
    await desks.during(anna.ask.call.requestSeen({ at }))
    await desks.until(() => asked.length === 3)
    expect(asked).toEqual([null, '+393315550708', null])
    expect(anna.shown.desk.work).toBeNull()
    expect(await channels()).not.toContain(expect.stringContaining('+393315550708'))
  })
})
