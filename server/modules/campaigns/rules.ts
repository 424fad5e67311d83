import type { CampaignDraft } from '../../../shared/crm-api/campaigns.ts'
import type { CallingHours } from '../../../shared/domain/campaign/calling-hours.ts'
import type { CampaignState } from '../../../shared/domain/campaign/campaign.ts'
import type { CallFacts, CallPermission, LawProfile } from '../../../shared/domain/campaign/law.ts'
import { mayCall } from '../../../shared/domain/campaign/law.ts'
import type { Instant } from '../../../shared/std/clock.ts'

type Line = CampaignDraft['line']

/** A simulated line reaches nobody, so no law binds it; the campaign's own hours do. */
const reachesPeople: Record<Line, boolean> = { simulated: false, pbx: true }

/** The law that binds calls on this line. */
export const lawOf = (line: Line, law: LawProfile): LawProfile | null => (reachesPeople[line] ? law : null)

export interface Callable {
  from: string
  to: string
  hours: CallingHours
  line: Line
}

/** Whether a campaign may call anybody at all at this instant: dates and hours, nothing of one number. */
export const isOpenNow = (campaign: Callable, law: LawProfile, now: Instant): CallPermission =>
  mayCall(freshNumber(campaign, law, now))

/** The facts of a number that nobody has ever called. */
export const freshNumber = (campaign: Callable, law: LawProfile, now: Instant): CallFacts => ({
  now,
  campaign,
  law: lawOf(campaign.line, law),
  doNotCall: false,
  attemptsToday: 0,
  attemptsTotal: 0,
})

/** Once launched, what has been promised to the people called stays: code, beginning, line, outcomes in use. */
export function forbiddenChanges(
  state: CampaignState,
  before: CampaignDraft,
  after: CampaignDraft,
): readonly string[] {
  if (state === 'closed') return ['state']
  if (state === 'draft') return []
  const fixed = (['code', 'from', 'line', 'workMode'] as const).filter((key) => before[key] !== after[key])
  const kept = before.outcomes.every((old) =>
    after.outcomes.some(
      (outcome) =>
        outcome.code === old.code &&
        outcome.effect === old.effect &&
        outcome.retryAfterMinutes === old.retryAfterMinutes &&
        outcome.needsCompleteAnswers === old.needsCompleteAnswers,
    ),
  )
  return kept ? fixed : [...fixed, 'outcomes']
}

/** Codes and keys name one outcome each. */
export function outcomesClash(outcomes: CampaignDraft['outcomes']): boolean {
  const codes = new Set(outcomes.map(({ code }) => code))
  const keys = new Set(outcomes.map(({ key }) => key))
  return codes.size < outcomes.length || keys.size < outcomes.length
}

/** A document that ships with Cuffia. */
export interface ScriptExample {
  name: string
  language: 'it' | 'en'
  document: string
}
