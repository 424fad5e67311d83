import { z } from 'zod'
import { Consult, Destination } from '../crm-api/lines.ts'
import { Offer } from '../crm-api/work.ts'
import { buttonNames } from '../domain/call/buttons.ts'
import { commandNames, legEnds, recordingStates } from '../domain/call/legs.ts'
import type { AttemptId, CallId, CampaignId, ContactId, LegId, OutcomeCode } from '../std/ids.ts'
import { method, view } from '../rpc/contract.ts'

const id = <T extends string>() => z.string().min(1).max(64) as unknown as z.ZodType<T>
const Instant = z.number()

export const Phase = z.discriminatedUnion('name', [
  z.object({ name: z.literal('ringing') }),
  z.object({ name: z.literal('talking'), since: Instant, held: z.boolean(), muted: z.boolean() }),
  z.object({ name: z.literal('wrap-up'), since: Instant }),
  z.object({ name: z.literal('closed'), at: Instant, outcome: z.string().nullable() }),
])

export const CallState = z.object({
  id: id<CallId>(),
  leg: id<LegId>(),
  direction: z.enum(['in', 'out']),
  peer: z.string(),
  phase: Phase,
  startedAt: Instant,
  answeredAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  end: z.enum(legEnds).nullable(),
  switchCause: z.string().nullable(),
  asked: z
    .object({
      command: z.enum(commandNames),
      at: Instant,
    })
    .nullable(),
  caption: z.string().nullable(),
  // The journal may be older than these two.
  consult: Consult.nullable().default(null),
  recording: z.enum(recordingStates).default('off'),
})

/** What the operator has typed and chosen so far: on disk within a second of the key. */
export const Draft = z.strictObject({
  answers: z.record(z.string().max(100), z.unknown()),
  note: z.string().max(10_000),
  /** Script page by name, so that an edited script does not move the operator. */
  page: z.string().max(100).nullable(),
  outcome: id<OutcomeCode>().nullable(),
  callbackText: z.string().max(100),
})
export type Draft = z.infer<typeof Draft>

/** The one record on the desk: preview (no call yet), call, wrap-up. */
export const Work = z.object({
  attempt: id<AttemptId>(),
  offer: Offer,
  call: CallState.nullable(),
  buttons: z.array(z.enum(buttonNames)),
  draft: Draft,
  /** Dial was pressed and the server has not said yes yet. */
  dialing: z.boolean(),
})
export type Work = z.infer<typeof Work>

/** A colleague asks this operator while a customer of theirs hears music; it is on no record of this desk. */
export const Asked = z.object({
  leg: id<LegId>(),
  /** The colleague's name. */
  from: z.string(),
  /** The customer's number. */
  peer: z.string(),
  state: z.enum(['ringing', 'up']),
  since: Instant,
})
export type Asked = z.infer<typeof Asked>

export const Desk = z.object({
  work: Work.nullable(),
  asked: Asked.nullable(),
  /**
   * The outcome is saved, the hang-up did not get through: whoever was on the line may still hear this operator. It is
   * asked again until it is done.
   */
  stillUp: z.object({ since: Instant }).nullable(),
  /** The last saved wrap-up may be opened again until then. */
  undo: z
    .object({
      attempt: id<AttemptId>(),
      contact: z.string(),
      outcome: z.object({ it: z.string(), en: z.string() }),
      until: Instant,
    })
    .nullable(),
  /** Why the last try to call did not leave: an error code, with the reasons of `mayCall` in `reason`. */
  refusal: z
    .object({ code: z.string(), reason: z.string().nullable(), until: Instant.nullable(), at: Instant })
    .nullable(),
})
export type Desk = z.infer<typeof Desk>

const OnAttempt = z.strictObject({ attempt: id<AttemptId>() })
const OnLeg = z.strictObject({ leg: id<LegId>() })

