import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Board } from '../../../shared/crm-api/board.ts'
import type { PhoneFloor } from '../../support/phone-floor.ts'
import { phoneFloor } from '../../support/phone-floor.ts'
import { heardCalls, silence } from './heard-calls.ts'

let floor: PhoneFloor
beforeAll(async () => {
  floor = await phoneFloor()
})
afterAll(() => floor.close())

const { hears, snoops, of, talking } = heardCalls(() => floor)

describe('a supervisor', () => {
  it('listens, and nobody hears it', async () => {
    const { anna, leg, annas } = await talking()
    const sara = await floor.listener()
    await sara.listen(anna)
    const own = await sara.channel()
    expect(hears(own)).toEqual([annas, leg].toSorted())
    expect([hears(annas), hears(leg)]).toEqual([[leg], [annas]])
    expect(sara.told.at(-1)).toMatchObject({
      listening: { state: 'heard', mode: 'listen', operator: { id: anna.user.id }, isElsewhere: false },
      phone: { needed: true, state: 'up' },
    })
  })

  it('coaches: the operator hears it, the customer does not', async () => {
    const { anna, leg, annas } = await talking()
    const sara = await floor.listener()
    await sara.listen(anna, 'coach')
    const own = await sara.channel()
    expect(hears(own)).toEqual([annas, leg].toSorted())
    expect(hears(annas)).toEqual([leg, own].toSorted())
    expect(hears(leg)).toEqual([annas])
  })

  it('joins: all hear all', async () => {
    const { anna, leg, annas } = await talking()
    const sara = await floor.listener()
    await sara.listen(anna, 'join')
    const own = await sara.channel()
    expect([hears(own), hears(annas), hears(leg)]).toEqual([
      [annas, leg].toSorted(),
      [leg, own].toSorted(),
      [annas, own].toSorted(),
    ])
  })

  it('changes how without being called again, each noted with who, whom, which call, from and to', async () => {
    const { anna, leg, annas } = await talking()
    const sara = await floor.listener()
    await sara.listen(anna)
    const own = await sara.channel()
    for (const mode of ['coach', 'join', 'coach', 'listen', 'join', 'listen'] as const) {
      await sara.mode(anna, mode)
      expect(await sara.channel()).toBe(own)
      expect(hears(own)).toEqual([annas, leg].toSorted())
      expect(hears(annas).includes(own)).toBe(mode !== 'listen')
      expect(hears(leg).includes(own)).toBe(mode === 'join')
      expect(await snoops(sara.user.id)).toHaveLength(mode === 'join' ? 0 : 1)
    }
    const from = new Date((await sara.audit())[0]?.at ?? 0).toISOString()
    await floor.pass(1_000)
    await sara.stop()
    const entries = await sara.audit()
    expect(entries.map(({ action, details }) => `${action} ${String(details['mode'])}`)).toEqual([
      'supervision.started listen',
      'supervision.mode-changed coach',
      'supervision.mode-changed join',
      'supervision.mode-changed coach',
      'supervision.mode-changed listen',
      'supervision.mode-changed join',
      'supervision.mode-changed listen',
      'supervision.ended listen',
    ])
    expect(entries.at(-1)).toMatchObject({
      subject: anna.user.id,
      at: floor.clock.now(),
      details: {
        operator: anna.user.username,
        attempt: leg,
        campaign: 'A campaign',
        why: 'stopped',
        operatorTold: true,
        from,
        to: new Date(floor.clock.now()).toISOString(),
      },
    })
  })

  it('has no phone before and after, and leaves nothing on the switch', async () => {
    const { anna, leg, annas } = await talking()
    const sara = await floor.listener()
    const reply = await floor.request('phone.account', { body: { kind: 'web' } }, sara.token)
    expect(reply).toMatchObject({ status: 409, body: { code: 'not-in-this-state' } })
    await sara.listen(anna, 'join')
    await sara.stop()
    await floor.pass(100)
    expect(await of(sara.user.id)).toEqual([])
    const { bridges } = await floor.telephony.snapshot()
    expect(bridges.map(({ id }) => id)).not.toContain(`bridge-${sara.user.id}`)
    expect([hears(annas), hears(leg)]).toEqual([[leg], [annas]])
    expect(await sara.view()).toMatchObject({ listening: null, phone: { needed: false, state: 'none' } })
  })

  it('is refused where there is no call to hear', async () => {
    const anna = await floor.phoned(await floor.realCampaign(['08']))
    const sara = await floor.listener()
    const refused = { status: 409, body: { code: 'not-in-this-state', details: { reason: 'no-call' } } }
    expect(await sara.ask(anna, 'listen')).toMatchObject(refused)
    await anna.work()
    expect(await sara.ask(anna, 'join')).toMatchObject(refused)
    expect(await sara.audit()).toEqual([])
  })

  it('hears nothing that cannot be written down', async () => {
    const { anna, leg, annas } = await talking()
    const sara = await floor.listener()
    await sara.mode(anna, 'coach')
    await sql`alter table audit_entry rename to audit_away`.execute(floor.db)
    await sara.openPhone()
    await floor.pass(200)
    await sql`alter table audit_away rename to audit_entry`.execute(floor.db)
    expect(await snoops(sara.user.id)).toEqual([])
    expect([hears(annas), hears(leg)]).toEqual([[leg], [annas]])
    expect(await sara.view()).toMatchObject({ listening: null, phone: { state: 'none' } })
    expect(await sara.audit()).toEqual([])
  })

  it('whose phone nobody lifts is let alone after two minutes', async () => {
    const { anna } = await talking()
    const sara = await floor.listener()
    await sara.mode(anna, 'listen')
    expect(await sara.view()).toMatchObject({ listening: { state: 'phone' }, phone: { needed: true } })
    floor.clock.advance(2 * 60_000)
    await floor.pass(50)
    expect(await sara.view()).toMatchObject({ listening: null, phone: { needed: false } })
  })

  it('hears one call at a time: going to another operator ends the first, on the same phone', async () => {
    const first = await talking()
    const second = await talking()
    const sara = await floor.listener()
    await sara.listen(first.anna, 'coach')
    const own = await sara.channel()
    await sara.mode(second.anna, 'listen')
    expect(await sara.channel()).toBe(own)
    expect(hears(own)).toEqual([second.annas, second.leg].toSorted())
    expect(hears(first.annas)).toEqual([first.leg])
    expect((await sara.audit()).map(({ action, subject }) => `${action} ${String(subject)}`)).toEqual([
      `supervision.started ${first.anna.user.id}`,
      `supervision.ended ${first.anna.user.id}`,
      `supervision.started ${second.anna.user.id}`,
    ])
  })

  it('is not alone: several hear the same call, each in a way of their own', async () => {
    const { anna, leg, annas } = await talking()
    const [sara, ugo] = [await floor.listener(), await floor.listener()]
    await sara.listen(anna)
    await ugo.listen(anna, 'join')
    const [saras, ugos] = [await sara.channel(), await ugo.channel()]
    expect(hears(saras)).toEqual([annas, leg, ugos].toSorted())
    expect(hears(leg)).toEqual([annas, ugos].toSorted())
    await ugo.stop()
    expect(hears(saras)).toEqual([annas, leg].toSorted())
  })
})

