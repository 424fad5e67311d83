import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CtiDriver } from '../../main/cti/driver.ts'
import type { CtiEvent, LegSnapshot } from '../../shared/domain/call/legs.ts'
import type { LiveLegs } from '../../shared/domain/call/live-legs.ts'
import { follow } from '../../shared/domain/call/live-legs.ts'
import type { LegId } from '../../shared/std/ids.ts'

/** A driver with its switch, as the specification needs them. */
export interface DriverUnderTest {
  driver: CtiDriver
  /** Lets time go on: by hand or in life. Called until what is waited for has happened. */
  pass(): Promise<void>
  /** How the switch calls the leg that a test names; the name itself where it takes any. */
  leg?(name: string): LegId
  /** Numbers by what happens when they are called. */
  numbers: { answers: string; busy: string; rings: string; unknown: string }
  /** The link between driver and switch breaks and comes back. */
  cut(): void
  heal(): void
}

/** The legs as their events tell them: what a driver's snapshot has to agree with. */
function told(events: readonly CtiEvent[]) {
  const legs = events.reduce<LiveLegs>(follow, new Map())
  return [...legs.values()].map(shown)
}
const shown = ({ leg, state, held, muted }: LegSnapshot) => ({ leg, state, held, muted })

/** One specification, run against every driver. */
export function ctiDriverContract(
  name: string,
  open: () => DriverUnderTest | Promise<DriverUnderTest>,
): void {
  describe(`the driver ${name}`, () => {
    let line: DriverUnderTest
    let driver: CtiDriver
    let events: CtiEvent[]

    const leg = (name: string) => line.leg?.(name) ?? (`leg-${name}` as LegId)
    const typesOf = (id: LegId) =>
      events.flatMap((event) => ('leg' in event && event.leg === id ? [event.type] : []))
    const happened = (type: CtiEvent['type'], id?: LegId) =>
      events.find(
        (event) => event.type === type && (id === undefined || ('leg' in event && event.leg === id)),
      )
    const until = async (what: () => unknown) => {
      for (let round = 0; !what(); round++) {
        if (round > 2_000) throw new Error(`never so: ${what.toString()}`)
        await line.pass()
      }
    }
    const awhile = async (rounds = 50) => {
      for (let round = 0; round < rounds; round++) await line.pass()
    }
    const talk = async (id: LegId) => {
      await driver.execute({ do: 'dial', leg: id, to: line.numbers.answers })
      await until(() => happened('leg-answered', id))
    }

    beforeEach(async () => {
      line = await open()
      driver = line.driver
      events = []
      driver.events((event) => events.push(event))
      await driver.connect(new AbortController().signal)
    })
    afterEach(() => driver.dispose())

    test('says first of all that its link is up', async () => {
      await until(() => events.length > 0)
      expect(events[0]).toMatchObject({ type: 'link-up' })
      expect(await driver.snapshot()).toEqual([])
    })

    test('gives up connecting when it is told to', async () => {
      const other = await open()
      const gone = other.driver.connect(AbortSignal.abort(new Error('not today')))
      await expect(gone).rejects.toThrow('not today')
      await other.driver.dispose()
    })

    test('a leg rings before it is answered, and ends once', async () => {
      await talk(leg('1'))
      await driver.execute({ do: 'hang-up', leg: leg('1') })
      await until(() => happened('leg-ended'))
      await awhile()
      const facts = typesOf(leg('1')).filter((type) => type !== 'leg-caption')
      expect(facts).toEqual(['leg-ringing', 'leg-answered', 'leg-ended'])
      expect(happened('leg-ended')).toMatchObject({ end: 'hung-up-by-us', switchCause: expect.any(String) })
    })

    test('a leg that is hung up before it is answered was cancelled', async () => {
      await driver.execute({ do: 'dial', leg: leg('1'), to: line.numbers.rings })
      await until(() => happened('leg-ringing'))
      await driver.execute({ do: 'hang-up', leg: leg('1') })
      await until(() => happened('leg-ended'))
      expect(happened('leg-ended')).toMatchObject({ end: 'cancelled' })
      expect(happened('leg-answered')).toBeUndefined()
    })

    test('why nobody was reached is told in the words of the domain, with the raw cause beside', async () => {
      // One after the other: a switch may give an operator one customer at a time.
      await driver.execute({ do: 'dial', leg: leg('busy'), to: line.numbers.busy })
      await until(() => happened('leg-ended', leg('busy')))
      await driver.execute({ do: 'dial', leg: leg('unknown'), to: line.numbers.unknown })
      await until(() => happened('leg-ended', leg('unknown')))
      expect(happened('leg-ended', leg('busy'))).toMatchObject({
        end: 'busy',
        switchCause: expect.any(String),
      })
      expect(happened('leg-ended', leg('unknown'))).toMatchObject({ end: 'invalid-number' })
    })

    test('the time of events never goes back', async () => {
      await talk(leg('1'))
      await driver.execute({ do: 'dial', leg: leg('2'), to: line.numbers.busy })
      await until(() => happened('leg-ended', leg('2')))
      const times = events.map(({ at }) => at)
      expect(times).toEqual(times.toSorted((a, b) => a - b))
    })

    test('a leg dialled twice is one call, also when it has ended', async () => {
      const dial = { do: 'dial', leg: leg('1'), to: line.numbers.answers } as const
      await driver.execute(dial)
      await driver.execute(dial)
      await until(() => happened('leg-answered'))
      await driver.execute({ do: 'hang-up', leg: leg('1') })
      await until(() => happened('leg-ended'))
      await driver.execute(dial)
      await awhile(200)
      expect(typesOf(leg('1')).filter((type) => type === 'leg-ringing')).toHaveLength(1)
      expect(await driver.snapshot()).toEqual([])
    })

    test('holding and muting are confirmed by facts', async () => {
      await talk(leg('1'))
      for (const [command, fact] of [
        ['hold', 'leg-held'],
        ['resume', 'leg-resumed'],
        ['mute', 'leg-muted'],
        ['unmute', 'leg-unmuted'],
      ] as const) {
        if (!driver.abilities.has(command === 'hold' || command === 'resume' ? 'hold' : 'mute')) continue
        await driver.execute({ do: command, leg: leg('1') })
        await until(() => happened(fact))
      }
      expect(await driver.snapshot()).toMatchObject([{ state: 'answered', held: false, muted: false }])
    })

    test('a leg it does not have is refused with not-found, whatever is asked', async () => {
      for (const command of ['hang-up', 'hold', 'mute', 'unmute', 'resume'] as const) {
        const refused = driver.execute({ do: command, leg: leg('nobody') })
        await expect(refused).rejects.toMatchObject({ code: 'not-found' })
      }
      const tones = driver.execute({ do: 'dtmf', leg: leg('nobody'), digits: '1' })
      await expect(tones).rejects.toMatchObject({ code: 'not-found' })
    })

    test('what cannot be now is refused with not-in-this-state', async () => {
      await driver.execute({ do: 'dial', leg: leg('1'), to: line.numbers.rings })
      await until(() => happened('leg-ringing'))
      const hold = driver.execute({ do: 'hold', leg: leg('1') })
      await expect(hold).rejects.toMatchObject({ code: 'not-in-this-state' })
    })

    test('what is no number is refused and leaves no leg', async () => {
      const dial = driver.execute({ do: 'dial', leg: leg('1'), to: 'pizza; drop' })
      await expect(dial).rejects.toMatchObject({ code: 'invalid-input' })
      expect(await driver.snapshot()).toEqual([])
    })

    test('the snapshot agrees with the events', async () => {
      const agrees = async (state: string) => {
        expect(told(events)).toMatchObject(state === 'none' ? [] : [{ state }])
        expect((await driver.snapshot()).map(shown)).toEqual(told(events))
      }
      await talk(leg('1'))
      await driver.execute({ do: 'hold', leg: leg('1') })
      await until(() => happened('leg-held'))
      await agrees('answered')
      await driver.execute({ do: 'hang-up', leg: leg('1') })
      await until(() => happened('leg-ended'))
      await agrees('none')
      await driver.execute({ do: 'dial', leg: leg('2'), to: line.numbers.rings })
      await until(() => happened('leg-ringing', leg('2')))
      await agrees('ringing')
    })

    test('with the link down every command is refused with line-down', async () => {
      line.cut()
      await until(() => happened('link-down'))
      const dial = driver.execute({ do: 'dial', leg: leg('1'), to: line.numbers.answers })
      await expect(dial).rejects.toMatchObject({ code: 'line-down' })
    })

    test('a link that comes back repeats nothing, and the snapshot has what went on', async () => {
      await talk(leg('1'))
      line.cut()
      await until(() => happened('link-down'))
      const before = events.length
      await awhile()
      line.heal()
      await until(() => events.length > before)
      await awhile(5)
      const after = events.slice(before)
      expect(after[0]).toMatchObject({ type: 'link-up' })
      expect(after.filter(({ type }) => type !== 'leg-caption')).toHaveLength(1)
      expect(await driver.snapshot()).toMatchObject([{ leg: leg('1'), state: 'answered' }])
    })

    test('once disposed it says nothing more and does nothing more', async () => {
      await driver.execute({ do: 'dial', leg: leg('1'), to: line.numbers.answers })
      const before = events.length
      await driver.dispose()
      await awhile()
      expect(events).toHaveLength(before)
      const dial = driver.execute({ do: 'dial', leg: leg('2'), to: line.numbers.answers })
      await expect(dial).rejects.toMatchObject({ code: 'line-down' })
      await driver.dispose()
    })

    test('a listener that left hears nothing more', async () => {
      const heard: CtiEvent[] = []
      const leave = driver.events((event) => heard.push(event))
      leave()
      await talk(leg('1'))
      expect(heard).toEqual([])
    })
  })
}
