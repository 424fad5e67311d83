import { z } from 'zod'
import type { CallerId, CampaignId, ContactId, UserId } from '../std/ids.ts'
import { get, id, IdParams, Instant, page, PageQuery, post, resource } from './resource.ts'
import { OperatorView } from './work.ts'

/** Why a caller was not answered. `lost`: the link to the switch was down when they left. */
export const goneReasons = ['hung-up', 'outside-hours', 'nobody-there', 'waited-too-long', 'lost'] as const
export type GoneReason = (typeof goneReasons)[number]

const Caller = z.object({
  id: id<CallerId>(),
  campaign: z.object({ id: id<CampaignId>(), description: z.string() }),
  /** E.164 where it can be read as such; null where withheld. */
  number: z.string().nullable(),
  /** As the network says it, '' where it does not. */
  name: z.string(),
  contact: z.object({ id: id<ContactId>(), name: z.string() }).nullable(),
  cameAt: Instant,
})

/** In a queue now; `ringing` at an operator, by name. */
export const WaitingCaller = Caller.extend({ ringing: z.string().nullable() })
export type WaitingCaller = z.infer<typeof WaitingCaller>

/** Somebody whom nobody has answered yet, once for all their calls to a campaign; the newest one is shown. */
export const AbandonedCaller = Caller.extend({
  goneAt: Instant,
  reason: z.enum(goneReasons),
  times: z.number().int(),
  /** Who calls them back right now. */
  callBack: z.object({ operator: id<UserId>(), name: z.string() }).nullable(),
})
export type AbandonedCaller = z.infer<typeof AbandonedCaller>

export const callers = resource({
  waiting: get('/callers/waiting', {
    summary:
      'Who waits in the queues, in the order in which they are served; of operators: of their campaigns',
    allow: ['operator', 'supervisor'],
    reply: z.array(WaitingCaller),
  }),
  abandoned: get('/callers/abandoned', {
    summary:
      'Callers of the last seven days whom nobody has spoken to since, longest ago first; of operators: of their campaigns',
    allow: ['operator', 'supervisor'],
    query: PageQuery,
    reply: page(AbandonedCaller),
  }),
  callBack: post('/callers/:id/call-back', {
    summary:
      'Takes an abandoned caller: they are put on the own desk as a manual offer. Refused with `conflict` while a colleague has them, and as `work.manual` is',
    allow: ['operator'],
    params: IdParams,
    reply: OperatorView,
  }),
})
