import { backOff } from '../../../shared/std/back-off.ts'
import type { Clock, Random } from '../../../shared/std/clock.ts'
import { AppError } from '../../../shared/std/errors.ts'
import { emitter } from '../../../shared/std/event.ts'
import type { Log } from '../../../shared/std/log.ts'
import type { Fact, Signal, Unfinished, Wire } from '../wire.ts'
import { ariCommands } from './commands.ts'
import { entrance } from './entrance.ts'
import type { AriEvent } from './events.ts'
import { factsOf } from './facts.ts'
import { warnOfFaults } from './faults.ts'
import { ariHttp, type AriSettings } from './http.ts'
import type { EventSocket } from './socket.ts'
import { eventSocket } from './socket.ts'
import { stateOf } from './state.ts'

const firstWaitMs = 100
const longestWaitMs = 5_000
/**
 * Asterisk 22.10.1 may take the application from a new link when it notices the end of the one before: 80 of 120 times
 * where both changed while it stood still. The new link lives and tells nothing. How late it notices is not ours to know,
 * so we look again and again.
 */
const firstLookMs = 500
const lookMs = 5_000

/** The way to a real Asterisk 22: one WebSocket for its events, keep-alive HTTP for commands. */
export function ariWire(
  settings: AriSettings & { trunk: string },
  { clock, random, log }: { clock: Clock; random: Random; log: Log },
): Wire {
  const http = ariHttp(settings, clock)
  const signals = emitter<Signal>()
  const door = entrance(clock)
  let socket: EventSocket | null = null
  let whenClosed = () => {}
  let stopWaiting = () => {}
  let unfinished: () => Unfinished = () => ({ playbacks: [], recordings: [] })
  let tries = 0
  let isOpen = false
  let isStandingBack = false

  const isForgotten = async (): Promise<boolean> =>
    (await http.ask('GET', `/applications/${encodeURIComponent(settings.app)}`)).status === 404

  /**
   * Two servers that take the application from each other would never end: we wait until nobody has it. Nobody may be what
   * took it: a switch that stood still for 20 s reads openings of ours that were given up meanwhile.
   */
  function standBack(ms: number): void {
    isStandingBack = true
    stopWaiting = clock.after(ms, () => {
      void isForgotten()
        // a switch that does not answer is asked again
        .catch(() => false)
        .then((isFree) => {
          if (!isOpen || !isStandingBack) return
          if (isFree) connect()
          else standBack(lookMs)
        })
    })
  }

  function connect(): void {
    isStandingBack = false
    /** Facts that came before the state was complete; null once they are told as they come. */
    let meanwhile: Fact[] | null = []
    let isClosed = false
    let stopLook = () => {}
    const lookAfter = (ms: number): void => {
      stopLook = clock.after(ms, () => {
        isForgotten()
          .then((isGone) => {
            if (isClosed) return
            if (isGone) own.drop('the switch has forgotten our application')
            else lookAfter(lookMs)
          })
          // a switch that does not answer is found out by the socket
          .catch(() => {
            if (!isClosed) lookAfter(lookMs)
          })
      })
    }

    const own = eventSocket(
      settings,
      { clock, log },
      {
        opened: () => {
          stateOf(http, settings.app, unfinished())
            .then((state) => {
              if (isClosed) return
              const before = meanwhile ?? []
              meanwhile = null
              tries = 0
              signals.emit({ signal: 'up', state, meanwhile: before })
              if (!isClosed) lookAfter(firstLookMs)
              // a switch that does not answer is found out by the socket
              void warnOfFaults(http, log).catch(() => undefined)
            })
            .catch((error: unknown) => {
              log.warn({ err: error }, 'the state of the switch could not be read')
              own.drop('the state of the switch could not be read')
            })
        },
        event: (event: AriEvent) => {
          for (const fact of factsOf(event)) {
            if (meanwhile === null) signals.emit({ signal: 'fact', fact })
            else meanwhile.push(fact)
          }
          // After the facts: who waits for a channel that is over already finds its end told.
          if (event.type === 'StasisStart' || event.type === 'ChannelDestroyed')
            door.entered(event.channel.id)
        },
        closed: (reason) => {
          isClosed = true
          stopLook()
          socket = null
          door.shut(new AppError('line-down', 'the link broke meanwhile'))
          if (isOpen && reason === 'replaced') standBack(firstLookMs)
          else if (isOpen)
            stopWaiting = clock.after(backOff(tries++, firstWaitMs, longestWaitMs, random), connect)
          signals.emit({ signal: 'down', reason })
          whenClosed()
        },
      },
    )
    socket = own
  }

  return {
    signals: signals.event,
    open: (ask) => {
      unfinished = ask
      if (isOpen && !isStandingBack) return
      isOpen = true
      stopWaiting()
      connect()
    },
    close: async () => {
      isOpen = false
      stopWaiting()
      const closing = socket
      if (closing !== null) {
        const closed = new Promise<void>((resolve) => {
          whenClosed = resolve
        })
        closing.drop('closed by us')
        await closed
      }
      http.close()
    },
    commands: ariCommands(http, settings, door),
  }
}
