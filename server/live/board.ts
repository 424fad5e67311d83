import type { Board } from '../../shared/crm-api/board.ts'
import type { Clock } from '../../shared/std/clock.ts'
import type { Event } from '../../shared/std/event.ts'
import type { Log } from '../../shared/std/log.ts'
import type { Hub } from './hub.ts'

/** At most one board in so long. */
const between = 1_000
/** Thresholds are crossed by time alone, so while somebody watches the board is read at least so often. */
const lookEvery = 5_000

export interface BoardFeed {
  /** Resolves once no board is being read. */
  idle(): Promise<void>
  stop(): Promise<void>
}

/** Sends the whole board to who watches: at once to who begins, and on changes; one that says the same is not sent. */
export function feedBoard(ports: {
  clock: Clock
  hub: Pick<Hub, 'boardAsked' | 'boardWatched' | 'toBoardWatchers'>
  read: () => Promise<Board>
  changed: Event<unknown>
  log: Log
}): BoardFeed {
  const { clock, hub } = ports
  let sentAt = -Infinity
  let sent = ''
  let running: Promise<void> | null = null
  let again = false
  let cancel = () => {}
  let stopped = false

  function plan(ms: number): void {
    cancel()
    if (!stopped && hub.boardWatched.current()) cancel = clock.after(ms, send)
  }

  function send(): void {
    again = true
    running ??= run().finally(() => {
      running = null
    })
  }

  async function run(): Promise<void> {
    while (again) {
      again = false
      try {
        const board = await ports.read()
        const { rev: _rev, at: _at, ...content } = board
        const text = JSON.stringify(content)
        if (text === sent) continue
        sent = text
        sentAt = clock.now()
        hub.toBoardWatchers({ type: 'board', board })
      } catch (error) {
        ports.log.error({ err: error }, 'the board could not be read')
      }
    }
    plan(lookEvery)
  }

  function onChange(): void {
    if (stopped || !hub.boardWatched.current()) return
    const wait = sentAt + between - clock.now()
    if (wait <= 0) send()
    else plan(wait)
  }

  async function idle(): Promise<void> {
    if (running === null) return
    await running
    return idle()
  }

  const unsubscribes = [
    ports.changed(onChange),
    hub.boardAsked(() => {
      sent = ''
      send()
    }),
    hub.boardWatched.changed((watched) => {
      if (!watched) cancel()
    }),
  ]

  return {
    idle,
    stop: async () => {
      stopped = true
      cancel()
      for (const unsubscribe of unsubscribes) unsubscribe()
      await running
    },
  }
}
