import type { Instant } from '../../shared/std/clock.ts'
import type { AttemptId, UserId } from '../../shared/std/ids.ts'
import type { Queued } from './inbound-ports.ts'
import type { QueuedCaller } from './queue.ts'

/** The key of the turn in which everything about callers who wait happens; never waited for in an operator's turn. */
export const queueTurn = 'queue'

/** One who waits, with music, until an operator answers. */
export interface Entry extends QueuedCaller, Queued {
  /** What rings, and at whom, since when. */
  ring: { user: UserId; attempt: AttemptId; since: Instant } | null
  spared: Map<UserId, Instant>
  /** Of the ring. */
  stopTimer: () => void
}

export interface WaitingCallers {
  all(): Entry[]
  find(channel: string): Entry | undefined
  add(queued: Queued): Entry
  drop(entry: Entry): void
  /** Still the one who waits on that channel. */
  isHere(entry: Entry): boolean
}

/** Callers by their channel. */
export function waitingCallers(): WaitingCallers {
  const entries = new Map<string, Entry>()
  return {
    all: () => [...entries.values()],
    find: (channel) => entries.get(channel),
    add: ({ caller, channel, campaign, priority, from, called, since }) => {
      const entry: Entry = {
        ...{ caller, channel, campaign, priority, from, called, since },
        ring: null,
        ringing: null,
        spared: new Map(),
        stopTimer: () => {},
      }
      entries.set(channel, entry)
      return entry
    },
    drop: (entry) => {
      entry.stopTimer()
      entries.delete(entry.channel)
    },
    isHere: (entry) => entries.get(entry.channel) === entry,
  }
}
