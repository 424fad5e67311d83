import fc from 'fast-check'
import { expect, test } from 'vitest'
import { silentLog } from '../../../shared/std/log.ts'
import { testClock } from '../../../tests/support/clock.ts'
import type { Snapshot, TelephonyEvent } from '../port.ts'
import { fakeTelephony } from './fake.ts'

const ids = ['a', 'b', 'c', 'd']
const bridges = ['x', 'y']
const endings = ['01', '02', '04', '05', '07', '55']

const id = fc.constantFrom(...ids)
const bridge = fc.constantFrom(...bridges)

/** Anything that the server and the world outside may do, in any order. */
const step = fc.oneof(
  fc.record({ do: fc.constant('call' as const), id, ending: fc.constantFrom(...endings) }),
  fc.record({ do: fc.constantFrom('hangUp', 'answer', 'music', 'leaves', 'holds', 'presses'), id }),
  fc.record({ do: fc.constantFrom('add', 'remove'), id, bridge }),
  fc.record({ do: fc.constantFrom('makeBridge', 'dropBridge'), bridge }),
  fc.record({ do: fc.constant('snoop' as const), id }),
  fc.record({ do: fc.constant('callIn' as const) }),
  fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 8_000 }) }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function shift() {
  const clock = testClock()
  const { telephony, pbx } = fakeTelephony({ clock, log: silentLog })
  const events: TelephonyEvent[] = []
  telephony.events((event) => events.push(event))
  telephony.open()
  clock.advance(1)
  let calls = 0

  async function run(what: Step): Promise<void> {
    switch (what.do) {
      case 'call': {
        const to = { kind: 'trunk', number: `+3933123456${what.ending}`, callerId: '' } as const
        const channel = `${what.id}-${calls++ % 3}`
        await telephony.createChannel({ id: channel, to, timeoutMs: 5_000 })
        return void (await telephony.dial(channel))
      }
      case 'add':
        return void (await telephony.addToBridge(what.bridge, `${what.id}-0`))
      case 'remove':
        return void (await telephony.removeFromBridge(what.bridge, `${what.id}-0`))
      case 'makeBridge':
        return void (await telephony.createBridge(what.bridge))
      case 'dropBridge':
        return void (await telephony.destroyBridge(what.bridge))
      case 'snoop': {
        const [channel, snoop] = [`${what.id}-0`, `${what.id}-2`]
        return void (await telephony.snoop({ id: snoop, channel, spy: 'both', whisper: 'none' }))
      }
      case 'pass':
        return clock.advance(what.ms)
      case 'callIn':
        return void pbx.callIn({ to: '+3906123456' })
      default:
        return onChannel(what)
    }
  }

  async function onChannel(what: { do: string; id: string }): Promise<void> {
    const channel = `${what.id}-0`
    if (what.do === 'hangUp') await telephony.hangUp(channel)
    if (what.do === 'answer') await telephony.answer(channel)
    if (what.do === 'music') await telephony.startMusic(channel)
    if (what.do === 'leaves') pbx.party.hangsUp(channel)
    if (what.do === 'holds') pbx.party.holds(channel)
    if (what.do === 'presses') pbx.party.presses(channel, '5')
  }
  return { telephony, events, run }
}

const begins = new Set(['channel-created', 'incoming'])

/** Channels as the events tell them, one life after the other; throws where the order is not one of a call. */
function lives(events: readonly TelephonyEvent[]): Snapshot['channels'] {
  const alive = new Map<string, { -readonly [K in keyof Snapshot['channels'][number]]?: unknown }>()
  for (const event of events) {
    if (!('channel' in event)) continue
    const { channel, type } = event
    const known = alive.get(channel)
    if (begins.has(type)) {
      expect(known, `${channel} begins twice`).toBeUndefined()
      alive.set(channel, { id: channel, state: type === 'incoming' ? 'ringing' : 'down', bridge: null })
      continue
    }
    if (known === undefined) throw new Error(`${type} of ${channel}, which is not there`)
    if (type === 'ended') alive.delete(channel)
    if (type === 'ringing') known.state = 'ringing'
    if (type === 'answered') {
      expect(known.state, `${channel} is answered twice`).not.toBe('up')
      known.state = 'up'
    }
    if (type === 'entered-bridge') known.bridge = event.bridge
    if (type === 'left-bridge') known.bridge = null
  }
  return [...alive.values()] as Snapshot['channels']
}

const facts = (channels: Snapshot['channels']) =>
  channels.map(({ id: name, state, bridge: where }) => `${name} ${state} ${where}`).toSorted()

/** Gaps and races: tests/contract/telephony-life.test.ts. */
test('without a gap the snapshot is what the events told, at every moment', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const { telephony, events, run } = shift()
      for (const what of steps) {
        await run(what)
        expect(facts((await telephony.snapshot()).channels)).toEqual(facts(lives(events)))
      }
    }),
    { numRuns: 300 },
  )
})
