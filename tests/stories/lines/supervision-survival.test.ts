import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callFloor } from '../../support/call-floor.ts'
import type { PhoneFloor } from '../../support/phone-floor.ts'
import { phoneFloor } from '../../support/phone-floor.ts'
import { heardCalls } from './heard-calls.ts'

let floor: PhoneFloor
beforeAll(async () => {
  floor = await phoneFloor()
})
afterAll(() => floor.close())

const { channels, hears, snoops, of, talking } = heardCalls(() => floor)

describe('a supervisor with a phone on the desk', () => {
  it('lifts it to hear, and hangs up to stop', async () => {
    const { anna, leg, annas } = await talking()
    const sara = await floor.listener()
    const { token } = await floor.createUser('administrator')
    const setup = { dialPrefix: '', deskPhone: 'desk-1' }
    await floor.request('phone.setUp', { params: { id: sara.user.id }, body: setup }, token)
    await sara.mode(anna, 'listen')
    await floor.request('phone.account', { body: { kind: 'desk' } }, sara.token)
    await floor.pass(2_200)
    const own = await sara.channel()
    expect(hears(own)).toEqual([annas, leg].toSorted())
    floor.pbx.party.hangsUp(own)
    await floor.pass(3_500)
    expect(await sara.view()).toMatchObject({ listening: null, phone: { state: 'none' } })
    expect(await of(sara.user.id)).toEqual([])
    expect((await sara.audit()).at(-1)).toMatchObject({ details: { why: 'stopped' } })
  })
})

describe('a server that starts again', () => {
  it.each(['listen', 'coach', 'join'] as const)('goes on where it was: %s', async (mode) => {
    const { anna, leg, annas } = await talking()
    const sara = await floor.listener()
    await sara.listen(anna, mode)
    const own = await sara.channel()
    const before = await channels()
    await floor.restartServer()
    sara.connect()
    await anna.reconnect()
    expect((await channels()).toSorted()).toEqual(before.toSorted())
    expect(hears(own)).toEqual([annas, leg].toSorted())
    expect(hears(leg).includes(own)).toBe(mode === 'join')
    expect(await sara.view()).toMatchObject({ listening: { mode, state: 'heard' } })
    expect(await sara.audit()).toHaveLength(1)
    await sara.mode(anna, mode === 'listen' ? 'coach' : 'listen')
    await sara.stop()
    expect((await sara.audit()).at(-1)).toMatchObject({ details: { attempt: leg, why: 'stopped' } })
    expect(await of(sara.user.id)).toEqual([])
  })

  it('hangs up what hears a call that ended meanwhile, and closes its line in the audit', async () => {
    const { anna, leg } = await talking()
    const sara = await floor.listener()
    await sara.listen(anna, 'coach')
    await floor.restartServer(() => floor.pbx.party.hangsUp(leg))
    expect(await snoops(sara.user.id)).toEqual([])
    expect((await sara.audit()).at(-1)).toMatchObject({
      action: 'supervision.ended',
      details: { attempt: leg },
    })
  })

  it('leaves no channel that hears a call of which nothing is written', async () => {
    const { anna } = await talking()
    const sara = await floor.listener()
    await sara.listen(anna)
    await floor.db.deleteFrom('live_listening').where('supervisor_id', '=', sara.user.id).execute()
    await floor.restartServer()
    expect(await of(sara.user.id)).toEqual([])
  })
})

describe('a link that breaks', () => {
  it('leaves nothing on the switch of a supervisor who stopped meanwhile', async () => {
    const { anna, leg, annas } = await talking()
    const sara = await floor.listener()
    await sara.listen(anna, 'join')
    floor.pbx.cut('a broken cable')
    await floor.pass(50)
    await sara.stop()
    expect((await sara.audit()).at(-1)).toMatchObject({ action: 'supervision.ended' })
    floor.pbx.heal()
    await floor.pass(1_000)
    expect(await of(sara.user.id)).toEqual([])
    expect([hears(annas), hears(leg)]).toEqual([[leg], [annas]])
  })
})

describe('a switch that starts again', () => {
  it('is found without anybody listening, each line in the audit closed', async () => {
    const { anna, leg } = await talking()
    const sara = await floor.listener()
    await sara.listen(anna)
    floor.pbx.restart()
    await floor.pass(1_000)
    floor.pbx.heal()
    await floor.pass(100)
    expect(await snoops(sara.user.id)).toEqual([])
    expect((await sara.audit()).at(-1)).toMatchObject({
      action: 'supervision.ended',
      details: { attempt: leg },
    })
  })
})

describe('a server without a switch', () => {
  it('says so to who wants to listen', async () => {
    const plain = await callFloor()
    const { token } = await plain.createUser('supervisor')
    const body = { operator: plain.supervisor.user.id, mode: 'listen' }
    const refused = { status: 503, body: { code: 'line-down' } }
    expect(await plain.request('supervision.listen', { body }, token)).toMatchObject(refused)
    expect((await plain.request('supervision.state', {}, token)).body).toMatchObject({ listening: null })
    expect(await plain.request('supervision.stop', {}, token)).toMatchObject({ status: 200 })
    await plain.close()
  })
})
