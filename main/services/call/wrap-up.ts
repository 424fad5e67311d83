import type { Draft } from '../../../shared/contract/call.ts'
import type { CampaignOutcome } from '../../../shared/domain/campaign/outcomes.ts'
import type { Offer, WrapUp } from '../../../shared/crm-api/work.ts'
import type { Call } from '../../../shared/domain/call/call.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { OutcomeCode } from '../../../shared/std/ids.ts'
import type { Shown } from '../outbox/ports.ts'

/** Throws `invalid-input` where the outcome is none of the campaign's, or a callback lacks its time or has one too many. */
export function outcomeOf(offer: Offer, code: OutcomeCode, callbackAt: Instant | null): CampaignOutcome {
  const outcome = offer.campaign.outcomes.find((each) => each.code === code)
  if (!outcome) throw wrong('outcome', 'not-in-campaign')
  if (outcome.effect === 'callback' && callbackAt === null) throw wrong('callbackAt', 'missing')
  if (outcome.effect !== 'callback' && callbackAt !== null) throw wrong('callbackAt', 'not-for-this-outcome')
  return outcome
}

const wrong = (path: string, message: string) =>
  new AppError('invalid-input', `${path}: ${message}`, { details: { issues: [{ path, message }] } })

/** What the server is told: complete in itself, since it may hear of this call for the first time. */
export function wrapUpOf(
  call: Call,
  said: { outcome: OutcomeCode; callbackAt: Instant | null; draft: Draft },
  savedAt: Instant,
): WrapUp {
  return {
    outcome: said.outcome,
    answers: said.draft.answers,
    note: said.draft.note,
    callbackAt: said.callbackAt,
    call: {
      phone: call.peer,
      startedAt: call.startedAt,
      answeredAt: call.answeredAt,
      endedAt: call.endedAt ?? savedAt,
      end: call.end ?? 'lost',
      switchCause: call.switchCause,
    },
    savedAt,
  }
}

export const shownOf = ({ contact }: Offer, { label }: CampaignOutcome): Shown => ({
  contact: [contact.firstName, contact.lastName].filter(Boolean).join(' ') || contact.company,
  outcome: label,
})
