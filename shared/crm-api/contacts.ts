import { z } from 'zod'
import type { ContactId, RecordingId } from '../std/ids.ts'
import { get, id, IdParams, Instant, resource } from './resource.ts'

export const phoneKinds = ['mobile', 'landline', 'toll-free', 'premium', 'other'] as const

export const Phone = z.object({
  e164: z.string(),
  kind: z.enum(phoneKinds),
  /** As it stood in the file. */
  raw: z.string(),
  /** An operator said it is not this person's. */
  wrong: z.boolean(),
})
export type Phone = z.infer<typeof Phone>

export const Contact = z.object({
  id: id<ContactId>(),
  firstName: z.string(),
  lastName: z.string(),
  company: z.string(),
  phones: z.array(Phone),
  email: z.string(),
  street: z.string(),
  postcode: z.string(),
  city: z.string(),
  province: z.string(),
  /** ISO date. */
  birthDate: z.string().nullable(),
  marketingConsent: z.boolean().nullable(),
  externalId: z.string(),
  note: z.string(),
  custom: z.record(z.string(), z.string()),
})
export type Contact = z.infer<typeof Contact>

export const HistoryEntry = z.object({
  at: Instant,
  operator: z.string(),
  campaign: z.string(),
  outcome: z.object({ it: z.string(), en: z.string() }).nullable(),
  effect: z.string().nullable(),
  note: z.string(),
  phone: z.string(),
  talkSeconds: z.number().int(),
  /** What whoever reads this may listen to. */
  recordings: z.array(z.object({ id: id<RecordingId>(), durationMs: z.number().int() })).optional(),
})
export type HistoryEntry = z.infer<typeof HistoryEntry>

export const contacts = resource({
  get: get('/contacts/:id', {
    summary: 'One contact with its history, newest first',
    allow: ['supervisor', 'operator'],
    params: IdParams,
    reply: z.object({ contact: Contact, history: z.array(HistoryEntry) }),
  }),
})
