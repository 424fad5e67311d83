import { expect, test } from 'vitest'
import type { Line } from './telephony-under-test.ts'

/** What is told when something breaks, and what is not. */
export function breaksContract(given: () => Line): void {
  const typesSince = (since: number) =>
    given()
      .told.events.slice(since)
      .map(({ type }) => type)

  test('after a gap what ended meanwhile is told as lost, what lives goes on, nothing is told again', async () => {
    const { line, told, telephony, talk, call, hangUp } = given()
    await talk('lives')
    await telephony.createBridge('bridge-7')
    await telephony.addToBridge('bridge-7', 'lives')
    await told.until('entered-bridge', { channel: 'lives' })
    // Refused by the carrier while nobody of ours listens.
    const to = { kind: 'trunk', number: '+393312345607', callerId: '' } as const
    await telephony.createChannel({ id: 'dies', to, timeoutMs: 20_000 })
    await telephony.dial('dies')
    await told.until('ringing', { channel: 'dies' })
    const since = told.events.length
    line.cut()
    await told.until('link-down', {}, since)
    await expect(telephony.hangUp('lives')).rejects.toMatchObject({ code: 'line-down' })
    await expect(call('meanwhile', '+393312345655')).rejects.toMatchObject({ code: 'line-down' })
    await expect(telephony.snapshot()).rejects.toMatchObject({ code: 'line-down' })
    expect(telephony.link()).toBe('down')
    const up = await told.until('link-up', {}, since)
    expect(up.restarted).toBe(false)
    expect(await told.until('ended', { channel: 'dies' })).toMatchObject({ end: 'lost', class: 'lost' })
    expect(told.types('dies').filter((type) => type === 'ended')).toHaveLength(1)
    const types = typesSince(since)
    expect(types.slice(0, 2)).toEqual(['link-down', 'gap'])
    expect(types.filter((type) => type !== 'ended')).toEqual(['link-down', 'gap', 'link-up'])
    const { channels } = await telephony.snapshot()
    expect(channels).toMatchObject([{ id: 'lives', kind: 'out', state: 'up', bridge: 'bridge-7' }])
    await hangUp('lives')
    expect(told.of('lives').at(-1)).toMatchObject({ end: 'hung-up-by-us' })
    await telephony.destroyBridge('bridge-7')
  })

  test('time-outs of ours are kept through a gap', async () => {
    const { line, told, call } = given()
    const since = told.events.length
    await call('rings-on', '+393312345602', 1_000)
    line.cut()
    await told.until('link-up', {}, since)
    expect(await told.until('ended', { channel: 'rings-on' })).toMatchObject({
      end: 'no-answer',
      ourTimeout: true,
    })
  })

  test('a caller who comes while we are away hears music and is told when we are back', async () => {
    const { line, told, telephony } = given()
    const since = told.events.length
    line.cut()
    await told.until('link-down', {}, since)
    line.callIn({ from: '+390815523345', to: '+3906123458', name: 'Ciro' })
    const { channel } = await told.until('incoming', { to: '+3906123458' })
    expect(told.of(channel)[0]).toMatchObject({ type: 'incoming', from: '+390815523345' })
    await telephony.hangUp(channel)
    await told.until('ended', { channel })
  })

  test('who takes our place is not fought: the link is down until it is opened again', async () => {
    const { line, told, telephony, talk, hangUp } = given()
    await talk('handed-over')
    const since = told.events.length
    await line.takeOver()
    expect(await told.until('link-down', {}, since)).toMatchObject({ reason: 'replaced' })
    await expect(telephony.createBridge('bridge-8')).rejects.toMatchObject({ code: 'line-down' })
    await line.wait(2_000)
    expect(telephony.link()).toBe('down')
    telephony.open()
    await told.until('link-up', {}, since)
    const { channels } = await telephony.snapshot()
    expect(channels).toMatchObject([{ id: 'handed-over', state: 'up' }])
    await hangUp('handed-over')
  })

  test('a switch that restarts has lost everything, each call told once, and starts empty', async () => {
    const { line, told, telephony, talk, call, hangUp } = given()
    await telephony.provision({ id: 'web-bruno', password: 'una frase', kind: 'desk' })
    const phone = await line.phone('web-bruno', 'una frase')
    await phone.registers()
    await talk('was-up')
    await call('was-ringing', '+393312345602')
    await told.until('ringing', { channel: 'was-ringing' })
    const before = await telephony.snapshot()
    const since = told.events.length
    await line.restart()
    expect(await told.until('link-up', {}, since)).toMatchObject({ restarted: true })
    for (const id of ['was-up', 'was-ringing']) {
      expect(told.of(id).at(-1)).toMatchObject({ type: 'ended', end: 'lost', class: 'lost' })
    }
    const types = typesSince(since)
    expect(types).toEqual(['link-down', 'gap', 'ended', 'ended', 'link-up'])
    const after = await telephony.snapshot()
    expect(after).toMatchObject({ channels: [], bridges: [] })
    expect(after.phones).not.toContain('web-bruno')
    expect(after.startedAt).not.toBe(before.startedAt)
    expect(await phone.registers()).toBe(false)
    await telephony.provision({ id: 'web-bruno', password: 'una frase', kind: 'desk' })
    expect(await phone.registers()).toBe(true)
    await talk('afterwards')
    await hangUp('afterwards')
    await phone.leaves()
    await phone.close()
  })

  test('once closed it says nothing more and refuses every command', async () => {
    const { told, telephony } = given()
    await telephony.close()
    const since = told.events.length
    await expect(telephony.createBridge('bridge-9')).rejects.toMatchObject({ code: 'line-down' })
    await telephony.close()
    expect(told.events.slice(since)).toEqual([])
  })
}
