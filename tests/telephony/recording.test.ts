import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { level } from '../../scripts/lib/pbx/ears.mjs'
import type { Recording, RecordingDetails } from '../../shared/crm-api/recordings.ts'
import type { RealFloor } from './support/real-floor.ts'
import { realFloor, voices } from './support/real-floor.ts'

let floor: RealFloor
beforeAll(async () => {
  // The operator's phone speaks with the voice of a caller.
  floor = await realFloor(['desk-1'], { 'desk-1': '18' })
}, 180_000)
afterAll(() => floor?.close())

const rate = 8_000
const beepHz = 1_000

it('what customer and operator say is in the stored file, what is said in a sensitive field is not', async () => {
  const anna = await floor.phoned(await floor.realCampaign(['55'], { recording: 'always' }))
  await anna.work()
  const leg = await anna.dial()
  await floor.until(() => anna.view().state === 'talking')
  const state = async () => (await anna.legs()).legs[0]?.recording
  const focus = (on: boolean) => anna.must('recordings.sensitive', { params: { id: leg }, body: { on } })
  let beeps = 0
  const beep = async () => {
    const on = { bridge: `bridge-${anna.user.id}` }
    await floor.telephony().play({ id: `beep-${++beeps}`, on, sound: 'sound:beep' })
    await wait(600)
  }

  // The notice takes its time first: about six seconds.
  expect(await state()).toBe('off')
  await floor.until(async () => (await state()) === 'on')
  await wait(1_000)
  await focus(true)
  expect(await state()).toBe('paused')
  await beep()
  await beep()
  await focus(false)
  expect(await state()).toBe('on')
  await wait(500)
  // A server that starts again finds the recording that is there.
  await floor.restart(() => undefined)
  await floor.until(() => floor.telephony().link() === 'up')
  await anna.reconnect()
  await floor.until(() => anna.view().phone.state === 'up')
  expect(await state()).toBe('on')
  await beep()
  await anna.ask(leg, { do: 'hang-up' })

  const { token } = floor.supervisor
  const stored = async () => {
    const query = { attempt: leg }
    const { body } = await floor.request<{ items: Recording[] }>('recordings.list', { query }, token)
    return body.items
  }
  await floor.until(async () => (await stored())[0]?.state === 'stored')
  const [{ id } = { id: '' }, ...more] = await stored()
  expect(more).toEqual([])
  const { body: recording } = await floor.request<RecordingDetails>(
    'recordings.get',
    { params: { id } },
    token,
  )
  expect(recording.pauses).toMatchObject([{ why: ['sensitive'] }])
  const { body } = await floor.request<{ listening: string }>('recordings.listen', { params: { id } }, token)
  const query = { listening: body.listening }
  const { raw: file } = await floor.request('recordings.audio', { params: { id }, query }, token)
  expect(createHash('sha256').update(file).digest('hex')).toBe(recording.sha256)
  expect(file.toString('latin1', 0, 4)).toBe('RIFF')

  const sound = Uint8Array.from(file.subarray(44))
  const samples = new Int16Array(sound.buffer, 0, sound.length >> 1)
  expect(Math.abs(recording.durationMs! - (samples.length / rate) * 1_000)).toBeLessThan(10)
  // Tenths of a second, since a pause breaks the phase of a tone.
  const parts = Array.from({ length: Math.floor(samples.length / 800) }, (_, index) =>
    samples.subarray(index * 800, (index + 1) * 800),
  )
  const median = (hz: number) =>
    parts.map((part) => level(part, hz)).toSorted((a, b) => a - b)[parts.length >> 1]!
  expect(median(voices.customer)).toBeGreaterThan(0.1)
  expect(median(voices.caller)).toBeGreaterThan(0.1)
  const beeping = parts.flatMap((part, index) => (level(part, beepHz) > 0.05 ? [index] : []))
  // The beeps of the sensitive field are not there; the one after it is, behind the place of the pause.
  expect(beeping.length).toBeGreaterThan(0)
  expect(beeping.length).toBeLessThanOrEqual(4)
  expect(beeping[0]! * 100).toBeGreaterThan(recording.pauses[0]!.atMs)
  expect(recording.peaks.filter((peak) => peak > 40).length).toBeGreaterThan(300)
  await expect(floor.telephony().fetchRecording(id)).rejects.toMatchObject({ code: 'not-found' })
})
