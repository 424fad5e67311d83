import { z } from 'zod'
import { campaignStates, launchProblems } from '../domain/campaign/campaign.ts'
import { closedAs } from '../domain/campaign/record.ts'
import type { CampaignId, ImportId, RecordId, UserId } from '../std/ids.ts'
import { CampaignOutcome } from './outcomes.ts'
import {
  del,
  Done,
  get,
  id,
  IdParams,
  Instant,
  page,
  PageQuery,
  post,
  put,
  resource,
  Text,
} from './resource.ts'

export const IsoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/)
export const TimeSpan = z.strictObject({ from: TimeOfDay, to: TimeOfDay }).refine((s) => s.from < s.to)
const Spans = z.array(TimeSpan).max(4)

/** Spans of each ISO weekday, 1 = Monday, in the campaign's zone. */
export const CallingHours = z.strictObject({
  zone: z.string().max(60),
  days: z.strictObject({ 1: Spans, 2: Spans, 3: Spans, 4: Spans, 5: Spans, 6: Spans, 7: Spans }),
})

/** `preview`: the operator reads, then dials. `progressive`: the server dials one line for each ready operator. */
export const workModes = ['preview', 'progressive'] as const
/**
 * What carries the calls. `simulated` reaches nobody: the law's hours do not bind it, the campaign's do. `pbx` are real
 * calls through the server's switch; both bind.
 */
export const lineKinds = ['simulated', 'pbx'] as const
export type LineKind = (typeof lineKinds)[number]
export const recordingModes = ['off', 'always', 'on-demand'] as const

