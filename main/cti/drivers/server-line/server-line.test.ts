import { beforeEach, describe, expect, test } from 'vitest'
import { handClock } from '../../../../tests/fakes/clock.ts'
import type { LegState } from '../../../../shared/crm-api/lines.ts'
import type { StreamMessage } from '../../../../shared/crm-api/stream.ts'
import type { CtiEvent } from '../../../../shared/domain/call/legs.ts'
import { AppError } from '../../../../shared/std/errors.ts'
import { cell, emitter } from '../../../../shared/std/event.ts'
import type { CallId, LegId } from '../../../../shared/std/ids.ts'
import { silentLog } from '../../../../shared/std/log.ts'
import { createServerLine } from './server-line.ts'

const leg = 'attempt-1' as LegId
const call = 'attempt-1' as CallId
const asked = 'asked-1' as LegId

/** The server's two ends, in our hands. */
function serverInHand() {
  const clock = handClock()
  const messages = emitter<StreamMessage>()
  const link = cell<'up' | 'down'>('down')
  const sent: { key: string | undefined; do: string }[] = []
  const answers: (() => Promise<object>)[] = []
  const phone = { mute: [] as boolean[], ring: [] as (string | null)[] }
  let kind: 'web' | 'desk' = 'web'
  let keys = 0
  const driver = createServerLine({
    lines: {
      command: ({ body }, { key } = {}) => {
        sent.push({ key, do: body.do })
        return (answers.shift() ?? (async () => ({})))()
      },
    },
    stream: { messages: messages.event, link },
    phone: () => ({
      mute: async (on) => void phone.mute.push(on),
      ring: async (on, how = 'call') => void phone.ring.push(on ? how : null),
    }),
    phoneKind: () => kind,
    clock,
    makeId: () => `key-${++keys}`,
    log: silentLog,
  })
  const events: CtiEvent[] = []
  driver.events((event) => events.push(event))
  const state = (part: Partial<LegState> = {}): LegState => ({
    leg,
    call,
    direction: 'out',
    peer: '+393312345678',
    to: '',
    state: 'answered',
    held: false,
    muted: false,
    consult: null,
    recording: 'off',
    startedAt: clock.now(),
    answeredAt: clock.now(),
    ...part,
  })
  return {
    clock,
    driver,
    events,
    sent,
    answers,
    phone,
    state,
    tell: messages.emit,
    link,
    deskPhone: () => (kind = 'desk'),
    /** The server greets with its own clock, then tells what is up. */
    greet: (legs: LegState[] = [], offset = 0, its: 'up' | 'down' = 'up') => {
      link.set('up')
      messages.emit({ type: 'hello', now: clock.now() + offset })
      messages.emit({ type: 'legs', snapshot: { link: its, legs } })
    },
  }
}

