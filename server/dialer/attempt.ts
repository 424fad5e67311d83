import type { LegEnd } from '../../shared/domain/call/legs.ts'
import type { Instant } from '../../shared/std/clock.ts'
import { unreachable } from '../../shared/std/never.ts'

/**
 * One try to reach somebody, as the switch tells it; the same for preview, progressive and predictive.
 *
 *   dialing ──ringing──> ringing ──answered──> answered ──bridged──> bridged ──ended──> ended
 *      │                    │                      └──────────────ended────────────────────^
 *      └────────────────────┴──ended──> failed
 *
 * `ended` had an answer, `failed` had none. Who wished the end is `asked`: the switch's cause does not tell our
 * time-out from a 480 of theirs, nor our cancelling from the race with their answer.
 */
export type Attempt = { asked: 'hang-up' | 'time-out' | null } & (
  | { name: 'dialing' | 'ringing'; dialedAt: Instant }
  | { name: 'answered' | 'bridged'; dialedAt: Instant; answeredAt: Instant }
  | { name: 'ended'; dialedAt: Instant; answeredAt: Instant; endedAt: Instant; end: LegEnd }
  | { name: 'failed'; dialedAt: Instant; endedAt: Instant; end: LegEnd }
)
export type AttemptName = Attempt['name']

export type AttemptEvent = { at: Instant } & (
  | { type: 'ringing' | 'answered' | 'bridged' | 'hang-up-asked' | 'timed-out' | 'lost' }
  /** What the switch says of the end, translated; our own wish may say better. */
  | { type: 'ended'; end: LegEnd }
)

/** What is to be done about it: put the customer to the operator, take the call down. */
export type AttemptEffect = 'bridge' | 'hang-up'
export type AttemptStep = { attempt: Attempt; effects: readonly AttemptEffect[] } | { ignored: string }

export const begin = (at: Instant): Attempt => ({ name: 'dialing', dialedAt: at, asked: null })

/** Moves an attempt by one event; what does not fit is `ignored` with the reason, never an exception. */
export function next(attempt: Attempt, event: AttemptEvent): AttemptStep {
  if (attempt.name === 'ended' || attempt.name === 'failed') return ignore(attempt, event)
  const isUp = attempt.name === 'answered' || attempt.name === 'bridged'
  switch (event.type) {
    case 'ringing':
      return attempt.name === 'dialing' ? to({ ...attempt, name: 'ringing' }) : ignore(attempt, event)
    case 'answered':
      if (isUp) return ignore(attempt, event)
      // A cancel may be accepted and still lose against the answer: somebody answered for an instant.
      return to({ ...attempt, name: 'answered', answeredAt: event.at }, [
        attempt.asked === null ? 'bridge' : 'hang-up',
      ])
    case 'bridged':
      return attempt.name === 'answered' ? to({ ...attempt, name: 'bridged' }) : ignore(attempt, event)
    case 'hang-up-asked':
      return attempt.asked === 'hang-up'
        ? ignore(attempt, event)
        : to({ ...attempt, asked: 'hang-up' }, ['hang-up'])
    case 'timed-out':
      return isUp || attempt.asked !== null
        ? ignore(attempt, event)
        : to({ ...attempt, asked: 'time-out' }, ['hang-up'])
    case 'lost':
      return over(attempt, event.at, 'lost')
    case 'ended':
      return over(attempt, event.at, endOf(attempt, event.end))
    default:
      return unreachable(event)
  }
}

function endOf(attempt: Attempt, told: LegEnd): LegEnd {
  // Nobody knows: the link was down when it ended.
  if (told === 'lost') return told
  const isUp = attempt.name === 'answered' || attempt.name === 'bridged'
  if (isUp) return attempt.asked === null ? 'hung-up-by-them' : 'hung-up-by-us'
  if (attempt.asked === 'hang-up') return 'cancelled'
  return attempt.asked === 'time-out' ? 'no-answer' : told
}

function over(attempt: Attempt, at: Instant, end: LegEnd): AttemptStep {
  const { dialedAt, asked } = attempt
  return 'answeredAt' in attempt
    ? to({ name: 'ended', dialedAt, asked, answeredAt: attempt.answeredAt, endedAt: at, end })
    : to({ name: 'failed', dialedAt, asked, endedAt: at, end })
}

const to = (attempt: Attempt, effects: readonly AttemptEffect[] = []): AttemptStep => ({ attempt, effects })
const ignore = (attempt: Attempt, event: AttemptEvent): AttemptStep => ({
  ignored: `${event.type}: the attempt is ${attempt.name}`,
})
