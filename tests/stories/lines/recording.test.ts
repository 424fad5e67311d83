import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callersOn } from '../../support/callers.ts'
import type { Phoned } from '../../support/floor-phones.ts'
import type { RecordingFloor } from '../../support/recording-floor.ts'
import { noticeMs, recordingFloor, seconds, stateNow, told, whys } from '../../support/recording-floor.ts'

let floor: RecordingFloor
const callers = callersOn(() => floor)
beforeAll(async () => {
  floor = await recordingFloor()
})
afterAll(() => floor.close())

describe('a campaign whose calls are all recorded', () => {
  it('has the notice heard by both first, records then, and keeps the sound when the call is over', async () => {
    const { anna, leg } = await floor.inCall(await floor.recorded())
    const notice = 'sound:recording-notice-it'
    expect(floor.pbx.hears(leg)).toEqual(new Set([await anna.channel(), notice]))
    expect(floor.pbx.hears(await anna.channel())).toContain(notice)
    await floor.pass(noticeMs - 400)
    expect(told(anna, leg)).toEqual([])
    await floor.pass(400)
    expect(told(anna, leg)).toEqual(['on'])
    expect(floor.pbx.hears(leg)).toEqual(new Set([await anna.channel()]))
    expect(await floor.of(leg)).toMatchObject([{ state: 'recording', durationMs: null }])
    await floor.pass(5_000)
    await floor.hangUp(anna, leg)
    const recording = await floor.theOneOf(leg)
    expect(recording).toMatchObject({
      state: 'stored',
      attempt: leg,
      operator: { id: anna.user.id },
      contact: { id: anna.offer().contact.id },
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      pauses: [],
      failure: null,
    })
    expect(recording.peaks).toHaveLength(400)
    expect(seconds(recording)).toBeCloseTo(5, 0)
    expect(floor.files()).toContain(`${recording.id}.sealed`)
    // Only then the switch forgets it.
    await expect(floor.telephony.fetchRecording(recording.id)).rejects.toMatchObject({ code: 'not-found' })
    await anna.wrapUp('not-interested')
  })

  it('records nobody who hung up before the end of the notice', async () => {
    const { anna, leg } = await floor.inCall(await floor.recorded())
    floor.pbx.party.hangsUp(leg)
    await floor.pass(100)
    expect(await floor.of(leg)).toEqual([])
    await anna.wrapUp('not-interested')
  })

  it('stands still while the customer is on hold, by hand, and by nothing else than all of it', async () => {
    const { anna, leg } = await floor.inCall(await floor.recorded())
    await floor.pass(noticeMs + 2_000)
    await anna.ask(leg, { do: 'hold' })
    await floor.pass(3_000)
    await anna.ask(leg, { do: 'record-pause' })
    expect(await anna.tryAsk(leg, { do: 'record-resume' })).toMatchObject({
      status: 409,
      body: { details: { reasons: ['hold'] } },
    })
    await anna.ask(leg, { do: 'record-pause' })
    await anna.ask(leg, { do: 'resume' })
    await floor.pass(4_000)
    expect(await stateNow(anna)).toBe('paused')
    await anna.ask(leg, { do: 'record-resume' })
    expect(await stateNow(anna)).toBe('on')
    await floor.pass(1_000)
    expect(await anna.tryAsk(leg, { do: 'record-stop' })).toMatchObject({ status: 409 })
    await floor.hangUp(anna, leg)
    const recording = await floor.theOneOf(leg)
    expect(whys(recording)).toEqual([['hold', 'operator']])
    expect(recording.pauses[0]?.lastedMs).toBeGreaterThanOrEqual(7_000)
    expect(seconds(recording)).toBeCloseTo(3, 0)
    await anna.wrapUp('not-interested')
  })

  it('begins the notice anew where a hold broke it off', async () => {
    const { anna, leg } = await floor.inCall(await floor.recorded())
    await floor.pass(1_000)
    await anna.ask(leg, { do: 'hold' })
    await floor.pass(4_000)
    expect(told(anna, leg)).toEqual([])
    await anna.ask(leg, { do: 'resume' })
    await floor.pass(noticeMs - 200)
    expect(told(anna, leg)).toEqual([])
    await floor.pass(300)
    expect(told(anna, leg)).toEqual(['on'])
    await floor.hangUp(anna, leg)
    await anna.wrapUp('not-interested')
  })

  it('does not record what is said to somebody outside who was not told, but a colleague in the call', async () => {
    const { anna, leg } = await floor.inCall(await floor.recorded())
    await floor.pass(noticeMs + 1_000)
    await anna.ask(leg, { do: 'consult', consult: 'asked-1', to: { kind: 'number', number: '0815521208' } })
    await floor.pass(2_000)
    expect(await stateNow(anna)).toBe('paused')
    await anna.ask(leg, { do: 'join' })
    expect(await stateNow(anna)).toBe('paused')
    await anna.ask(leg, { do: 'cancel-consult' })
    await floor.settled()
    expect(await stateNow(anna)).toBe('on')
    await floor.hangUp(anna, leg)
    expect(whys(await floor.theOneOf(leg))).toEqual([['consult']])
    await anna.wrapUp('not-interested')
  })

  it('goes on without another notice with the colleague who takes the call, as a recording of theirs', async () => {
    const campaign = await floor.recorded()
    const { anna, leg } = await floor.inCall(campaign)
    await floor.pass(noticeMs + 2_000)
    const luca = await floor.phoned(campaign)
    await luca.work()
    await anna.ask(leg, { do: 'transfer', to: { kind: 'operator', user: luca.user.id } })
    await floor.settled()
    const theirs = luca.offer().attempt
    expect(told(luca, theirs)).toEqual(['on'])
    await floor.pass(4_000)
    await luca.ask(theirs, { do: 'hang-up' })
    await floor.pass(50)
    const first = await floor.theOneOf(leg)
    const second = await floor.theOneOf(theirs)
    expect(first).toMatchObject({ state: 'stored', operator: { id: anna.user.id } })
    expect(second).toMatchObject({ state: 'stored', operator: { id: luca.user.id } })
    expect(seconds(second)).toBeCloseTo(4, 0)
    await anna.wrapUp('not-interested')
    await luca.wrapUp('not-interested')
  })

  it('stands still while the operator has no phone', async () => {
    const campaign = await floor.recorded()
    const anna = await floor.phoned(campaign)
    const account = await anna.openPhone()
    await anna.ready()
    await floor.pass(200)
    const leg = await anna.dial()
    await floor.pass(1_200 + noticeMs + 1_000)
    if (account.kind !== 'web') throw new Error('this is a page')
    floor.pbx.phone.goes(account.username)
    await floor.telephony.hangUp(await anna.channel())
    await floor.pass(500)
    expect(await stateNow(anna)).toBe('paused')
    floor.pbx.phone.registers(account.username, account.password)
    await floor.pass(1_500)
    expect(await stateNow(anna)).toBe('on')
    await floor.hangUp(anna, leg)
    expect(whys(await floor.theOneOf(leg))).toEqual([['phone']])
    await anna.wrapUp('not-interested')
  })
})

