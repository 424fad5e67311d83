import { z } from 'zod'
import { campaignStates } from '../domain/campaign/campaign.ts'
import { breakReasons, operatorStates } from '../domain/operator/operator.ts'
import type { AttemptId, CampaignId, UserId } from '../std/ids.ts'
import { RecordCounts } from './campaigns.ts'
import { get, id, Instant, resource } from './resource.ts'
import { Supervisor } from './supervision.ts'

/** Why a supervisor cannot listen; texts are under `supervision.hearing.<code>`. */
export const hearings = [
  'possible',
  /** Nobody is talking. */
  'no-call',
  /** The call reaches nobody: there is nothing to hear. */
  'simulated',
  /** This server has no switch, or has no link to it. */
  'no-switch',
  'switch-away',
  /** The operator's own phone is not on the call: the page is being loaded anew. */
  'phone-away',
] as const

export const BoardOperator = z.object({
  id: id<UserId>(),
  name: z.string(),
  grammar: z.enum(['f', 'm', 'n']),
  state: z.enum(operatorStates),
  since: Instant,
  breakReason: z.enum(breakReasons).nullable(),
  /** The description of the one that the record on the desk belongs to. */
  campaign: z.string().nullable(),
  /** Those the operator is enabled for. */
  campaigns: z.array(id<CampaignId>()),
  calls: z.number().int(),
  positive: z.number().int(),
  /** Whether a supervisor can listen to the call now. */
  hearing: z.enum(hearings),
  /** Supervisors who are with the call. */
  supervisors: z.array(Supervisor),
  /** Of today, in all. */
  talkSeconds: z.number().int(),
  wrapUpSeconds: z.number().int(),
})

export const BoardCampaign = z.object({
  id: id<CampaignId>(),
  code: z.string(),
  description: z.string(),
  state: z.enum(campaignStates),
  workMode: z.string(),
  records: RecordCounts,
  outcomes: z.array(
    z.object({
      code: z.string(),
      label: z.object({ it: z.string(), en: z.string() }),
      effect: z.string(),
      count: z.number().int(),
    }),
  ),
  /** Calls started per five minutes of the last two hours, oldest first. */
  pace: z.array(z.number().int()),
  /** Callers: how many wait, since when the first of them, and how many went unanswered today. */
  queue: z.object({
    waiting: z.number().int(),
    since: Instant.nullable(),
    abandonedToday: z.number().int(),
  }),
})

export const BoardCall = z.object({
  attempt: id<AttemptId>(),
  operatorId: id<UserId>(),
  operator: z.string(),
  campaign: z.string(),
  contact: z.string(),
  state: z.enum(['ringing', 'talking', 'wrap-up']),
  since: Instant,
})

/** What needs a decision now; texts are under `board.alarms.<code>` with `values`. */
export const BoardAlarm = z.object({
  code: z.enum(['long-wrap-up', 'no-records-left', 'outside-hours', 'nobody-ready', 'long-break']),
  campaign: id<CampaignId>().nullable(),
  operator: id<UserId>().nullable(),
  since: Instant,
  values: z.record(z.string(), z.union([z.string(), z.number()])),
})

/** The supervisor's whole board; times are instants, the page counts the seconds itself. */
export const Board = z.object({
  rev: z.number().int(),
  at: Instant,
  operators: z.array(BoardOperator),
  campaigns: z.array(BoardCampaign),
  calls: z.array(BoardCall),
  alarms: z.array(BoardAlarm),
})
export type Board = z.infer<typeof Board>

export const board = resource({
  get: get('/board', { summary: 'The board as it stands', allow: ['supervisor'], reply: Board }),
})