describe('the line of the server', () => {
  let server: ReturnType<typeof serverInHand>
  beforeEach(() => {
    server = serverInHand()
    void server.driver.connect(new AbortController().signal)
  })

  test('is up once the server has told what is on it, and its switch is there', async () => {
    server.link.set('up')
    server.tell({ type: 'hello', now: server.clock.now() })
    expect(server.events).toEqual([])
    await expect(server.driver.snapshot()).rejects.toMatchObject({ code: 'line-down' })
    server.greet([server.state()], 0, 'down')
    expect(server.events).toEqual([])
    server.tell({ type: 'leg', event: { type: 'link-up', at: server.clock.now() } })
    expect(server.events).toEqual([])
    server.tell({ type: 'legs', snapshot: { link: 'up', legs: [server.state()] } })
    expect(server.events).toMatchObject([{ type: 'link-up' }])
    expect(await server.driver.snapshot()).toMatchObject([{ leg, state: 'answered' }])
  })

  test('is down with the server and with its switch, told once each time', () => {
    server.greet()
    server.tell({ type: 'leg', event: { type: 'link-down', reason: 'gone', at: server.clock.now() } })
    server.link.set('down')
    server.greet()
    server.link.set('down')
    expect(server.events.map(({ type }) => type)).toEqual(['link-up', 'link-down', 'link-up', 'link-down'])
  })

  test('tells the time on the clock of this machine, never going back', async () => {
    const hour = 3_600_000
    server.greet([server.state({ startedAt: server.clock.now() + hour, answeredAt: null })], hour)
    const [found] = await server.driver.snapshot()
    expect(found).toMatchObject({ startedAt: server.clock.now(), answeredAt: null })
    server.clock.pass(1_000)
    server.tell({ type: 'leg', event: { type: 'leg-answered', leg, at: server.clock.now() + hour } })
    expect(server.events.at(-1)).toMatchObject({ type: 'leg-answered', at: server.clock.now() })
    server.tell({ type: 'leg', event: { type: 'leg-held', leg, at: server.clock.now() + hour - 500 } })
    expect(server.events.at(-1)).toMatchObject({ type: 'leg-held', at: server.clock.now() })
  })

  test('asks again under the same key where the answer was lost, and not where it was a refusal', async () => {
    server.greet([server.state()])
    const lost = async () => {
      throw new AppError('server-unreachable', 'reset')
    }
    server.answers.push(lost, lost)
    await server.driver.execute({ do: 'hold', leg })
    expect(server.sent.map(({ key }) => key)).toEqual(['key-1', 'key-1', 'key-1'])
    server.answers.push(async () => {
      throw new AppError('not-in-this-state', 'no')
    })
    const refused = server.driver.execute({ do: 'resume', leg })
    await expect(refused).rejects.toMatchObject({ code: 'not-in-this-state' })
    expect(server.sent).toHaveLength(4)
  })

  test('gives up a command that is not answered before the page does', async () => {
    server.greet([server.state()])
    let abort = () => {}
    server.answers.push(
      () =>
        new Promise((_resolve, reject) => {
          abort = () => reject(new AppError('disconnected', 'nobody waits'))
        }),
    )
    const hold = server.driver.execute({ do: 'hold', leg })
    server.clock.pass(8_000)
    abort()
    await expect(hold).rejects.toMatchObject({ code: 'deadline-passed' })
    expect(server.sent).toHaveLength(1)
  })

  test('mutes the microphone of the page and says so itself; a desk phone has a key of its own', async () => {
    server.greet([server.state()])
    await server.driver.execute({ do: 'mute', leg })
    expect(server.phone.mute).toEqual([true])
    expect(server.sent).toEqual([])
    expect(server.events.at(-1)).toMatchObject({ type: 'leg-muted', leg })
    // The server says `muted: false` of every leg: it does not know.
    server.greet([server.state()])
    expect(await server.driver.snapshot()).toMatchObject([{ muted: true }])
    expect(server.driver.abilities.has('mute')).toBe(true)
    server.deskPhone()
    expect(server.driver.abilities.has('mute')).toBe(false)
  })

  test('opens the microphone before each call, whoever begins it', async () => {
    server.greet()
    await server.driver.execute({ do: 'dial', leg, to: '+393312345678' })
    const at = server.clock.now()
    server.tell({ type: 'leg', event: { type: 'leg-dialed', leg, call, from: '', to: '', at } })
    server.tell({ type: 'leg', event: { type: 'leg-offered', leg, call, from: '', to: '', at } })
    expect(server.phone.mute).toEqual([false, false, false])
  })

  test('rings for a caller, and with another tone for a colleague who asks, until it is over', () => {
    server.greet()
    const at = server.clock.now()
    const offered = { type: 'leg-offered', from: 'a', to: 'b', at, call } as const
    server.tell({ type: 'leg', event: { ...offered, leg } })
    server.tell({ type: 'leg', event: { ...offered, leg } })
    server.tell({ type: 'leg', event: { type: 'leg-answered', leg, at } })
    server.tell({ type: 'leg', event: { ...offered, leg: asked } })
    server.tell({ type: 'leg', event: { type: 'leg-ended', leg: asked, end: 'no-answer', at } })
    expect(server.phone.ring).toEqual(['call', null, 'leg', null])
    server.greet([server.state({ direction: 'in', state: 'ringing' })])
    expect(server.phone.ring.at(-1)).toBe('call')
    server.greet([])
    expect(server.phone.ring.at(-1)).toBeNull()
  })
})
