import type { Instant } from '../../std/clock.ts'
import type { LegEnd } from '../call/legs.ts'

/** How a call that reached nobody counts, told by the switch and not by a person. */
export const technicalOutcomes = [
  'busy',
  'no-answer',
  'unreachable',
  'rejected',
  'invalid-number',
  'congestion',
  'cancelled',
  'lost',
] as const
export type TechnicalOutcome = (typeof technicalOutcomes)[number]

export interface TechnicalRule {
  /** After how many minutes, by how often it has been so on this record in a row; the last one stays. */
  delays: readonly number[]
  /** So often in a row; then the record waits for the next day, or closes with its attempts. */
  most: number
  /** Whether the try is one of the record's attempts. What our own side failed at is not the customer's. */
  counts: boolean
  /** The number is no good: the next one of the contact is tried at once. */
  closesNumber: boolean
}

const hour = 60
const day = 24 * hour

/**
 * The retry matrix of the trade (busy soon again, no answer at another time of day, a carrier's failure at once and not
 * counted). A 404 must come twice before the number is given up, since gateways say it of routes too: so its first time
 * only waits.
 */
export const technicalRules: Readonly<Record<TechnicalOutcome, TechnicalRule>> = {
  busy: { delays: [15, 30, 120], most: 3, counts: true, closesNumber: false },
  'no-answer': { delays: [3 * hour, 5 * hour, day], most: 6, counts: true, closesNumber: false },
  unreachable: { delays: [2 * hour, day], most: 5, counts: true, closesNumber: false },
  rejected: { delays: [day], most: 2, counts: true, closesNumber: false },
  'invalid-number': { delays: [2 * hour], most: 2, counts: true, closesNumber: true },
  congestion: { delays: [1], most: 5, counts: false, closesNumber: false },
  cancelled: { delays: [15], most: 3, counts: false, closesNumber: false },
  lost: { delays: [1], most: 5, counts: false, closesNumber: false },
}

export interface TechnicalVerdict {
  dueAt: Instant
  counts: boolean
  /** Give the number up; where it was the contact's last, the record closes as a wrong number. */
  closeNumber: boolean
}

/** `times`: how often in a row, this one included, the record's calls have ended so. Pure; hours are checked when due. */
export function afterTechnical(outcome: TechnicalOutcome, times: number, now: Instant): TechnicalVerdict {
  const rule = technicalRules[outcome]
  const isSpent = times >= rule.most
  if (isSpent && rule.closesNumber) return { dueAt: now, counts: rule.counts, closeNumber: true }
  const minutes = isSpent ? day : (rule.delays[Math.min(times, rule.delays.length) - 1] ?? day)
  // A carrier that fails all day long is no reason to ring on for ever: from then on each try counts.
  return { dueAt: now + minutes * 60_000, counts: rule.counts || isSpent, closeNumber: false }
}

/** What an unanswered end means; null for the ends of calls that were answered. */
export function technicalOutcome(end: LegEnd): TechnicalOutcome | null {
  if (end === 'hung-up-by-us' || end === 'hung-up-by-them' || end === 'transferred') return null
  return end
}
