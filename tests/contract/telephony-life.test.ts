import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fakeTelephony } from '../../server/telephony/fake/fake.ts'
import type { TelephonyEvent } from '../../server/telephony/port.ts'
import { AppError } from '../../shared/std/errors.ts'
import { silentLog } from '../../shared/std/log.ts'
import { testClock } from '../support/clock.ts'

const digits = fc.constantFrom('01', '02', '04', '05', '06', '07', '10', '13', '15', '55')
/** Which of the channels made so far. */
const which = fc.nat({ max: 5 })
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('call'), digits }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('wait'), ms: fc.constantFrom(1, 60, 1_100, 6_000) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('slow-down'), ms: fc.constantFrom(0, 30, 2_000) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom('hang-up', 'dial-again', 'make-again', 'bridge', 'unbridge', 'snoop'),
      which,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('they-answer', 'they-hang-up'), which }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('call-in', 'cut', 'heal', 'restart', 'take-over', 'open') }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** A switch whose life is played step by step; what it said is in `events`. */
function life() {
  const clock = testClock()
  const { telephony, pbx } = fakeTelephony({ clock, log: silentLog })
  const events: TelephonyEvent[] = []
  const ids: string[] = []
  const refusals: unknown[] = []
  telephony.events((event) => events.push(event))

  /** Commands are not waited for: they race with everything else, as in the running server. */
  const ask = (command: Promise<unknown>) => void command.catch((error: unknown) => refusals.push(error))
  const to = (number: string) => ({ kind: 'trunk', number, callerId: '' }) as const
  const make = (id: string, number: string) =>
    telephony
      .createChannel({ id, to: to(number), timeoutMs: 5_000 })
      .then((accepted) => (accepted === 'gone' ? accepted : telephony.dial(id)))

  const play = async (each: Step): Promise<void> => {
    const id = 'which' in each ? (ids[each.which] ?? 'nobody') : ''
    if ('digits' in each) {
      const made = `call-${ids.length}`
      ids.push(made)
      ask(make(made, `+3933123456${each.digits}`))
    } else if ('ms' in each) {
      if (each.do === 'slow-down') pbx.slowDown(each.ms)
      else clock.advance(each.ms)
    } else if (each.do === 'hang-up') ask(telephony.hangUp(id))
    else if (each.do === 'dial-again') ask(telephony.dial(id))
    // An id is never used again after its end, and callers' ids are the switch's.
    else if (each.do === 'make-again') {
      if (id.startsWith('call-') && !events.some((event) => event.type === 'ended' && event.channel === id))
        ask(telephony.createChannel({ id, to: to('+393312345655'), timeoutMs: 5_000 }))
    } else if (each.do === 'bridge')
      ask(telephony.createBridge('bridge').then(() => telephony.addToBridge('bridge', id)))
    else if (each.do === 'unbridge') ask(telephony.removeFromBridge('bridge', id))
    else if (each.do === 'snoop') {
      const made = `snoop-${ids.length}`
      ids.push(made)
      ask(telephony.snoop({ id: made, channel: id, spy: 'both', whisper: 'none' }))
    } else if (each.do === 'they-answer') pbx.party.answers(id)
    else if (each.do === 'they-hang-up') pbx.party.hangsUp(id)
    else if (each.do === 'call-in') ids.push(pbx.callIn({ to: '+3906123456' }))
    else if (each.do === 'cut') pbx.cut()
    else if (each.do === 'heal') pbx.heal()
    else if (each.do === 'restart') pbx.restart()
    else if (each.do === 'take-over') pbx.takeOver()
    else telephony.open()
    await new Promise(setImmediate)
  }

  const settle = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 500) {
      clock.advance(500)
      await new Promise(setImmediate)
    }
  }
  /** Peace: the link is there, everything that was begun is over. */
  const end = async () => {
    pbx.slowDown(0)
    pbx.heal()
    telephony.open()
    await settle(70_000)
    for (const { id } of (await telephony.snapshot()).channels) await telephony.hangUp(id)
    await settle(1_000)
  }
  return { telephony, pbx, events, refusals, play, settle, end }
}

const ofChannel = (events: readonly TelephonyEvent[]) => {
  const found = new Map<string, TelephonyEvent['type'][]>()
  for (const event of events) {
    if (!('channel' in event)) continue
    found.set(event.channel, [...(found.get(event.channel) ?? []), event.type])
  }
  return found
}

test('whatever happens to calls, callers and the link: each channel that was told of ends exactly once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
      const { telephony, events, refusals, play, settle, end } = life()
      telephony.open()
      await settle(500)
      for (const each of steps) await play(each)
      await end()

      for (const [id, types] of ofChannel(events)) {
        const once = ['channel-created', 'incoming', 'ringing', 'answered', 'ended'] as const
        for (const type of once)
          expect(types.filter((each) => each === type).length, `${type} of ${id}`).toBeLessThan(2)
        // Nothing before its beginning unless that fell into a gap, nothing after its end.
        expect(types.at(-1), `the last of ${id}`).toBe('ended')
        const order = types.filter((type) => (once as readonly string[]).includes(type))
        const rank = (type: string) => Math.max(1, (once as readonly string[]).indexOf(type))
        expect(order).toEqual(order.toSorted((a, b) => rank(a) - rank(b)))
      }
      expect(await telephony.snapshot()).toMatchObject({ channels: [] })
      const times = events.map(({ at }) => at)
      expect(times).toEqual(times.toSorted((a, b) => a - b))
      // A race is an answer; only a link that is not there is refused.
      for (const error of refusals) {
        expect(error).toBeInstanceOf(AppError)
        expect(error).toMatchObject({ code: 'line-down' })
      }
    }),
    { numRuns: 400 },
  )
})

test('link-down and link-up take turns, and a gap is closed before the link is said to be up', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
      const { telephony, events, play, settle, end } = life()
      telephony.open()
      await settle(500)
      for (const each of steps) await play(each)
      await end()
      const [first, ...rest] = events.flatMap(({ type }) =>
        type === 'link-up' || type === 'link-down' || type === 'gap' ? [type] : [],
      )
      expect(first).toBe('link-up')
      const turns = ['link-down', 'gap', 'link-up']
      expect(rest).toEqual(rest.map((_, index) => turns[index % 3]))
      // Between a link that went and the gap there is silence, in the gap only what was missed.
      let link: string = 'link-up'
      for (const event of events) {
        if (event.type === 'link-up' || event.type === 'link-down' || event.type === 'gap') link = event.type
        else if (link === 'gap')
          expect(['ended', 'playback-finished', 'recording-finished']).toContain(event.type)
        else expect(link).toBe('link-up')
      }
    }),
    { numRuns: 400 },
  )
})

test('a channel that is hung up while it is being made ends once and leaves nothing behind', async () => {
  const { telephony, pbx, events, settle } = life()
  telephony.open()
  await settle(500)
  pbx.slowDown(1_000)
  const to = { kind: 'trunk', number: '+393312345655', callerId: '' } as const
  const made = telephony.createChannel({ id: 'given-up', to, timeoutMs: 5_000 })
  const hungUp = telephony.hangUp('given-up')
  await settle(2_000)
  expect(await Promise.all([made, hungUp])).toEqual(['gone', 'done'])
  expect(ofChannel(events).get('given-up')).toEqual(['channel-created', 'ended'])
  expect(events.at(-1)).toMatchObject({ type: 'ended', end: 'cancelled' })
  pbx.slowDown(0)
  expect(await telephony.snapshot()).toMatchObject({ channels: [] })
})
