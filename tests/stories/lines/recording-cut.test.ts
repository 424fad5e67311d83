import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Phoned } from '../../support/floor-phones.ts'
import type { RecordingFloor } from '../../support/recording-floor.ts'
import { noticeMs, recordingFloor, seconds, stateNow, whys } from '../../support/recording-floor.ts'

let floor: RecordingFloor
beforeEach(async () => {
  floor = await recordingFloor()
})
afterEach(() => floor.close())

const focus = (anna: Phoned, leg: string, on: boolean) =>
  anna.must('recordings.sensitive', { params: { id: leg }, body: { on } })

/** Four seconds are recorded when the link to the switch breaks and a sensitive field gets the focus. */
async function focusWithoutLink() {
  const { anna, leg } = await floor.inCall(await floor.recorded())
  await floor.pass(noticeMs + 4_000)
  floor.pbx.cut()
  await floor.pass(50)
  await focus(anna, leg, true)
  await floor.pass(6_000)
  return { anna, leg }
}

describe('a sensitive field that gets the focus while the switch cannot be told', () => {
  it('ends the recording a second before it, and another one begins when the field is left', async () => {
    const { anna, leg } = await focusWithoutLink()
    floor.pbx.heal()
    await floor.pass(100)
    expect(await stateNow(anna)).toBe('off')
    await floor.pass(5_000)
    await focus(anna, leg, false)
    expect(await stateNow(anna)).toBe('on')
    await floor.pass(2_000)
    await floor.hangUp(anna, leg)
    const [first, second] = await floor.of(leg)
    expect([first, second].map((each) => each?.state)).toEqual(['stored', 'stored'])
    expect(first && seconds(first)).toBeCloseTo(3, 0)
    expect(first && seconds(first)).toBeLessThanOrEqual(3.2)
    expect(first && whys(first)).toEqual([['sensitive']])
    expect(second && seconds(second)).toBeCloseTo(2, 0)
  })

  it('does so also where it was left again before the switch could be told', async () => {
    const { anna, leg } = await focusWithoutLink()
    await focus(anna, leg, false)
    await floor.pass(1_000)
    floor.pbx.heal()
    await floor.pass(100)
    expect(await stateNow(anna)).toBe('on')
    await floor.pass(2_000)
    await floor.hangUp(anna, leg)
    const lengths = (await floor.of(leg)).map((each) => Math.round(seconds(each)))
    expect(lengths).toEqual([3, 2])
  })

  it('does so also where the call ended meanwhile', async () => {
    const { leg } = await focusWithoutLink()
    floor.pbx.party.hangsUp(leg)
    await floor.pass(1_000)
    floor.pbx.heal()
    await floor.pass(200)
    expect(Math.round(seconds(await floor.theOneOf(leg)))).toBe(3)
  })

  it('does so also where the server dies meanwhile', async () => {
    const { anna, leg } = await focusWithoutLink()
    await floor.restartServer()
    floor.pbx.heal()
    await floor.pass(100)
    await anna.reconnect()
    await floor.pass(1_000)
    await focus(anna, leg, false)
    await floor.pass(2_000)
    await floor.hangUp(anna, leg)
    const lengths = (await floor.of(leg)).map((each) => Math.round(seconds(each)))
    expect(lengths).toEqual([3, 2])
  })

  it('keeps all of a recording that stood still already', async () => {
    const { anna, leg } = await floor.inCall(await floor.recorded())
    await floor.pass(noticeMs + 4_000)
    await anna.ask(leg, { do: 'record-pause' })
    await floor.pass(1_000)
    floor.pbx.cut()
    await floor.pass(50)
    await focus(anna, leg, true)
    await floor.pass(1_000)
    await focus(anna, leg, false)
    floor.pbx.heal()
    await floor.pass(100)
    expect(await stateNow(anna)).toBe('paused')
    await anna.ask(leg, { do: 'record-resume' })
    await floor.pass(2_000)
    await floor.hangUp(anna, leg)
    expect(Math.round(seconds(await floor.theOneOf(leg)))).toBe(6)
  })
})