describe('a caller', () => {
  it('is told, and recorded, as whoever is called', async () => {
    const { campaign, calls } = await callers.called({ recording: 'always' })
    const anna = await callers.ready(campaign)
    const channel = await calls('+390815520177')
    const leg = anna.offer().attempt
    await anna.ask(leg, { do: 'answer' })
    await floor.settled()
    expect(floor.pbx.hears(channel)).toContain('sound:recording-notice-it')
    await floor.pass(noticeMs + 2_000)
    expect(told(anna, leg)).toEqual(['on'])
    await floor.hangUp(anna, leg)
    expect(seconds(await floor.theOneOf(leg))).toBeCloseTo(2, 0)
    await anna.wrapUp('not-interested')
  })
})

describe('a field marked sensitive', () => {
  const focus = (anna: Phoned, leg: string, on: boolean) =>
    anna.must('recordings.sensitive', { params: { id: leg }, body: { on } })

  it('pauses the recording while it has the focus, and the mark says why', async () => {
    const { anna, leg } = await floor.inCall(await floor.recorded())
    await floor.pass(noticeMs + 1_000)
    await focus(anna, leg, true)
    expect(await stateNow(anna)).toBe('paused')
    await floor.pass(6_000)
    await focus(anna, leg, false)
    expect(await stateNow(anna)).toBe('on')
    await floor.pass(1_000)
    await floor.hangUp(anna, leg)
    const recording = await floor.theOneOf(leg)
    expect(whys(recording)).toEqual([['sensitive']])
    expect(seconds(recording)).toBeCloseTo(2, 0)
    await anna.wrapUp('not-interested')
  })

  it('does not resume what the operator has paused by hand', async () => {
    const { anna, leg } = await floor.inCall(await floor.recorded())
    await floor.pass(noticeMs + 1_000)
    await anna.ask(leg, { do: 'record-pause' })
    await focus(anna, leg, true)
    await focus(anna, leg, false)
    expect(await stateNow(anna)).toBe('paused')
    await anna.ask(leg, { do: 'record-resume' })
    expect(await stateNow(anna)).toBe('on')
    await floor.hangUp(anna, leg)
    await anna.wrapUp('not-interested')
  })

  it('that has the focus already when the customer answers lets nothing be recorded', async () => {
    const anna = await floor.phoned(await floor.recorded())
    await anna.work()
    const leg = await anna.dial()
    await focus(anna, leg, true)
    await floor.pass(noticeMs + 3_000)
    expect(told(anna, leg)).toEqual([])
    await focus(anna, leg, false)
    expect(await stateNow(anna)).toBe('on')
    await floor.hangUp(anna, leg)
    await anna.wrapUp('not-interested')
  })

  it('starts nothing that was not wanted, and is of the own call alone', async () => {
    const { anna, leg } = await floor.inCall(await floor.recorded({ recording: 'on-demand' }))
    await focus(anna, leg, true)
    await focus(anna, leg, false)
    await floor.pass(noticeMs + 1_000)
    expect(told(anna, leg)).toEqual([])
    const luca = await floor.phoned()
    await focus(luca, leg, true)
    await anna.ask(leg, { do: 'record-start' })
    await floor.pass(noticeMs + 200)
    expect(await stateNow(anna)).toBe('on')
    await floor.hangUp(anna, leg)
    await anna.wrapUp('not-interested')
  })
})

