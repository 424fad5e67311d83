import type { Telephony, TelephonyEvent } from '../../server/telephony/port.ts'

/** A switch with the world around it, as the specification of the port needs them. */
export interface SwitchUnderTest {
  telephony: Telephony
  /** Lets so much of the switch's own time go by. */
  wait(ms: number): Promise<void>
  now(): number
  /** Breaks the link for a moment; it comes back by itself. */
  cut(): void
  /** The switch dies without a word and is started again; the link comes back by itself. */
  restart(): Promise<void>
  /** Another server takes our place. */
  takeOver(): Promise<void>
  /** A caller from outside; `from` is null where it is withheld. */
  callIn(call: { from: string | null; to: string; name: string }): void
  /** A phone on a desk that knows this account. */
  phone(account: string, password: string): Promise<PhoneUnderTest>
  stop(): Promise<void>
}

/** Takes its calls by itself. */
export interface PhoneUnderTest {
  /** Whether the switch took it. */
  registers(): Promise<boolean>
  leaves(): Promise<void>
  /** Of the INVITE it got last. */
  header(name: string): string | undefined
  /** The rest is about the call it is in. */
  holds(on: boolean): Promise<void>
  presses(digit: number): Promise<void>
  asksTransfer(to: string): Promise<void>
  hangsUp(): Promise<void>
  close(): Promise<void>
}

type Type = TelephonyEvent['type']
type Single<E> = E extends { type: infer T }
  ? T extends Type
    ? Omit<E, 'type'> & { type: T }
    : never
  : never
type Of<T extends Type> = Extract<Single<TelephonyEvent>, { type: T }>

/** Everything that was told, and waiting for what will be. */
export interface Told {
  events: readonly TelephonyEvent[]
  of(channel: string): TelephonyEvent[]
  types(channel: string): Type[]
  /** The first event of this type with these values, told at `since` or later. */
  until<T extends Type>(type: T, values?: Readonly<Record<string, unknown>>, since?: number): Promise<Of<T>>
}

export function listen(telephony: Telephony): Told {
  const events: TelephonyEvent[] = []
  const looks = new Set<() => void>()
  telephony.events((event) => {
    events.push(event)
    for (const look of looks) look()
  })
  const of = (channel: string) => events.filter((event) => 'channel' in event && event.channel === channel)
  return {
    events,
    of,
    types: (channel) => of(channel).map(({ type }) => type),
    until: <T extends Type>(type: T, values = {}, since = 0) => {
      const isIt = (event: TelephonyEvent) =>
        event.type === type &&
        Object.entries(values).every(([name, value]) => Reflect.get(event, name) === value)
      return new Promise<Of<T>>((resolve, reject) => {
        const look = () => {
          const found = events.slice(since).find(isIt)
          if (found === undefined) return
          looks.delete(look)
          clearTimeout(limit)
          resolve(found as unknown as Of<T>)
        }
        // Only ends what hangs.
        const limit = setTimeout(() => {
          looks.delete(look)
          const seen = JSON.stringify(events.slice(-8))
          reject(new Error(`never told: ${type} ${JSON.stringify(values)}, the last were ${seen}`))
        }, 20_000)
        looks.add(look)
        look()
      })
    },
  }
}

/** What one part of the specification is given. */
export interface Line {
  line: SwitchUnderTest
  telephony: Telephony
  told: Told
  /** Creates and dials. Numbers by their last two digits: resources/pbx/README.md. */
  call(id: string, number: string, timeoutMs?: number): Promise<void>
  talk(id: string): Promise<void>
  hangUp(id: string): Promise<void>
}

export const answers = '+393312345655'
