import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ChannelEnded, Telephony, TelephonyEvent } from '../../server/telephony/port.ts'

export interface SwitchUnderTest {
  telephony: Telephony
  /** Breaks the link for a moment; it comes back by itself. */
  cut(): Promise<void> | void
  /** A caller from outside. */
  callIn(from: string, to: string, name: string): void
  stop(): Promise<void>
}

/** What every switch behind the port does, on real time: the fake and a real Asterisk with SIP callers. */
export function telephonyContract(name: string, open: () => Promise<SwitchUnderTest>): void {
  describe(`the telephony port on ${name}`, () => {
    let line: SwitchUnderTest
    let telephony: Telephony
    const told: TelephonyEvent[] = []
    const waiting = new Set<() => void>()

    const until = <T extends TelephonyEvent>(fits: (event: TelephonyEvent) => event is T): Promise<T> =>
      new Promise((resolve) => {
        const look = () => {
          const found = told.find(fits)
          if (found === undefined) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      })
    const of = (channel: string) => told.filter((event) => 'channel' in event && event.channel === channel)
    const ended = (channel: string) =>
      until(
        (event): event is Extract<TelephonyEvent, ChannelEnded> =>
          event.type === 'ended' && event.channel === channel,
      )
    const answered = (channel: string) =>
      until(
        (event): event is Extract<TelephonyEvent, { type: 'answered' }> =>
          (event.type as string) === 'answered' && 'channel' in event && event.channel === channel,
      )
    const inBridge = (channel: string, bridge: string) =>
      until(
        (event): event is Extract<TelephonyEvent, { bridge: string }> =>
          event.type === 'entered-bridge' && event.channel === channel && event.bridge === bridge,
      )

    async function call(id: string, number: string, timeoutMs = 8_000) {
      const to = { kind: 'trunk', number, callerId: '+390815520000' } as const
      expect(await telephony.createChannel({ id, to, timeoutMs })).toBe('done')
      await telephony.dial(id)
    }

    beforeAll(async () => {
      line = await open()
      telephony = line.telephony
      telephony.events((event) => {
        told.push(event)
        for (const look of [...waiting]) look()
      })
      telephony.open()
      await until((event): event is TelephonyEvent & { type: 'link-up' } => event.type === 'link-up')
    })
    afterAll(() => line.stop())

    test.each([
      ['01', 'busy', 17, 486],
      ['06', 'invalid-number', 1, 404],
      ['07', 'rejected', 21, 603],
      ['09', 'congestion', 34, 503],
    ] as const)(
      'a number ending in %s ends %s, with the raw cause kept',
      async (digits, end, cause, techCause) => {
        await call(`fails-${digits}`, `+3933123456${digits}`)
        expect(await ended(`fails-${digits}`)).toMatchObject({ end, cause, techCause, ourTimeout: false })
      },
    )

    test('nobody answers: our own timer ends it and says so', async () => {
      await call('rings-out', '+393312345602', 1_500)
      expect(await ended('rings-out')).toMatchObject({ end: 'no-answer', ourTimeout: true })
    })

    test('a call that is answered tells ringing, answered and its end, each once and in this order', async () => {
      await call('whole', '+393312345604')
      expect(await ended('whole')).toMatchObject({ end: 'hung-up-by-them' })
      const types = of('whole').map(({ type }) => type)
      expect(types).toEqual(['channel-created', 'ringing', 'answered', 'ended'])
    })

    test('what we hang up was hung up by us', async () => {
      await call('ours', '+393312345655')
      await answered('ours')
      expect(await telephony.hangUp('ours')).toBe('done')
      expect(await ended('ours')).toMatchObject({ end: 'hung-up-by-us' })
      expect(await telephony.hangUp('ours')).toBe('gone')
    })

    test('an id of ours makes one channel, however often it is asked for', async () => {
      const to = { kind: 'trunk', number: '+393312345655', callerId: '' } as const
      expect(await telephony.createChannel({ id: 'twice', to, timeoutMs: 5_000 })).toBe('done')
      expect(await telephony.createChannel({ id: 'twice', to, timeoutMs: 5_000 })).toBe('already')
      await telephony.hangUp('twice')
      await ended('twice')
    })

    test('two parties meet in a bridge; a move to another one is one command', async () => {
      for (const id of ['left', 'right']) await call(id, '+393312345655')
      await Promise.all([answered('left'), answered('right')])
      for (const bridge of ['bridge-1', 'bridge-2']) expect(await telephony.createBridge(bridge)).toBe('done')
      for (const id of ['left', 'right']) await telephony.addToBridge('bridge-1', id)
      await inBridge('right', 'bridge-1')
      await telephony.addToBridge('bridge-2', 'right')
      await inBridge('right', 'bridge-2')
      const { bridges } = await telephony.snapshot()
      expect(bridges.find(({ id }) => id === 'bridge-2')?.channels).toEqual(['right'])
      expect(await telephony.startMusic('left')).toBe('done')
      expect(await telephony.stopMusic('left')).toBe('done')
      for (const id of ['left', 'right']) await telephony.hangUp(id)
      await Promise.all([ended('left'), ended('right')])
      for (const bridge of ['bridge-1', 'bridge-2']) await telephony.destroyBridge(bridge)
      expect(await telephony.destroyBridge('bridge-1')).toBe('gone')
    })

    test('a recording of a bridge is kept, read once stopped, and deleted for real', async () => {
      await call('recorded', '+393312345655')
      await answered('recorded')
      await telephony.createBridge('bridge-3')
      await telephony.addToBridge('bridge-3', 'recorded')
      await inBridge('recorded', 'bridge-3')
      expect(await telephony.record({ id: 'recording-1', bridge: 'bridge-3', format: 'wav' })).toBe('done')
      expect(await telephony.pauseRecording('recording-1')).toBe('done')
      expect(await telephony.resumeRecording('recording-1')).toBe('done')
      expect(await telephony.stopRecording('recording-1')).toBe('done')
      await until(
        (event): event is TelephonyEvent & { type: 'recording-finished' } =>
          event.type === 'recording-finished',
      )
      const parts: Buffer[] = []
      for await (const part of await telephony.fetchRecording('recording-1')) parts.push(part as Buffer)
      expect(Buffer.concat(parts).subarray(0, 4).toString('latin1')).toBe('RIFF')
      expect(await telephony.deleteRecording('recording-1')).toBe('done')
      await expect(telephony.fetchRecording('recording-1')).rejects.toMatchObject({ code: 'not-found' })
      await telephony.hangUp('recorded')
      await ended('recorded')
      await telephony.destroyBridge('bridge-3')
    })

    test('a caller from outside is told with number, name and the number called', async () => {
      line.callIn('+390815523344', '+3906123456', 'Maria Esposito')
      const incoming = await until(
        (event): event is Extract<TelephonyEvent, { type: 'incoming' }> => event.type === 'incoming',
      )
      expect(incoming).toMatchObject({ from: '+390815523344', to: '+3906123456', name: 'Maria Esposito' })
      expect(await telephony.answer(incoming.channel)).toBe('done')
      await answered(incoming.channel)
      await telephony.hangUp(incoming.channel)
      await ended(incoming.channel)
    })

    test('an account is made, changed and withdrawn while everything runs', async () => {
      const account = { id: 'op-anna', password: 'una frase', kind: 'web' } as const
      expect(await telephony.provision(account)).toBe('done')
      expect(await telephony.provision({ ...account, password: 'un’altra' })).toBe('done')
      expect(await telephony.withdraw('op-anna')).toBe('done')
      expect(await telephony.withdraw('op-anna')).toBe('gone')
    })

    test('what ended while the link was down is told as lost, what lives goes on', async () => {
      await call('survives', '+393312345655')
      await call('dies', '+393312345605')
      await Promise.all([answered('survives'), answered('dies')])
      const before = told.length
      await line.cut()
      await until(
        (event): event is TelephonyEvent & { type: 'link-up' } =>
          event.type === 'link-up' && told.indexOf(event) > before,
      )
      const since = told.slice(before).map(({ type }) => type)
      expect(since.indexOf('gap')).toBeGreaterThan(since.indexOf('link-down'))
      expect((await telephony.snapshot()).channels.map(({ id }) => id)).toContain('survives')
      await ended('dies')
      expect(of('dies').filter(({ type }) => type === 'ended')).toHaveLength(1)
      await telephony.hangUp('survives')
      expect(await ended('survives')).toMatchObject({ end: 'hung-up-by-us' })
    })
  })
}
