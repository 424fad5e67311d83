import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { RecordingDetails } from '../../../shared/crm-api/recordings.ts'
import type { Phoned } from '../../support/floor-phones.ts'
import type { RecordingFloor } from '../../support/recording-floor.ts'
import { noticeMs, recordingFloor, seconds, stateNow } from '../../support/recording-floor.ts'

let floor: RecordingFloor
beforeAll(async () => {
  floor = await recordingFloor()
})
afterAll(() => floor.close())

describe('who may listen', () => {
  let anna: Phoned
  let recording: RecordingDetails
  beforeAll(async () => {
    const called = await floor.inCall(await floor.recorded())
    ;({ anna } = called)
    await floor.pass(noticeMs + 4_000)
    await floor.hangUp(anna, called.leg)
    recording = await floor.theOneOf(called.leg)
    await anna.wrapUp('not-interested')
  })
  const params = () => ({ id: recording.id })
  const listen = async (token: string) =>
    (await floor.request<{ listening: string }>('recordings.listen', { params: params() }, token)).body
  const audio = (token: string, listening: string, range?: string) =>
    floor.app.inject({
      url: `/recordings/${recording.id}/audio`,
      query: { listening },
      headers: { authorization: `Bearer ${token}`, ...(range !== undefined && { range }) },
    })

  it('is a supervisor: each listening is in the audit, once, and the sound is what was hashed', async () => {
    const { token, user } = floor.supervisor
    const { listening } = await listen(token)
    const whole = await audio(token, listening)
    expect(whole.statusCode).toBe(200)
    expect(whole.headers).toMatchObject({ 'content-type': 'audio/wav', 'accept-ranges': 'bytes' })
    expect(createHash('sha256').update(whole.rawPayload).digest('hex')).toBe(recording.sha256)
    const part = await audio(token, listening, 'bytes=40-1039')
    expect(part.statusCode).toBe(206)
    expect(part.headers['content-range']).toBe(`bytes 40-1039/${whole.rawPayload.length}`)
    expect(part.rawPayload.equals(whole.rawPayload.subarray(40, 1_040))).toBe(true)
    expect(await floor.audit('recording.listened', recording.id)).toMatchObject([
      { username: user.username, at: floor.clock.now(), details: { attempt: recording.attempt, listening } },
    ])
  })

  it('finds it by a part of the name or of the number', async () => {
    const { phone } = await floor.db
      .selectFrom('attempts')
      .select('phone')
      .where('id', '=', recording.attempt)
      .executeTakeFirstOrThrow()
    const find = async (search: string) => {
      const reply = await floor.request<{ total: number; items: { id: string }[] }>(
        'recordings.list',
        { query: { search } },
        floor.supervisor.token,
      )
      return reply.body.items.map(({ id }) => id)
    }
    const name = recording.contact.name.toUpperCase()
    const number = phone ?? ''
    expect(await find(name.slice(0, -1))).toContain(recording.id)
    expect(await find(`${number.slice(0, 6)} ${number.slice(6)}`)).toEqual([recording.id])
    expect(await find('%')).toEqual([])
  })

  it('is the operator of the call, and no other operator', async () => {
    expect((await audio(anna.token, (await listen(anna.token)).listening)).statusCode).toBe(200)
    const luca = await floor.phoned()
    for (const name of ['recordings.get', 'recordings.listen'])
      expect((await floor.request(name, { params: params() }, luca.token)).status).toBe(404)
    expect(await floor.of(recording.attempt, luca.token)).toEqual([])
  })

  it('is nobody who did not begin a listening of their own', async () => {
    const { listening } = await listen(anna.token)
    for (const id of [listening, 'made-up'])
      expect((await audio(floor.supervisor.token, id)).statusCode).toBe(403)
  })

  it('keeps nothing readable on the disk', () => {
    const bytes = readFileSync(join(floor.recordingsDir, `${recording.id}.sealed`))
    expect(bytes.includes(Buffer.from('RIFF'))).toBe(false)
  })
})