describe('while a supervisor is with it, a call', () => {
  it('is held: the customer has music, operator and supervisor are as before', async () => {
    const { anna, leg, annas } = await talking()
    const sara = await floor.listener()
    await sara.listen(anna, 'coach')
    const own = await sara.channel()
    await anna.ask(leg, { do: 'hold' })
    expect([hears(leg), hears(annas)]).toEqual([['music'], [own, silence].toSorted()])
    await sara.mode(anna, 'listen')
    expect(hears(annas)).toEqual([])
    await sara.mode(anna, 'coach')
    expect(hears(annas)).toEqual([own, silence].toSorted())
    await anna.ask(leg, { do: 'resume' })
    expect([hears(leg), hears(annas)]).toEqual([[annas], [leg, own].toSorted()])
    expect(hears(own)).toEqual([annas, leg].toSorted())
  })

  it('is heard with the second party, and is over for the supervisor when it is handed over', async () => {
    const { anna, leg, annas } = await talking()
    const sara = await floor.listener()
    await sara.listen(anna)
    const own = await sara.channel()
    const to = { kind: 'number', number: '+390612345608' }
    await anna.ask(leg, { do: 'consult', consult: 'heard-1', to })
    await floor.pass(1_300)
    expect(hears(own)).toEqual([annas, 'consult-heard-1'].toSorted())
    await anna.ask(leg, { do: 'complete' })
    await floor.pass(50)
    expect(hears(own)).toEqual([])
    expect(await sara.view()).toMatchObject({ listening: { state: 'waiting', call: null } })
    expect((await sara.audit()).at(-1)).toMatchObject({ details: { why: 'call-over', attempt: leg } })
  })

  it('ends: the supervisor waits and only listens to the next one', async () => {
    const { anna, leg, annas } = await talking({}, 2)
    const sara = await floor.listener()
    await sara.listen(anna, 'join')
    const own = await sara.channel()
    floor.pbx.party.hangsUp(leg)
    await floor.pass(50)
    expect([hears(own), hears(annas)]).toEqual([[], []])
    expect(await sara.view()).toMatchObject({ listening: { state: 'waiting', mode: 'listen' } })
    await anna.wrapUp('not-interested')
    expect(await sara.ask(anna, 'coach')).toMatchObject({ status: 409 })
    const second = await anna.dial()
    await floor.pass(1_300)
    expect(hears(own)).toEqual([annas, second].toSorted())
    expect([hears(annas), hears(second)]).toEqual([[second], [annas]])
    expect((await sara.audit()).map(({ details }) => [details['attempt'], details['mode']])).toEqual([
      [leg, 'join'],
      [leg, 'join'],
      [second, 'listen'],
    ])
  })

  it('is let alone when nothing is to be heard for a quarter of an hour', async () => {
    const { anna, leg } = await talking()
    const sara = await floor.listener()
    await sara.listen(anna)
    floor.pbx.party.hangsUp(leg)
    await floor.pass(50)
    floor.clock.advance(15 * 60_000)
    await floor.pass(50)
    expect(await sara.view()).toMatchObject({ listening: null, phone: { state: 'none' } })
  })

  it('is let alone when the supervisor’s session ends', async () => {
    const { anna } = await talking()
    const sara = await floor.listener()
    await sara.listen(anna)
    await floor.request('sessions.revoke', { params: { id: sara.sessionId } }, floor.admin)
    await floor.pass(50)
    expect((await sara.audit()).at(-1)).toMatchObject({ action: 'supervision.ended' })
    expect(await of(sara.user.id)).toEqual([])
  })

  it('is heard again in the same way after the operator’s page, or the supervisor’s, was loaded anew', async () => {
    const { anna, leg } = await talking()
    const sara = await floor.listener()
    await sara.listen(anna, 'coach')
    await anna.openPhone()
    await floor.pass(300)
    const annas = await anna.channel()
    expect(hears(await sara.channel())).toEqual([annas, leg].toSorted())
    await sara.openPhone()
    await floor.pass(300)
    const own = await sara.channel()
    expect(hears(own)).toEqual([annas, leg].toSorted())
    expect([hears(annas), hears(leg)]).toEqual([[leg, own].toSorted(), [annas]])
    expect(await snoops(sara.user.id)).toHaveLength(1)
  })
})

