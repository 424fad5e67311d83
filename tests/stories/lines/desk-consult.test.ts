import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PhoneFloor } from '../../support/phone-floor.ts'
import { phoneFloor } from '../../support/phone-floor.ts'
import type { RealDesk } from './real-desks.ts'
import { realDesks } from './real-desks.ts'

let floor: PhoneFloor
let desks: ReturnType<typeof realDesks>
let anna: RealDesk
let luca: RealDesk
beforeAll(async () => {
  floor = await phoneFloor()
})
beforeEach(async () => {
  desks = realDesks(floor)
  const campaign = await floor.realCampaign(['08'])
  anna = await desks.desk(campaign)
  await anna.begin()
  await anna.dial()
  await desks.until(() => anna.phase() === 'talking')
  luca = await desks.desk(campaign)
  await luca.begin()
})
afterEach(() => desks.close())
afterAll(() => floor.close())

const hears = (channel: string) => [...floor.pbx.hears(channel)].toSorted()
const outside = { kind: 'number', number: '+390612345608' } as const
const colleague = () => ({ kind: 'operator', user: luca.user }) as const
const consult = () => anna.work().call?.consult

/** Anna has asked, and whoever it was has taken it. */
async function asked(to: Parameters<typeof anna.ask.call.consult>[0]['to']) {
  await desks.during(anna.ask.call.consult({ attempt: anna.attempt(), to }))
  if (to.kind === 'operator') {
    await desks.until(() => luca.shown.desk.asked)
    await desks.during(luca.ask.call.answerAsked({ leg: luca.shown.desk.asked!.leg }))
  }
  await desks.until(() => consult()?.state === 'up')
}

describe('an operator who asks a second party meanwhile', () => {
  test('rings it with a way back, swaps, brings all together, and is left with the customer', async () => {
    const attempt = anna.attempt()
    const voice = await anna.voice()
    await desks.during(anna.ask.call.consult({ attempt, to: outside }))
    await desks.until(() => consult()?.state === 'ringing')
    expect(anna.work().buttons).toContain('cancel-consult')
    expect(anna.work().buttons).not.toContain('swap')
    expect(hears(attempt)).toEqual(['music'])
    await desks.until(() => consult()?.state === 'up')
    expect(consult()).toMatchObject({ to: outside, talkingTo: 'consult' })
    await desks.during(anna.ask.call.swap({ attempt }))
    await desks.until(() => consult()?.talkingTo === 'customer')
    expect(hears(attempt)).toEqual([voice])
    await desks.during(anna.ask.call.join({ attempt }))
    await desks.until(() => consult()?.talkingTo === 'both')
    expect(hears(attempt)).toHaveLength(2)
    expect(anna.work().buttons).not.toContain('join')
    await desks.during(anna.ask.call.cancelConsult({ attempt }))
    await desks.until(() => consult() === null)
    expect(hears(attempt)).toEqual([voice])
    expect(anna.phase()).toBe('talking')
  })

  test('hands the customer over to it and is in the wrap-up, while both go on talking', async () => {
    await asked(outside)
    const { attempt } = anna.work()
    await desks.during(anna.ask.call.complete({ attempt }))
    await desks.until(() => anna.phase() === 'wrap-up')
    expect(anna.work().call).toMatchObject({ end: 'transferred', consult: null })
    expect(hears(attempt)).toHaveLength(1)
    expect(hears(attempt)[0]).toContain('consult-')
  })

  test('has the customer back where the other one is busy', async () => {
    const to = { kind: 'number', number: '+390612345601' } as const
    const voice = await anna.voice()
    await desks.during(anna.ask.call.consult({ attempt: anna.attempt(), to }))
    // The customer heard music from before the command was accepted.
    await desks.until(() => hears(anna.attempt())[0] === voice && consult() === null)
    expect(anna.work().buttons).toContain('consult')
  })
})

describe('a colleague who is asked', () => {
  test('hears it ring, sees who asks and whose call it is, and answers', async () => {
    await desks.during(anna.ask.call.consult({ attempt: anna.attempt(), to: colleague() }))
    await desks.until(() => luca.shown.desk.asked && luca.page.state.current().ringing)
    expect(luca.shown.desk).toMatchObject({
      work: null,
      asked: {
        state: 'ringing',
        from: expect.stringContaining('operator-'),
        peer: anna.work().call?.peer,
      },
    })
    await desks.during(luca.ask.call.answerAsked({ leg: luca.shown.desk.asked!.leg }))
    await desks.until(() => luca.shown.desk.asked?.state === 'up' && !luca.page.state.current().ringing)
    expect(hears(await luca.voice())).toEqual([await anna.voice()])
  })

  test('gets the call as work of their own when it is handed over', async () => {
    await asked(colleague())
    const { attempt, offer } = anna.work()
    await desks.during(anna.ask.call.complete({ attempt }))
    await desks.until(() => anna.phase() === 'wrap-up' && luca.phase() === 'talking')
    expect(luca.shown.desk.asked).toBeNull()
    expect(luca.work().offer.record.id).toBe(offer.record.id)
    expect(luca.work().call).toMatchObject({ direction: 'out', peer: anna.work().call?.peer })
    expect(hears(attempt)).toEqual([await luca.voice()])
    await desks.during(luca.ask.call.hangUp({ attempt: luca.attempt() }))
    await desks.until(() => luca.phase() === 'wrap-up')
  })

  test('says no, or leaves, and the customer is back with who asked', async () => {
    await desks.during(anna.ask.call.consult({ attempt: anna.attempt(), to: colleague() }))
    await desks.until(() => luca.shown.desk.asked)
    await desks.during(luca.ask.call.leaveAsked({ leg: luca.shown.desk.asked!.leg }))
    await desks.until(() => luca.shown.desk.asked === null && consult() === null)
    await asked(colleague())
    await desks.during(luca.ask.call.leaveAsked({ leg: luca.shown.desk.asked!.leg }))
    await desks.until(() => luca.shown.desk.asked === null && consult() === null)
    expect(hears(anna.attempt())).toEqual([await anna.voice()])
    const late = desks.during(luca.ask.call.answerAsked({ leg: 'gone' as never }))
    await expect(late).rejects.toMatchObject({ code: 'not-in-this-state' })
  })

  test('is asked still after the network was away; a page that is loaded again leaves the two alone', async () => {
    await asked(colleague())
    const before = luca.shown.desk.asked
    luca.network.drop()
    await desks.until(() => luca.shown.connection.server === 'down')
    await desks.until(() => luca.shown.connection.server === 'up')
    await desks.awhile()
    expect(luca.shown.desk.asked).toMatchObject({ leg: before?.leg, from: before?.from, peer: before?.peer })
    await luca.reloadPage()
    await desks.until(() => luca.shown.desk.asked === null && consult() === null)
    expect(hears(anna.attempt())).toEqual([await anna.voice()])
  })
})
