import { z } from 'zod'
import { legEnds } from '../domain/call/legs.ts'
import { breakReasons, operatorStates } from '../domain/operator/operator.ts'
import type { AttemptId, CampaignId, ContactId, OutcomeCode, RecordId } from '../std/ids.ts'
import { Contact, HistoryEntry } from './contacts.ts'
import { DialPrefix, DialString, lineDefaults, lineKinds, recordingModes, workModes } from './campaigns.ts'
import { CampaignOutcome } from './outcomes.ts'
import { PhoneView } from './phone.ts'
import { Done, get, id, Instant, post, put, resource } from './resource.ts'
import { Supervisor } from './supervision.ts'

/** What an offer says of its line where there is nothing special, and what an older one did not say. */
export const offerLineDefaults = {
  dialPrefix: '',
  callerId: lineDefaults.callerId,
  recording: lineDefaults.recording,
}

/** Everything the operator's screen needs for one record; nothing else is fetched to show it. */
export const Offer = z.object({
  attempt: id<AttemptId>(),
  /** When the server offered it, on the server's clock. */
  offeredAt: Instant,
  campaign: z.object({
    id: id<CampaignId>(),
    code: z.string(),
    description: z.string(),
    workMode: z.enum(workModes),
    line: z.enum(lineKinds),
    /** All that is put before a number of this campaign when this operator dials: user's, then campaign's. */
    dialPrefix: DialPrefix.default(offerLineDefaults.dialPrefix),
    callerId: DialString.default(lineDefaults.callerId),
    recording: z.enum(recordingModes).default(lineDefaults.recording),
    zone: z.string(),
    wrapUpSeconds: z.number().int(),
    callbackGraceMinutes: z.number().int(),
    outcomes: z.array(CampaignOutcome),
    script: z.string(),
  }),
  record: z.object({
    id: id<RecordId>(),
    /** `inbound`: they called us. `manual`: the operator dialled a number of their own choice. */
    kind: z.enum(['new', 'retry', 'callback', 'inbound', 'manual']),
    dueAt: Instant.nullable(),
    attempts: z.number().int(),
    maxAttempts: z.number().int(),
  }),
  /** A caller whose number nobody has, or who hides it, is a contact without a name. */
  contact: Contact,
  history: z.array(HistoryEntry),
  /** Of an inbound call: who calls, as the network says; other contacts that have the same number. */
  caller: z
    .object({
      /** Null where it is withheld. */
      from: z.string().nullable(),
      name: z.string(),
      to: z.string(),
      /** When the caller began to wait. */
      since: Instant,
      matches: z.array(z.object({ id: id<ContactId>(), name: z.string(), city: z.string() })),
    })
    .nullable()
    .default(null),
})
export type Offer = z.infer<typeof Offer>

/** Why a ready operator has nothing to do. */
export const IdleReason = z.object({
  code: z.enum(['no-campaign', 'no-record-left', 'waiting-for-calls', 'waiting-for-due', 'outside-hours']),
  until: Instant.nullable(),
})

const EndOfCall = z.object({
  at: Instant,
  answeredAt: Instant.nullable(),
  end: z.enum(legEnds),
  switchCause: z.string().nullable(),
})

/** The operator's whole state as the server knows it; pushed on every change and first thing on connecting. */
export const OperatorView = z.object({
  state: z.enum(operatorStates),
  since: Instant,
  breakReason: z.enum(breakReasons).nullable(),
  wanted: z.enum(breakReasons).nullable(),
  work: z
    .object({
      stage: z.enum(['offered', 'started']),
      offer: Offer,
      /** Of a call that is over: how it ended, where the server knows. */
      ended: EndOfCall.nullable().default(null),
    })
    .nullable(),
  idle: IdleReason.nullable(),
  phone: PhoneView,
  /** Supervisors who are with the call, where the campaign tells; who joined always. */
  supervisors: z.array(Supervisor),
  /** Progressive: the server is calling this contact for the operator; `work` comes when somebody answers. */
  dialing: z
    .object({ attempt: id<AttemptId>(), campaign: z.string(), contact: z.string(), since: Instant })
    .nullable(),
  today: z.object({ worked: z.number().int(), positive: z.number().int(), callbacks: z.number().int() }),
  /** Own callbacks still to come, soonest first. */
  callbacks: z.array(
    z.object({ record: id<RecordId>(), name: z.string(), dueAt: Instant, campaign: z.string() }),
  ),
})
export type OperatorView = z.infer<typeof OperatorView>