describe('the operator', () => {
  it('is told by whom and how, where the campaign says so', async () => {
    const { anna } = await talking()
    const sara = await floor.listener()
    await sara.listen(anna)
    expect(anna.view().supervisors).toEqual([{ by: sara.user.username, mode: 'listen' }])
    await sara.mode(anna, 'coach')
    expect(anna.view().supervisors).toEqual([{ by: sara.user.username, mode: 'coach' }])
    await sara.stop()
    expect(anna.view().supervisors).toEqual([])
  })

  it('is not told where the campaign says not, but of who joined, whom they hear anyway', async () => {
    const { anna } = await talking({ supervision: { tellOperator: false } })
    const sara = await floor.listener()
    await sara.listen(anna, 'coach')
    expect(anna.view().supervisors).toEqual([])
    await sara.mode(anna, 'join')
    expect(anna.view().supervisors).toEqual([{ by: sara.user.username, mode: 'join' }])
    await sara.mode(anna, 'listen')
    expect(anna.view().supervisors).toEqual([])
    expect((await sara.audit())[0]?.details).toMatchObject({ operatorTold: false })
  })
})

describe('the board', () => {
  it('says of each operator whether they can be heard, and who is with them', async () => {
    const { anna } = await talking()
    const sara = await floor.listener()
    const row = async () => {
      const { operators } = await floor.asSupervisor<Board>('board.get', {})
      return operators.find(({ id }) => id === anna.user.id)
    }
    expect(await row()).toMatchObject({ state: 'talking', hearing: 'possible', supervisors: [] })
    await sara.listen(anna, 'coach')
    expect((await row())?.supervisors).toEqual([{ by: sara.user.username, mode: 'coach' }])
    floor.pbx.cut('a broken cable')
    await floor.pass(50)
    expect(await row()).toMatchObject({ hearing: 'switch-away' })
    floor.pbx.heal()
    await floor.pass(1_000)
    expect(await row()).toMatchObject({ hearing: 'possible', supervisors: [{ mode: 'coach' }] })
  })
})
