import { beforeEach, expect, test } from 'vitest'
import { AppError } from '../../shared/std/errors.ts'
import { emitter } from '../../shared/std/event.ts'
import { silentLog } from '../../shared/std/log.ts'
import { testClock } from '../../tests/support/clock.ts'
import { telephonyOver } from './over-wire.ts'
import type { ChannelSnapshot, TelephonyEvent } from './port.ts'
import type { Fact, Signal, Wire, WireState } from './wire.ts'

const empty: WireState = {
  startedAt: 'run-1',
  channels: [],
  bridges: [],
  phones: [],
  playbacks: [],
  recordings: [],
}
const up = (id: string): ChannelSnapshot => ({
  id,
  kind: 'out',
  state: 'up',
  held: false,
  bridge: null,
  call: null,
})
const gone = (channel: string): Fact => ({
  fact: 'gone',
  channel,
  wasUp: true,
  cause: 16,
  techCause: null,
  raw: 'Up',
})
const call = { from: '+39081', to: '+3906', name: null, line: 'carrier' }

let given: ReturnType<typeof byHand>
beforeEach(() => {
  given = byHand()
})

/** A wire whose every word is said by the test. */
function byHand() {
  const clock = testClock()
  const signals = emitter<Signal>()
  const done = async () => 'done' as const
  const asked: string[] = []
  const commands = new Proxy({} as Wire['commands'], {
    get: (own, name) =>
      Reflect.get(own, name) ??
      ((id: unknown) => {
        asked.push(`${String(name)} ${typeof id === 'string' ? id : ''}`.trim())
        return done()
      }),
  })
  const wire: Wire = { signals: signals.event, open: () => {}, close: async () => {}, commands }
  const telephony = telephonyOver(wire, { clock, log: silentLog })
  const events: TelephonyEvent[] = []
  telephony.events((event) => events.push(event))
  const say = (fact: Fact) => signals.emit({ signal: 'fact', fact })
  const linkUp = (state: Partial<WireState> = {}, meanwhile: readonly Fact[] = []) =>
    signals.emit({ signal: 'up', state: { ...empty, ...state }, meanwhile })
  const linkDown = (reason = 'broke') => signals.emit({ signal: 'down', reason })
  const make = (id: string, timeoutMs = 10_000) =>
    telephony.createChannel({ id, to: { kind: 'trunk', number: '1', callerId: '' }, timeoutMs })
  const types = (since = 0) => events.slice(since).map(({ type }) => type)
  return { clock, telephony, commands, asked, events, types, say, linkUp, linkDown, make }
}

test('an end that the new link tells while the state is read is told with its true cause, before link-up', async () => {
  const { events, types, linkUp, linkDown, make, say } = given
  linkUp()
  await make('a')
  say({ fact: 'state', channel: 'a', state: 'up' })
  linkDown()
  const since = events.length
  // The state was read before it ended: it says that the channel is there.
  linkUp({ channels: [up('a')] }, [gone('a')])
  expect(types(since)).toEqual(['gap', 'ended', 'link-up'])
  expect(events[since + 1]).toMatchObject({ end: 'hung-up-by-them', cause: 16 })
})

test('a caller who comes while the state is read is told after link-up, though the state has them already', () => {
  const { events, types, linkUp } = given
  const there = { ...up('caller'), kind: 'in', state: 'ringing', call } as const
  linkUp({ channels: [there] }, [{ fact: 'incoming', channel: 'caller', isUp: false, call }])
  expect(types()).toEqual(['link-up', 'incoming'])
  expect(events[1]).toMatchObject({ channel: 'caller', ...call })
})

test('a caller who comes and goes while the state is read is told from beginning to end', () => {
  const { types, linkUp } = given
  linkUp({}, [{ fact: 'incoming', channel: 'caller', isUp: false, call }, gone('caller')])
  expect(types()).toEqual(['link-up', 'incoming', 'answered', 'ended'])
})