describe('the end of a recording', () => {
  const store = async () => {
    const { anna, leg } = await floor.inCall(await floor.recorded())
    await floor.pass(noticeMs + 1_000)
    await floor.hangUp(anna, leg)
    await anna.wrapUp('not-interested')
    return floor.theOneOf(leg)
  }
  const row = (id: string) =>
    floor.db
      .selectFrom('recordings')
      .selectAll()
      .where('id', '=', id as never)
      .executeTakeFirstOrThrow()
  const nothing = {
    state: 'deleted',
    sha256: null,
    salt: null,
    peaks: null,
    key_id: null,
    duration_ms: null,
    bytes: null,
    marks: [],
    file_left: false,
  }

  it('by hand deletes the bytes and what the row said of them, and is in the audit', async () => {
    const recording = await store()
    const { token, user } = floor.supervisor
    const { listening } = (
      await floor.request<{ listening: string }>('recordings.listen', { params: { id: recording.id } }, token)
    ).body
    const removed = await floor.request('recordings.remove', { params: { id: recording.id } }, token)
    expect(removed.status).toBe(200)
    expect(floor.files().filter((name) => name.startsWith(recording.id))).toEqual([])
    expect(await row(recording.id)).toMatchObject(nothing)
    expect(await floor.audit('recording.deleted', recording.id)).toMatchObject([
      { username: user.username, details: { why: 'by-hand', attempt: recording.attempt } },
    ])
    const audio = { params: { id: recording.id }, query: { listening } }
    expect((await floor.request('recordings.audio', audio, token)).status).toBe(409)
  })

  it('comes by itself when its time is over, not before, and is in the audit', async () => {
    const recording = await store()
    const hour = 60 * 60_000
    const ended_at = floor.clock.now() - 90 * 24 * hour + 1.5 * hour
    await floor.db.updateTable('recordings').set({ ended_at }).where('id', '=', recording.id).execute()
    floor.clock.advance(hour)
    await floor.settled()
    expect(await row(recording.id)).toMatchObject({ state: 'stored' })
    floor.clock.advance(hour)
    // The job queue lives on the real clock.
    const isThere = async () => {
      const { state, file_left } = await row(recording.id)
      return state !== 'deleted' || file_left
    }
    for (let tries = 0; await isThere(); tries++) {
      if (tries > 400) throw new Error('it is still there')
      await wait(25)
    }
    expect(floor.files().filter((name) => name.startsWith(recording.id))).toEqual([])
    expect(await row(recording.id)).toMatchObject(nothing)
    expect(await floor.audit('recording.deleted', recording.id)).toMatchObject([
      { username: null, details: { why: 'retention', days: 90 } },
    ])
  })
})

