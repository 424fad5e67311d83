import { z } from 'zod'
import { get, Instant, page, PageQuery, resource } from './resource.ts'

/**
 * All that the server writes to the audit, subject and past participle. Older entries may have others, so what is read is
 * any text.
 */
export const auditActions = [
  'session.signed-in',
  'session.sign-in-refused',
  'session.signed-out',
  'session.revoked',
  'user.created',
  'user.changed',
  'user.password-reset',
  'user.password-changed',
  'user.password-change-refused',
  'user.unlocked',
  'user.phone-set',
  'campaign.created',
  'campaign.saved',
  'campaign.launched',
  'campaign.suspended',
  'campaign.resumed',
  'campaign.closed',
  'campaign.removed',
  'campaign.records-added',
  'call.refused',
  'attempt.wrapped-up',
  'attempt.wrap-up-undone',
  'attempt.skipped',
  'supervision.started',
  'supervision.mode-changed',
  'supervision.ended',
  'recording.listened',
  'recording.deleted',
  'callers.deleted',
  'outcome.saved',
  'import.started',
  'import.undone',
  'demo.made',
] as const
export type AuditAction = (typeof auditActions)[number]

/** One line of the audit: who did what to what, from where. Append-only (EC-63, EC-67). */
export const AuditEntry = z.object({
  id: z.string(),
  at: Instant,
  /** Null where nobody is known: a wrong user name. */
  username: z.string().nullable(),
  address: z.string(),
  /** One of `auditActions`. */
  action: z.string(),
  subject: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
  /** Of the users, campaigns and imports that subject and details name by their id, as they are called now. */
  names: z.record(z.string(), z.string()),
})

export const audit = resource({
  list: get('/audit', {
    summary: 'The audit, newest first',
    allow: ['administrator'],
    query: PageQuery.extend({
      action: z.string().max(80).optional(),
      username: z.string().max(40).optional(),
    }),
    reply: page(AuditEntry),
  }),
})
