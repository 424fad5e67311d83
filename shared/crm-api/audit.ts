import { z } from 'zod'
import { get, Instant, page, PageQuery, resource } from './resource.ts'

/** One line of the audit: who did what to what, from where. Append-only (EC-63, EC-67). */
export const AuditEntry = z.object({
  id: z.string(),
  at: Instant,
  /** Null where nobody is known: a wrong user name. */
  username: z.string().nullable(),
  address: z.string(),
  /** For example `session.sign-in`, `session.sign-in-refused`, `campaign.launched`. */
  action: z.string(),
  subject: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
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
