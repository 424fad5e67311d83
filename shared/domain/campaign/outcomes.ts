import type { OutcomeCode } from '../../std/ids.ts'

/** What an outcome (esito) does to the record. CP-13: close positive, close negative, callback, retry, exclude. */
export const outcomeEffects = [
  'close-positive',
  'close-negative',
  'callback',
  'retry',
  'wrong-number',
  'do-not-call',
] as const
export type OutcomeEffect = (typeof outcomeEffects)[number]

export interface Outcome {
  code: OutcomeCode
  label: { it: string; en: string }
  effect: OutcomeEffect
  /** Only for `retry`: after how many minutes the record may be offered again. */
  retryAfterMinutes: number | null
  /** The questionnaire must be complete before this outcome can be saved. */
  needsCompleteAnswers: boolean
}

/** An outcome as one campaign uses it: on which key (1 to 9). */
export interface CampaignOutcome extends Outcome {
  key: number
}