/** Another program asks for a call: a tel:, callto: or sip: link. Nothing is dialled by it. */
export const Requested = z.object({ number: z.string(), at: Instant })
export type Requested = z.infer<typeof Requested>

export const call = {
  desk: view(Desk),
  /** To be put on the dial pad, until it was seen there. */
  requested: view(Requested.nullable()),
  requestSeen: method(z.strictObject({ at: Instant }), z.void(), { repeat: 'safe' }),
  /**
   * A number dialled by hand: its record comes to the desk as an offer, and leaves by `dial` as every other, so that the
   * number that goes out is seen before. Refused as `dial` is (`call-not-allowed` with its reason), and with
   * `not-in-this-state` in a call.
   */
  dialNumber: method(
    z.strictObject({ phone: z.string().max(60), campaign: id<CampaignId>().optional() }),
    z.void(),
    { repeat: 'never' },
  ),
  /** Who it really is that calls, or was dialled by hand: one of `caller.matches`, or another contact of the campaign. */
  identify: method(OnAttempt.extend({ contact: id<ContactId>() }), z.void(), { repeat: 'safe' }),
  /** Asks the server, then dials. `phone` is one of the contact's numbers, E.164. */
  dial: method(OnAttempt.extend({ phone: z.string().max(20) }), z.void(), { repeat: 'never' }),
  /** An inbound call that rings: takes it, or lets it ring at the next operator. */
  answer: method(OnAttempt, z.void(), { repeat: 'never' }),
  decline: method(OnAttempt, z.void(), { repeat: 'never' }),
  hangUp: method(OnAttempt, z.void(), { repeat: 'never' }),
  hold: method(OnAttempt, z.void(), { repeat: 'never' }),
  resume: method(OnAttempt, z.void(), { repeat: 'never' }),
  mute: method(OnAttempt, z.void(), { repeat: 'never' }),
  unmute: method(OnAttempt, z.void(), { repeat: 'never' }),
  dtmf: method(OnAttempt.extend({ digits: z.string().regex(/^[0-9*#A-D]{1,32}$/) }), z.void(), {
    repeat: 'never',
  }),
  /** Blind: the customer goes at once. */
  transfer: method(OnAttempt.extend({ to: Destination }), z.void(), { repeat: 'never' }),
  /** A second party is called while the customer hears music; then swap, join, complete, or cancel. */
  consult: method(OnAttempt.extend({ to: Destination }), z.void(), { repeat: 'never' }),
  swap: method(OnAttempt, z.void(), { repeat: 'never' }),
  join: method(OnAttempt, z.void(), { repeat: 'never' }),
  complete: method(OnAttempt, z.void(), { repeat: 'never' }),
  cancelConsult: method(OnAttempt, z.void(), { repeat: 'never' }),
  record: method(OnAttempt.extend({ do: z.enum(['start', 'pause', 'resume', 'stop']) }), z.void(), {
    repeat: 'never',
  }),
  /** What a colleague asks of this operator: see `Asked`. `leave` also declines. */
  answerAsked: method(OnLeg, z.void(), { repeat: 'never' }),
  leaveAsked: method(OnLeg, z.void(), { repeat: 'never' }),
  skip: method(
    OnAttempt.extend({ reason: z.enum(['not-now', 'known-person', 'data-wrong', 'other']) }),
    z.void(),
    {
      repeat: 'safe',
    },
  ),
  saveDraft: method(OnAttempt.extend({ draft: Draft }), z.void(), { repeat: 'safe' }),
  /** Hangs up if the line is still up, writes everything in one transaction, and only then answers. */
  wrapUp: method(
    OnAttempt.extend({
      key: z.string().min(8).max(64),
      outcome: id<OutcomeCode>(),
      callbackAt: Instant.nullable(),
      draft: Draft,
    }),
    z.object({ savedAt: Instant }),
    { repeat: 'safe' },
  ),
  undo: method(OnAttempt, z.void(), { repeat: 'safe' }),
}