/** The facts of the call, complete in themselves: the server may hear of the call only now. */
export const CallFacts = z.strictObject({
  phone: z.string().max(20),
  startedAt: Instant,
  answeredAt: Instant.nullable(),
  endedAt: Instant,
  end: z.enum(legEnds),
  switchCause: z.string().max(120).nullable(),
})

export const Answers = z.record(z.string().max(100), z.unknown())

export const WrapUp = z.strictObject({
  outcome: id<OutcomeCode>(),
  answers: Answers,
  note: z.string().max(10_000),
  callbackAt: Instant.nullable(),
  call: CallFacts,
  savedAt: Instant,
})
export type WrapUp = z.infer<typeof WrapUp>

const AttemptParams = z.strictObject({ id: id<AttemptId>() })

export const work = resource({
  operator: get('/work/operator', {
    summary: 'The own state, with the record on the desk',
    allow: ['operator'],
    reply: OperatorView,
  }),
  setState: put('/work/operator/state', {
    summary: 'Ready, or a break; during a call the break is granted after it',
    allow: ['operator'],
    body: z.discriminatedUnion('to', [
      z.strictObject({ to: z.literal('ready') }),
      z.strictObject({ to: z.literal('break'), reason: z.enum(breakReasons) }),
    ]),
    reply: OperatorView,
  }),
  start: post('/work/attempts/:id/start', {
    summary: 'May this call be made? Checked at this instant; from here on the record is this operator’s',
    allow: ['operator'],
    params: AttemptParams,
    body: z.strictObject({ phone: z.string().max(20) }),
    reply: z.object({ dial: z.string() }),
    repeat: 'safe',
  }),
  progress: post('/work/attempts/:id/progress', {
    summary: 'What the line does, for the board; the wrap-up carries the facts that count',
    allow: ['operator'],
    params: AttemptParams,
    body: z.strictObject({ what: z.enum(['answered', 'ended']), at: Instant }),
    reply: Done,
    repeat: 'safe',
  }),
  wrapUp: post('/work/attempts/:id/wrap-up', {
    summary: 'Outcome, answers, note and callback of an attempt, in one transaction; idempotent by key',
    allow: ['operator'],
    params: AttemptParams,
    body: WrapUp,
    reply: Done,
    repeat: 'safe',
  }),
  undo: post('/work/attempts/:id/undo', {
    summary: 'Opens the last wrap-up again, until the next call has left; idempotent by key',
    allow: ['operator'],
    params: AttemptParams,
    reply: Done,
    repeat: 'safe',
  }),
  manual: post('/work/manual', {
    summary:
      'A number dialled by hand: its contact is put on the own desk as an offer, found or made, in a running campaign of the operator. Refused as a call of the campaign is (`call-not-allowed`), in a call, and where a colleague has the contact',
    allow: ['operator'],
    body: z.strictObject({
      /** As it is typed or stands on a page. */
      phone: z.string().max(60),
      /** Where not said: one that knows the contact, else the first by priority. */
      campaign: id<CampaignId>().optional(),
    }),
    reply: OperatorView,
  }),
  identify: put('/work/attempts/:id/contact', {
    summary: 'Who it really is that called, or was dialled by hand: the call goes on under that contact',
    allow: ['operator'],
    params: AttemptParams,
    body: z.strictObject({ contact: id<ContactId>() }),
    reply: OperatorView,
  }),
  skip: post('/work/attempts/:id/skip', {
    summary: 'Gives an offered record back with a reason',
    allow: ['operator'],
    params: AttemptParams,
    body: z.strictObject({ reason: z.enum(['not-now', 'known-person', 'data-wrong', 'other']) }),
    reply: Done,
    repeat: 'safe',
  }),
})