describe('a campaign whose calls are recorded on demand', () => {
  it('records from the notice that follows the wish until the operator stops it, and once more without it', async () => {
    const { anna, leg } = await floor.inCall(await floor.recorded({ recording: 'on-demand' }))
    await floor.pass(noticeMs + 1_000)
    expect(told(anna, leg)).toEqual([])
    await anna.ask(leg, { do: 'record-start' })
    expect(floor.pbx.hears(leg)).toContain('sound:recording-notice-it')
    await floor.pass(noticeMs + 2_000)
    await anna.ask(leg, { do: 'record-stop' })
    await floor.pass(1_000)
    await anna.ask(leg, { do: 'record-start' })
    expect(told(anna, leg)).toEqual(['on', 'off', 'on'])
    await floor.pass(1_000)
    await floor.hangUp(anna, leg)
    expect(await floor.of(leg)).toMatchObject([{ state: 'stored' }, { state: 'stored' }])
    await anna.wrapUp('not-interested')
  })
})

describe('a campaign whose calls are not recorded', () => {
  it('plays no notice, records nothing, and refuses to', async () => {
    const { anna, leg } = await floor.inCall(await floor.recorded({ recording: 'off' }))
    expect(floor.pbx.hears(leg)).toEqual(new Set([await anna.channel()]))
    expect(await anna.tryAsk(leg, { do: 'record-start' })).toMatchObject({
      status: 409,
      body: { code: 'not-in-this-state' },
    })
    await floor.hangUp(anna, leg)
    expect(await floor.of(leg)).toEqual([])
    await anna.wrapUp('not-interested')
  })
})
