import { z } from 'zod'
import { outcomeEffects } from '../domain/campaign/outcomes.ts'
import type { OutcomeCode } from '../std/ids.ts'
import { get, Label, put, resource } from './resource.ts'

export const OutcomeCodeText = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/) as unknown as z.ZodType<OutcomeCode>

export const Outcome = z.object({
  code: OutcomeCodeText,
  label: Label,
  effect: z.enum(outcomeEffects),
  retryAfterMinutes: z
    .number()
    .int()
    .min(1)
    .max(60 * 24 * 90)
    .nullable(),
  needsCompleteAnswers: z.boolean(),
})

/** An outcome on a campaign's key: 1 to 9. */
export const CampaignOutcome = Outcome.extend({ key: z.number().int().min(1).max(9) })

export const outcomes = resource({
  list: get('/outcomes', {
    summary: 'The catalogue of outcomes (CP-13)',
    allow: ['supervisor', 'administrator'],
    reply: z.array(Outcome),
  }),
  save: put('/outcomes/:code', {
    summary: 'Adds an outcome to the catalogue or changes it',
    allow: ['supervisor'],
    params: z.strictObject({ code: OutcomeCodeText }),
    body: Outcome,
    reply: Outcome,
  }),
})
