import { describe, expect, test } from 'vitest'
import type { Line } from './telephony-under-test.ts'
import { answers } from './telephony-under-test.ts'

/** Calls out and in: what is told, in which order, and how they end. */
export function callsContract(given: () => Line): void {
  describe('why nobody was reached is told in the words of the domain, with the raw cause beside', () => {
    test.each([
      ['01', 'busy', 'busy', 17, 486],
      ['06', 'invalid-number', 'invalid-number', 1, 404],
      ['07', 'rejected', 'rejected', 21, 603],
      ['09', 'congestion', 'congestion', 34, 503],
      ['10', 'unreachable', 'unreachable', 19, 480],
      ['14', 'invalid-number', 'changed', 22, 410],
      ['16', 'congestion', 'trunk-error', 21, 403],
    ] as const)('a number ending in %s: %s, %s', async (digits, end, kind, cause, techCause) => {
      const { call, told } = given()
      const id = `fails-${digits}`
      await call(id, `+3933123456${digits}`)
      const ended = await told.until('ended', { channel: id })
      expect(ended).toMatchObject({ end, class: kind, cause, techCause, ourTimeout: false })
      expect(ended.raw).toContain(String(techCause))
      expect(told.types(id)).not.toContain('answered')
    })

    test.each(['02', '15'])(
      'our own timer ends a call that nobody answers (%s) and says so',
      async (digits) => {
        const { call, told } = given()
        const id = `rings-${digits}`
        await call(id, `+3933123456${digits}`, 1_500)
        const ended = await told.until('ended', { channel: id })
        expect(ended).toMatchObject({ end: 'no-answer', class: 'no-answer', ourTimeout: true })
        expect(told.types(id).includes('ringing')).toBe(digits === '02')
      },
    )

    test('a call that we hang up while it rings was cancelled', async () => {
      const { call, told, telephony } = given()
      await call('given-up', '+393312345602')
      await told.until('ringing', { channel: 'given-up' })
      expect(await telephony.hangUp('given-up')).toBe('done')
      const ended = await told.until('ended', { channel: 'given-up' })
      expect(ended).toMatchObject({ end: 'cancelled', ourTimeout: false })
    })

    test('a call that is given up while it is being made was cancelled, whichever comes first', async () => {
      const { told, telephony } = given()
      const to = { kind: 'trunk', number: answers, callerId: '' } as const
      // None begins as another one does: that is a conflict.
      const ids = Array.from({ length: 20 }, (_, index) => `regretted-${String(index).padStart(2, '0')}`)
      await Promise.all(
        ids.map(async (id) => {
          const made = telephony.createChannel({ id, to, timeoutMs: 5_000 })
          const first = await telephony.hangUp(id)
          await made
          if (first === 'gone') await telephony.hangUp(id)
          expect(await told.until('ended', { channel: id })).toMatchObject({ end: 'cancelled' })
        }),
      )
      for (const id of ids) expect(told.types(id)).toEqual(['channel-created', 'ended'])
      expect((await telephony.snapshot()).channels).toEqual([])
    })

    test('a channel that was never dialed ends like any other', async () => {
      const { told, telephony, hangUp } = given()
      const to = { kind: 'trunk', number: answers, callerId: '' } as const
      await telephony.createChannel({ id: 'undialed', to, timeoutMs: 5_000 })
      await hangUp('undialed')
      expect(told.types('undialed')).toEqual(['channel-created', 'ended'])
    })
  })

  test.each(['04', '05', '13'])(
    'an answered call tells created, ringing, answered and its end, each once (%s: they hang up)',
    async (digits) => {
      const { call, told } = given()
      const id = `whole-${digits}`
      await call(id, `+3933123456${digits}`)
      const ended = await told.until('ended', { channel: id })
      expect(ended).toMatchObject({ end: 'hung-up-by-them', class: 'answered' })
      expect(told.types(id)).toEqual(['channel-created', 'ringing', 'answered', 'ended'])
    },
  )

  test.each(['03', '11', '12'])('a machine, a fax and silence have answered, too (%s)', async (digits) => {
    const { call, told, hangUp } = given()
    const id = `odd-${digits}`
    await call(id, `+3933123456${digits}`)
    await told.until('answered', { channel: id })
    await hangUp(id)
  })

  test('what we hang up was hung up by us, and is gone for every command after that', async () => {
    const { told, telephony, talk } = given()
    await talk('ours')
    expect(await telephony.hangUp('ours')).toBe('done')
    expect(await told.until('ended', { channel: 'ours' })).toMatchObject({ end: 'hung-up-by-us' })
    const on = { channel: 'ours' }
    const results = [
      await telephony.hangUp('ours'),
      await telephony.dial('ours'),
      await telephony.answer('ours'),
      await telephony.startMusic('ours'),
      await telephony.stopMusic('ours'),
      await telephony.mute('ours', 'in'),
      await telephony.unmute('ours', 'in'),
      await telephony.sendDtmf('ours', '1'),
      await telephony.play({ id: 'too-late', on, sound: 'sound:beep' }),
      await telephony.snoop({ id: 'too-late', channel: 'ours', spy: 'both', whisper: 'none' }),
      await telephony.addToBridge('no-bridge', 'ours'),
      await telephony.removeFromBridge('no-bridge', 'ours'),
    ]
    expect(new Set(results)).toEqual(new Set(['gone']))
    expect(told.types('ours').at(-1)).toBe('ended')
  })

  test('an id of ours makes one channel and one call, however often it is asked for', async () => {
    const { told, telephony, hangUp, call } = given()
    const to = { kind: 'trunk', number: answers, callerId: '' } as const
    expect(await telephony.createChannel({ id: 'twice', to, timeoutMs: 5_000 })).toBe('done')
    expect(await telephony.createChannel({ id: 'twice', to, timeoutMs: 5_000 })).toBe('already')
    expect(await telephony.dial('twice')).toBe('done')
    await told.until('answered', { channel: 'twice' })
    expect(await telephony.dial('twice')).toBe('already')
    await hangUp('twice')
    // A number that nobody has is no second channel of that name.
    await call('other', '+393312345606')
    await told.until('ended', { channel: 'other' })
    expect(told.types('twice')).toEqual(['channel-created', 'ringing', 'answered', 'ended'])
  })

  test('an id that a living one begins with is refused, the other way round it is not', async () => {
    const { telephony, hangUp } = given()
    const to = { kind: 'trunk', number: answers, callerId: '' } as const
    const make = (id: string) => telephony.createChannel({ id, to, timeoutMs: 5_000 })
    await make('begins-10')
    await expect(make('begins-1')).rejects.toMatchObject({ code: 'conflict' })
    expect(await make('begins-100')).toBe('done')
    for (const id of ['begins-10', 'begins-100']) await hangUp(id)
  })

  test('a hundred channels made and dialed at once all end', async () => {
    const { told, call } = given()
    const ids = Array.from({ length: 100 }, (_, index) => `crowd-${index + 100}`)
    await Promise.all(ids.map((id) => call(id, '+393312345601')))
    await Promise.all(ids.map((id) => told.until('ended', { channel: id })))
    for (const id of ids) expect(told.types(id)).toEqual(['channel-created', 'ended'])
  })

  test('what is no number and what leads nowhere is refused and leaves no channel', async () => {
    const { telephony } = given()
    const number = { kind: 'trunk', number: 'pizza; drop', callerId: '' } as const
    const refused = telephony.createChannel({ id: 'pizza', to: number, timeoutMs: 5_000 })
    await expect(refused).rejects.toMatchObject({ code: 'invalid-input' })
    const nobody = { kind: 'operator', account: 'nobody' } as const
    const lost = telephony.createChannel({ id: 'nobody', to: nobody, timeoutMs: 5_000 })
    await expect(lost).rejects.toMatchObject({ code: 'not-found' })
    const { channels } = await telephony.snapshot()
    expect(channels.map(({ id }) => id)).not.toContain('pizza')
    expect(channels.map(({ id }) => id)).not.toContain('nobody')
  })

  describe('a call from outside', () => {
    test('is told with number, name, the number called and its line, and can be answered', async () => {
      const { line, told, telephony, hangUp } = given()
      line.callIn({ from: '+390815523344', to: '+3906123456', name: 'Maria Esposito' })
      const incoming = await told.until('incoming', { to: '+3906123456' })
      expect(incoming).toMatchObject({ from: '+390815523344', name: 'Maria Esposito', line: 'carrier' })
      expect(told.types(incoming.channel)).toEqual(['incoming'])
      expect(await telephony.answer(incoming.channel)).toBe('done')
      await told.until('answered', { channel: incoming.channel })
      await hangUp(incoming.channel)
      expect(told.of(incoming.channel).at(-1)).toMatchObject({ end: 'hung-up-by-us' })
    })

    test('from a withheld number has neither number nor name', async () => {
      const { line, told, telephony } = given()
      line.callIn({ from: null, to: '+3906123457', name: '' })
      const { channel, from, name } = await told.until('incoming', { to: '+3906123457' })
      expect({ from, name }).toEqual({ from: null, name: null })
      await telephony.hangUp(channel, 'busy')
      expect(await told.until('ended', { channel })).toMatchObject({ end: 'rejected' })
    })
  })

  test('the time of events never goes back, and nothing comes after an end', () => {
    const { told } = given()
    const times = told.events.map(({ at }) => at)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    const ids = new Set(told.events.flatMap((event) => ('channel' in event ? [event.channel] : [])))
    for (const id of ids) {
      const types = told.types(id)
      expect(types.indexOf('ended')).toBe(types.length - 1)
    }
  })
}