describe('what breaks', () => {
  beforeEach(async () => {
    await floor.close()
    floor = await recordingFloor()
  })

  it('a switch without the notice loses no call, records nobody, and says so', async () => {
    await floor.close()
    floor = await recordingFloor({ recordingNotice: 'not-there' })
    const { anna, leg } = await floor.inCall(await floor.recorded())
    await floor.pass(1_000)
    expect(anna.view().state).toBe('talking')
    expect(floor.pbx.hears(leg)).toEqual(new Set([await anna.channel()]))
    expect(await floor.of(leg)).toMatchObject([{ state: 'not-recorded', failure: 'no-notice' }])
    expect(floor.log.join('')).toContain('no notice')
    await floor.hangUp(anna, leg)
    expect(await floor.of(leg)).toHaveLength(1)
    expect(floor.files()).toEqual([])
  })

  it('a link that is gone at the end of the call loses nothing: the sound is fetched when it is back', async () => {
    const { anna, leg } = await floor.inCall(await floor.recorded())
    await floor.pass(noticeMs + 2_000)
    floor.pbx.cut()
    floor.pbx.party.hangsUp(leg)
    await floor.pass(1_000)
    floor.pbx.heal()
    await floor.pass(200)
    expect(anna.view().state).toBe('wrap-up')
    expect(await floor.of(leg)).toMatchObject([{ state: 'stored' }])
  })

  it('a link that is gone for a while finds the recording again, and goes on with it', async () => {
    const { anna, leg } = await floor.inCall(await floor.recorded())
    await floor.pass(noticeMs + 2_000)
    floor.pbx.cut()
    await floor.pass(3_000)
    floor.pbx.heal()
    await floor.pass(1_000)
    await floor.hangUp(anna, leg)
    const recording = await floor.theOneOf(leg)
    expect(recording.state).toBe('stored')
    expect(seconds(recording)).toBeCloseTo(6, 0)
  })

  it('a server that dies adopts the recording that is there, with its reasons to stand still', async () => {
    const { anna, leg } = await floor.inCall(await floor.recorded())
    await floor.pass(noticeMs + 2_000)
    const focus = (on: boolean) => anna.must('recordings.sensitive', { params: { id: leg }, body: { on } })
    await focus(true)
    await anna.ask(leg, { do: 'record-pause' })
    await focus(false)
    await floor.restartServer()
    await anna.reconnect()
    await floor.pass(2_000)
    expect(await stateNow(anna)).toBe('paused')
    await anna.ask(leg, { do: 'record-resume' })
    await floor.pass(1_000)
    await floor.hangUp(anna, leg)
    const recording = await floor.theOneOf(leg)
    expect(recording).toMatchObject({ state: 'stored', pauses: [{ why: ['sensitive', 'operator'] }] })
    expect(seconds(recording)).toBeCloseTo(3, 0)
  })

  it('a server that dies before the sound is home fetches it at its next start', async () => {
    const { leg } = await floor.inCall(await floor.recorded())
    await floor.pass(noticeMs + 2_000)
    await floor.restartServer(() => floor.pbx.party.hangsUp(leg))
    await floor.pass(200)
    expect(await floor.of(leg)).toMatchObject([{ state: 'stored' }])
  })

  it.each([
    ['after the file was written, before its row was', { state: 'ended' }, true],
    ['after the row was written, before the switch was told', { state: 'stored', on_switch: true }, false],
  ] as const)('a server that dies %s does it again, and once', async (_when, change, isNew) => {
    const { anna, leg } = await floor.inCall(await floor.recorded())
    await floor.pass(noticeMs + 2_000)
    await floor.hangUp(anna, leg)
    const { id } = await floor.theOneOf(leg)
    await floor.restartServer(() => undefined)
    if (isNew) {
      // As the killed one left it: the switch still has the sound, under the same name.
      await floor.telephony.createBridge('spare')
      await floor.telephony.record({ id, bridge: 'spare', format: 'wav' })
      const none = {
        stored_at: null,
        duration_ms: null,
        bytes: null,
        sha256: null,
        key_id: null,
        salt: null,
        peaks: null,
      }
      await floor.db
        .updateTable('recordings')
        .set({ ...none, ...change, on_switch: true })
        .where('id', '=', id)
        .execute()
    } else {
      await floor.db.updateTable('recordings').set({ on_switch: true }).where('id', '=', id).execute()
    }
    await floor.restartServer(() => undefined)
    await floor.pass(200)
    expect(await floor.of(leg)).toMatchObject([{ id, state: 'stored' }])
    const row = await floor.db
      .selectFrom('recordings')
      .select('on_switch')
      .where('id', '=', id)
      .executeTakeFirst()
    expect(row).toEqual({ on_switch: false })
    expect(floor.files()).toEqual([`${id}.sealed`])
    await expect(floor.telephony.fetchRecording(id)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('a switch that lost the sound leaves a recording that says so', async () => {
    const { leg } = await floor.inCall(await floor.recorded())
    await floor.pass(noticeMs + 2_000)
    const { id } = await floor.theOneOf(leg)
    await floor.restartServer(() => {
      floor.pbx.party.hangsUp(leg)
      floor.pbx.loses(id)
    })
    await floor.pass(200)
    expect(await floor.of(leg)).toMatchObject([{ state: 'missing', failure: 'lost' }])
  })
})
