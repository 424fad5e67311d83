import { describe, expect, test } from 'vitest'
import type { Line } from './telephony-under-test.ts'

async function bytesOf(parts: AsyncIterable<unknown>): Promise<Buffer> {
  const all: Buffer[] = []
  for await (const part of parts) all.push(part as Buffer)
  return Buffer.concat(all)
}

/** Bridges, music, sounds, recordings, snooping. Who hears whom is proved elsewhere, by level. */
export function mediaContract(given: () => Line): void {
  describe('in a bridge', () => {
    test('two parties meet; a blind transfer is one command, and the snapshot follows', async () => {
      const { told, telephony, talk, hangUp } = given()
      for (const id of ['left', 'right']) await talk(id)
      expect(await telephony.createBridge('bridge-1')).toBe('done')
      expect(await telephony.createBridge('bridge-1')).toBe('already')
      await telephony.createBridge('bridge-2')
      for (const id of ['left', 'right']) {
        expect(await telephony.addToBridge('bridge-1', id)).toBe('done')
        await told.until('entered-bridge', { channel: id, bridge: 'bridge-1' })
      }
      expect(await telephony.addToBridge('bridge-2', 'right')).toBe('done')
      await told.until('left-bridge', { channel: 'right', bridge: 'bridge-1' })
      await told.until('entered-bridge', { channel: 'right', bridge: 'bridge-2' })
      const { bridges, channels } = await telephony.snapshot()
      expect(bridges).toContainEqual({ id: 'bridge-1', channels: ['left'] })
      expect(bridges).toContainEqual({ id: 'bridge-2', channels: ['right'] })
      expect(channels.find(({ id }) => id === 'right')).toMatchObject({ state: 'up', bridge: 'bridge-2' })
      expect(await telephony.removeFromBridge('bridge-1', 'right')).toBe('gone')
      expect(await telephony.removeFromBridge('bridge-2', 'right')).toBe('done')
      await told.until('left-bridge', { channel: 'right', bridge: 'bridge-2' })
      for (const id of ['left', 'right']) await hangUp(id)
      for (const id of ['bridge-1', 'bridge-2']) expect(await telephony.destroyBridge(id)).toBe('done')
      expect(await telephony.destroyBridge('bridge-1')).toBe('gone')
      expect((await telephony.snapshot()).bridges).toEqual([])
    })

    test('a destroyed bridge lets its channels out and leaves them alive', async () => {
      const { told, telephony, talk, hangUp } = given()
      await talk('stays')
      await telephony.createBridge('bridge-3')
      await telephony.addToBridge('bridge-3', 'stays')
      await told.until('entered-bridge', { channel: 'stays' })
      await telephony.destroyBridge('bridge-3')
      await told.until('left-bridge', { channel: 'stays', bridge: 'bridge-3' })
      const { channels } = await telephony.snapshot()
      expect(channels).toContainEqual(expect.objectContaining({ id: 'stays', state: 'up', bridge: null }))
      await hangUp('stays')
    })
  })

  test('a customer is put on hold with music and taken back; is muted; gets digits', async () => {
    const { telephony, talk, hangUp } = given()
    await talk('held')
    expect(await telephony.startMusic('held')).toBe('done')
    expect(await telephony.stopMusic('held')).toBe('done')
    expect(await telephony.mute('held', 'in')).toBe('done')
    expect(await telephony.unmute('held', 'in')).toBe('done')
    expect(await telephony.sendDtmf('held', '12#')).toBe('done')
    await hangUp('held')
  })

  describe('a sound', () => {
    test('says when it is over, and that it does not exist', async () => {
      const { told, telephony, talk, hangUp } = given()
      await talk('listens')
      const on = { channel: 'listens' }
      expect(await telephony.play({ id: 'beep', on, sound: 'sound:beep' })).toBe('done')
      expect(await told.until('playback-finished', { playback: 'beep' })).toMatchObject({ ok: true })
      await telephony.play({ id: 'no-sound', on, sound: 'sound:there-is-no-such-sound' })
      expect(await told.until('playback-finished', { playback: 'no-sound' })).toMatchObject({ ok: false })
      await hangUp('listens')
    })

    test('that goes on is stopped, is played once for one id, and ends with its channel', async () => {
      const { told, telephony, talk, hangUp } = given()
      await talk('hears-tones')
      const on = { channel: 'hears-tones' }
      expect(await telephony.play({ id: 'tone-1', on, sound: 'tone:ring' })).toBe('done')
      expect(await telephony.play({ id: 'tone-1', on, sound: 'tone:ring' })).toBe('already')
      expect(await telephony.stopPlaying('tone-1')).toBe('done')
      await told.until('playback-finished', { playback: 'tone-1' })
      expect(await telephony.stopPlaying('tone-1')).toBe('gone')
      await telephony.play({ id: 'tone-2', on, sound: 'tone:ring' })
      await hangUp('hears-tones')
      expect(await told.until('playback-finished', { playback: 'tone-2' })).toMatchObject({ ok: false })
    })

    test('in a bridge is for everybody in it', async () => {
      const { told, telephony, talk, hangUp } = given()
      await talk('in-bridge')
      await telephony.createBridge('bridge-4')
      await telephony.addToBridge('bridge-4', 'in-bridge')
      await telephony.play({ id: 'notice', on: { bridge: 'bridge-4' }, sound: 'sound:beep' })
      expect(await told.until('playback-finished', { playback: 'notice' })).toMatchObject({ ok: true })
      const nowhere = { id: 'nowhere', on: { bridge: 'no-bridge' }, sound: 'sound:beep' } as const
      expect(await telephony.play(nowhere)).toBe('gone')
      await hangUp('in-bridge')
      await telephony.destroyBridge('bridge-4')
    })
  })

  test('a recording leaves its pause out, is read once it is stopped, and deleted for real', async () => {
    const { line, told, telephony, talk, hangUp } = given()
    await talk('recorded')
    await telephony.createBridge('bridge-5')
    await telephony.addToBridge('bridge-5', 'recorded')
    await told.until('entered-bridge', { channel: 'recorded' })
    const recording = { id: 'recording-1', bridge: 'bridge-5', format: 'wav' } as const
    const from = line.now()
    expect(await telephony.record(recording)).toBe('done')
    expect(await telephony.record(recording)).toBe('already')
    await line.wait(1_000)
    expect(await telephony.pauseRecording('recording-1')).toBe('done')
    const pausedAt = line.now()
    await line.wait(2_000)
    const paused = line.now() - pausedAt
    expect(await telephony.resumeRecording('recording-1')).toBe('done')
    await line.wait(1_000)
    expect(await telephony.stopRecording('recording-1')).toBe('done')
    const whole = line.now() - from
    const finished = await told.until('recording-finished', { recording: 'recording-1' })
    expect(finished.failed).toBeUndefined()
    const file = await bytesOf(await telephony.fetchRecording('recording-1'))
    expect(file.subarray(0, 4).toString('latin1')).toBe('RIFF')
    const seconds = (file.length - 44) / 16_000
    expect(seconds).toBeGreaterThan(1)
    expect(seconds).toBeLessThan((whole - paused) / 1_000 + 0.5)
    expect(await telephony.deleteRecording('recording-1')).toBe('done')
    expect(await telephony.deleteRecording('recording-1')).toBe('gone')
    await expect(telephony.fetchRecording('recording-1')).rejects.toMatchObject({ code: 'not-found' })
    expect(await telephony.pauseRecording('recording-1')).toBe('gone')
    await hangUp('recorded')
    await telephony.destroyBridge('bridge-5')
  })

  test('a recording ends with its bridge, and its file is there', async () => {
    const { told, telephony, talk, hangUp } = given()
    await talk('recorded-too')
    await telephony.createBridge('bridge-6')
    await telephony.addToBridge('bridge-6', 'recorded-too')
    await telephony.record({ id: 'recording-2', bridge: 'bridge-6', format: 'wav' })
    await hangUp('recorded-too')
    await telephony.destroyBridge('bridge-6')
    await told.until('recording-finished', { recording: 'recording-2' })
    expect((await bytesOf(await telephony.fetchRecording('recording-2'))).length).toBeGreaterThanOrEqual(44)
    expect(await telephony.record({ id: 'recording-3', bridge: 'bridge-6', format: 'wav' })).toBe('gone')
    const finished = told.events.filter(
      (event) => event.type === 'recording-finished' && event.recording === 'recording-2',
    )
    expect(finished).toHaveLength(1)
  })

  test.each([
    ['listen', 'both', 'none'],
    ['coach', 'both', 'out'],
  ] as const)(
    'a supervisor may %s: a channel of its own that ends with the other',
    async (name, spy, whisper) => {
      const { told, telephony, talk, hangUp } = given()
      const [channel, id] = [`spied-${name}`, `snoop-${name}`]
      await talk(channel)
      expect(await telephony.snoop({ id, channel, spy, whisper })).toBe('done')
      expect(await telephony.snoop({ id, channel, spy, whisper })).toBe('already')
      const { channels } = await telephony.snapshot()
      expect(channels).toContainEqual(expect.objectContaining({ id, kind: 'snoop', state: 'up' }))
      await telephony.createBridge(`bridge-${name}`)
      expect(await telephony.addToBridge(`bridge-${name}`, id)).toBe('done')
      await told.until('entered-bridge', { channel: id })
      await hangUp(channel)
      await told.until('ended', { channel: id })
      expect(told.types(id)[0]).toBe('channel-created')
      await telephony.destroyBridge(`bridge-${name}`)
    },
  )
}
