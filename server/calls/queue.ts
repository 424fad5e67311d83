import type { GoneReason } from '../../shared/crm-api/callers.ts'
import type { Instant } from '../../shared/std/clock.ts'
import type { CallerId, CampaignId, UserId } from '../../shared/std/ids.ts'

/**
 * Who is rung for whom. Callers wait by their campaign's priority, then in order of arrival; of those who can take one
 * the longest idle is rung, and only where nobody is idle somebody who merely reads a record that was offered. A caller
 * rings at one operator, an operator for one caller.
 */
export interface QueuedCaller {
  caller: CallerId
  campaign: CampaignId
  priority: number
  since: Instant
  /** Whose page rings for this caller now. */
  ringing: UserId | null
  /** Until when not to ring again at who declined. */
  spared: ReadonlyMap<UserId, Instant>
}

export interface FreeOperator {
  user: UserId
  /** Those whose calls they take. */
  campaigns: readonly CampaignId[]
  /** Since when they do what they do. */
  since: Instant
  doing: 'waits' | 'reads'
}

export interface Ring {
  caller: CallerId
  user: UserId
}

/** Whoever declined would be rung again at once where they are the only one. */
export const sparedFor = 30_000

export const inOrder = (callers: readonly QueuedCaller[]): QueuedCaller[] =>
  callers.toSorted(
    (left, right) =>
      right.priority - left.priority ||
      left.since - right.since ||
      (left.caller < right.caller ? -1 : Number(left.caller > right.caller)),
  )

export function whomToRing(
  callers: readonly QueuedCaller[],
  free: readonly FreeOperator[],
  now: Instant,
): Ring[] {
  const taken = new Set(callers.flatMap(({ ringing }) => (ringing === null ? [] : [ringing])))
  const rings: Ring[] = []
  for (const caller of inOrder(callers)) {
    if (caller.ringing !== null) continue
    const next = free
      .filter(({ user, campaigns }) => {
        const isSpared = (caller.spared.get(user) ?? -Infinity) > now
        return campaigns.includes(caller.campaign) && !taken.has(user) && !isSpared
      })
      .toSorted(
        (left, right) =>
          Number(left.doing === 'reads') - Number(right.doing === 'reads') || left.since - right.since,
      )[0]
    if (!next) continue
    taken.add(next.user)
    rings.push({ caller: caller.caller, user: next.user })
  }
  return rings
}

/** When somebody who was spared may be rung again; null where nobody is. */
export function nextSpared(callers: readonly QueuedCaller[], now: Instant): Instant | null {
  const instants = callers.flatMap(({ spared }) => [...spared.values()].filter((until) => until > now))
  return instants.length === 0 ? null : Math.min(...instants)
}

/** Whether a caller has to be told that nobody comes. The hours count at the door only: who was let in is served. */
export function sendAway(facts: {
  /** Null for who is in already. */
  isOpen: boolean | null
  /** Some operator of the campaign is signed in, whatever they do. */
  isStaffed: boolean
  waitedMs: number
  longestWaitMs: number
}): Exclude<GoneReason, 'hung-up' | 'lost'> | null {
  if (facts.isOpen === false) return 'outside-hours'
  if (!facts.isStaffed) return 'nobody-there'
  return facts.waitedMs >= facts.longestWaitMs ? 'waited-too-long' : null
}