/** A number as it is told to the network or by it: digits, a leading + where it is E.164; '' while there is none. */
export const DialString = z.string().regex(/^(\+?\d{1,20})?$/)
/** Digits put in front of what is dialled (Q-20, EC-43); * and # steer some trunks. */
export const DialPrefix = z.string().regex(/^[0-9*#]{0,10}$/)

/** Calls that come in for the campaign (EC-47). No numbers: none do. */
export const InboundSettings = z.strictObject({
  /** Called numbers that lead here, as the trunk tells them. */
  numbers: z.array(DialString.min(1)).max(50),
})

/** What an older draft does not say of its line. */
export const lineDefaults = {
  callerId: '',
  lcrPrefix: '',
  inbound: { numbers: [] as string[] },
  recording: 'off' as (typeof recordingModes)[number],
  supervision: { tellOperator: true },
}

const lineFields = {
  /** Shown to who is called; the trunk's own where ''. */
  callerId: DialString.default(lineDefaults.callerId),
  /** Least-cost routing: put behind the user's prefix, before the number. */
  lcrPrefix: DialPrefix.default(lineDefaults.lcrPrefix),
  inbound: InboundSettings.default(lineDefaults.inbound),
  recording: z.enum(recordingModes).default(lineDefaults.recording),
  /** Whether operators are told that somebody listens to their call. */
  supervision: z.strictObject({ tellOperator: z.boolean() }).default(lineDefaults.supervision),
}

export const CampaignDraft = z.strictObject({
  code: Text(20).min(1),
  description: Text(120).min(1),
  from: IsoDate,
  to: IsoDate,
  hours: CallingHours,
  workMode: z.enum(workModes),
  line: z.enum(lineKinds),
  /** Higher is offered first. */
  priority: z.number().int().min(1).max(9),
  maxAttempts: z.number().int().min(1).max(20),
  /** After so long the wrap-up timer turns red; nothing is cut off. */
  wrapUpSeconds: z.number().int().min(5).max(600),
  /** A callback its operator did not take goes to colleagues after so long. */
  callbackGraceMinutes: z.number().int().min(0).max(1440),
  outcomes: z.array(CampaignOutcome).max(9),
  operators: z.array(id<UserId>()).max(500),
  /** Script and questionnaire, SurveyJS JSON as text; '' while there is none. */
  script: z.string().max(500_000),
  ...lineFields,
})
export type CampaignDraft = z.infer<typeof CampaignDraft>

export const RecordCounts = z.object({
  total: z.number().int(),
  new: z.number().int(),
  retry: z.number().int(),
  callback: z.number().int(),
  reserved: z.number().int(),
  working: z.number().int(),
  closed: z.record(z.enum(closedAs), z.number().int()),
})
export type RecordCounts = z.infer<typeof RecordCounts>

export const Campaign = CampaignDraft.extend({
  id: id<CampaignId>(),
  state: z.enum(campaignStates),
  /** Goes up with each save; a save with an old one is a conflict, so nobody overwrites a colleague. */
  version: z.number().int(),
  records: RecordCounts,
  updatedAt: Instant,
})
export type Campaign = z.infer<typeof Campaign>

export const CampaignSummary = z.object({
  id: id<CampaignId>(),
  code: z.string(),
  description: z.string(),
  state: z.enum(campaignStates),
  workMode: z.enum(workModes),
  from: IsoDate,
  to: IsoDate,
  operators: z.number().int(),
  records: RecordCounts,
})

/** What stops the launch, and what the supervisor should know though it does not. */
export const LaunchCheck = z.object({
  problems: z.array(z.enum(launchProblems)),
  /** The first instant at which a call will be possible; null if never. */
  firstCallAt: Instant.nullable(),
  /** Operators are enabled but nobody may be called now, and why (reasons of `mayCall`). */
  blockedNow: z.string().nullable(),
  scriptProblems: z.array(z.object({ path: z.string(), code: z.string() })),
})

export const RecordRow = z.object({
  id: id<RecordId>(),
  name: z.string(),
  phone: z.string(),
  status: z.string(),
  dueAt: Instant.nullable(),
  operator: z.string().nullable(),
  attempts: z.number().int(),
  lastOutcome: z.object({ it: z.string(), en: z.string() }).nullable(),
  lastAttemptAt: Instant.nullable(),
})

export const campaigns = resource({
  list: get('/campaigns', {
    summary: 'All campaigns, running ones first',
    allow: ['supervisor'],
    reply: z.array(CampaignSummary),
  }),
  get: get('/campaigns/:id', {
    summary: 'One campaign whole',
    allow: ['supervisor'],
    params: IdParams,
    reply: Campaign,
  }),
  create: post('/campaigns', {
    summary: 'Makes a draft',
    allow: ['supervisor'],
    body: CampaignDraft,
    reply: Campaign,
  }),
  save: put('/campaigns/:id', {
    summary: 'Saves a campaign; `version` must be the one that was read',
    allow: ['supervisor'],
    params: IdParams,
    body: z.strictObject({ version: z.number().int(), draft: CampaignDraft }),
    reply: Campaign,
  }),
  check: get('/campaigns/:id/check', {
    summary: 'What stops the launch, in codes (CP-03)',
    allow: ['supervisor'],
    params: IdParams,
    reply: LaunchCheck,
  }),
  command: post('/campaigns/:id/command', {
    summary: 'Launches, suspends, resumes or closes (CP-03, CP-05)',
    allow: ['supervisor'],
    params: IdParams,
    body: z.strictObject({ command: z.enum(['launch', 'suspend', 'resume', 'close']) }),
    reply: Campaign,
  }),
  addRecords: post('/campaigns/:id/records', {
    summary:
      'Loads the contacts of an import as records; those already in the campaign are counted, not doubled',
    allow: ['supervisor'],
    params: IdParams,
    body: z.strictObject({ import: id<ImportId>() }),
    reply: z.object({ added: z.number().int(), alreadyIn: z.number().int() }),
    repeat: 'safe',
  }),
  records: get('/campaigns/:id/records', {
    summary: 'Records of a campaign with their state (CP-15)',
    allow: ['supervisor'],
    params: IdParams,
    query: PageQuery.extend({ status: z.string().max(40).optional() }),
    reply: page(RecordRow),
  }),
  remove: del('/campaigns/:id', {
    summary: 'Deletes a draft that was never launched',
    allow: ['supervisor'],
    params: IdParams,
    reply: Done,
  }),
  scriptExamples: get('/script-examples', {
    summary: 'Script-and-questionnaire documents that ship with Cuffia',
    allow: ['supervisor'],
    reply: z.array(z.object({ name: z.string(), language: z.enum(['it', 'en']), document: z.string() })),
  }),
})