test('a server that starts takes over what it finds without a word, and hears its end', async () => {
  const { telephony, types, linkUp, say } = given
  linkUp({ channels: [up('from-before')] })
  expect(types()).toEqual(['link-up'])
  expect(await telephony.snapshot()).toMatchObject({ channels: [{ id: 'from-before', state: 'up' }] })
  say(gone('from-before'))
  expect(types()).toEqual(['link-up', 'ended'])
})

test('sounds and recordings whose end was missed are told as finished, those that go on are not', async () => {
  const { telephony, events, linkUp, linkDown } = given
  linkUp()
  const on = { channel: 'a' }
  for (const id of ['over', 'on']) await telephony.play({ id: `p-${id}`, on, sound: 'sound:beep' })
  for (const id of ['over', 'on']) await telephony.record({ id: `r-${id}`, bridge: 'b', format: 'wav' })
  linkDown()
  const since = events.length
  linkUp({ playbacks: ['p-on'], recordings: ['r-on'] })
  expect(events.slice(since)).toMatchObject([
    { type: 'gap' },
    { type: 'playback-finished', playback: 'p-over', ok: false },
    { type: 'recording-finished', recording: 'r-over', seconds: null },
    { type: 'link-up', restarted: false },
  ])
})

test('a link that cannot be made is told once, not with every try', () => {
  const { events, types, linkUp, linkDown } = given
  for (const reason of ['refused', 'refused', 'not reached']) linkDown(reason)
  linkUp()
  linkDown('broke')
  linkDown('refused')
  expect(types()).toEqual(['link-down', 'link-up', 'link-down'])
  expect(events[2]).toMatchObject({ reason: 'broke' })
})

test('facts about channels that are none of ours tell nothing', () => {
  const { types, linkUp, say } = given
  linkUp()
  say({ fact: 'state', channel: 'foreign', state: 'up' })
  say({ fact: 'dtmf', channel: 'foreign', digit: '1' })
  say(gone('foreign'))
  expect(types()).toEqual(['link-up'])
})

test('a time-out that falls into a gap is carried out after it', async () => {
  const { clock, telephony, asked, events, linkUp, linkDown, make, say } = given
  linkUp()
  await make('a', 5_000)
  await telephony.dial('a')
  linkDown()
  clock.advance(6_000)
  expect(asked).not.toContain('hangUp a')
  linkUp({ channels: [{ ...up('a'), state: 'ringing' }] })
  expect(asked).toContain('hangUp a')
  say({ ...gone('a'), wasUp: false } as Fact)
  expect(events.at(-1)).toMatchObject({ type: 'ended', end: 'no-answer', ourTimeout: true })
})

test('a cancel that loses against the answer was an answered call, whatever order the switch tells', async () => {
  const { telephony, events, types, linkUp, make, say } = given
  linkUp()
  await make('a')
  await telephony.dial('a')
  await telephony.hangUp('a')
  say(gone('a'))
  expect(types()).toEqual(['link-up', 'channel-created', 'answered', 'ended'])
  expect(events.at(-1)).toMatchObject({ end: 'hung-up-by-us', class: 'answered' })
})

test('a create that nobody answered may have happened: what the switch tells of it counts', async () => {
  const { commands, types, linkUp, make, say } = given
  linkUp()
  Object.assign(commands, {
    createChannel: async () => {
      throw new AppError('deadline-passed', 'no answer')
    },
  })
  await expect(make('a')).rejects.toMatchObject({ code: 'deadline-passed' })
  say({ ...gone('a'), wasUp: false } as Fact)
  expect(types()).toEqual(['link-up', 'channel-created', 'ended'])
})

test('a create that was refused leaves nothing behind', async () => {
  const { commands, types, linkUp, make, say } = given
  linkUp()
  Object.assign(commands, {
    createChannel: async () => {
      throw new AppError('not-found', 'no way there')
    },
  })
  await expect(make('a')).rejects.toMatchObject({ code: 'not-found' })
  say(gone('a'))
  expect(types()).toEqual(['link-up'])
})
