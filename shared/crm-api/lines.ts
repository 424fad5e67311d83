import { z } from 'zod'
import { legEnds, recordingStates } from '../domain/call/legs.ts'
import type { CtiCommand, CtiEvent } from '../domain/call/legs.ts'
import { operatorStates } from '../domain/operator/operator.ts'
import type { CallId, CampaignId, LegId, UserId } from '../std/ids.ts'
import { DialString } from './campaigns.ts'
import { Done, get, id, Instant, post, resource } from './resource.ts'

/**
 * The server's switch as one more switch of the desk: the words are those of shared/domain/call/legs.ts. Attempt, leg and
 * call have one id; the leg by which a colleague asks has its own, and the call of the colleague's customer. Muting is the
 * page's own microphone track and is not asked of the server.
 */
const Leg = id<LegId>()

const toNumber = z.strictObject({ kind: z.literal('number'), number: DialString.min(3) })
const toOperator = z.strictObject({ kind: z.literal('operator'), user: id<UserId>() })
const toQueue = z.strictObject({ kind: z.literal('queue'), campaign: id<CampaignId>() })
const SecondParty = z.discriminatedUnion('kind', [toNumber, toOperator])
export const Destination = z.discriminatedUnion('kind', [toNumber, toOperator, toQueue])

export const Consult = z.object({
  leg: Leg,
  to: SecondParty,
  state: z.enum(['ringing', 'up']),
  talkingTo: z.enum(['customer', 'consult', 'both']),
})

/** One leg of the operator as it is. */
export const LegState = z.object({
  leg: Leg,
  call: id<CallId>(),
  direction: z.enum(['in', 'out']),
  /** The other party, E.164 where it is known; of a colleague who asks: their name. */
  peer: z.string(),
  /** Of a leg that comes in: the number that was called; of a colleague who asks: the customer's. */
  to: z.string().default(''),
  state: z.enum(['ringing', 'answered']),
  held: z.boolean(),
  /** Always false: see above. */
  muted: z.boolean(),
  consult: Consult.nullable(),
  recording: z.enum(recordingStates),
  startedAt: Instant,
  answeredAt: Instant.nullable(),
})
export type LegState = z.infer<typeof LegState>

export const LineState = z.object({
  /** Of the server to its switch; while it is down commands are refused with `line-down`, and what is up stays up. */
  link: z.enum(['up', 'down']),
  legs: z.array(LegState),
})
export type LineState = z.infer<typeof LineState>

const at = { at: Instant }
const onLeg = { ...at, leg: Leg }
/** A fact of the switch: `CtiEvent` on the wire, without what only a local switch can tell. */
export const LegNews = z.discriminatedUnion('type', [
  z.object({ type: z.literal('link-up'), ...at }),
  z.object({ type: z.literal('link-down'), ...at, reason: z.string() }),
  z.object({
    type: z.literal('leg-offered'),
    ...onLeg,
    call: id<CallId>(),
    from: z.string(),
    to: z.string(),
  }),
  z.object({ type: z.literal('leg-dialed'), ...onLeg, call: id<CallId>(), from: z.string(), to: z.string() }),
  z.object({ type: z.literal('leg-ringing'), ...onLeg }),
  z.object({ type: z.literal('leg-answered'), ...onLeg }),
  z.object({ type: z.literal('leg-held'), ...onLeg }),
  z.object({ type: z.literal('leg-resumed'), ...onLeg }),
  z.object({ type: z.literal('leg-consult'), ...onLeg, consult: Consult.nullable() }),
  z.object({ type: z.literal('leg-recording'), ...onLeg, recording: z.enum(recordingStates) }),
  z.object({
    type: z.literal('leg-ended'),
    ...onLeg,
    end: z.enum(legEnds),
    /** As the switch said it: `<Q.850 cause> <text>`, with `SIP <code>` where there is one. */
    switchCause: z.string().optional(),
  }),
])
export type LegNews = z.infer<typeof LegNews>

/** `CtiCommand` without the leg, which is in the path. */
export const LineCommand = z.discriminatedUnion('do', [
  /** `to` is the number that `work.start` has allowed for the attempt; prefixes are put before it here. */
  z.strictObject({ do: z.literal('dial'), to: DialString.min(3) }),
  z.strictObject({ do: z.literal('answer') }),
  z.strictObject({ do: z.literal('decline') }),
  z.strictObject({ do: z.literal('hang-up') }),
  z.strictObject({ do: z.literal('hold') }),
  z.strictObject({ do: z.literal('resume') }),
  z.strictObject({ do: z.literal('dtmf'), digits: z.string().regex(/^[0-9*#A-D]{1,32}$/) }),
  z.strictObject({ do: z.literal('transfer'), to: Destination }),
  z.strictObject({ do: z.literal('consult'), consult: Leg, to: Destination }),
  z.strictObject({ do: z.literal('swap') }),
  z.strictObject({ do: z.literal('join') }),
  z.strictObject({ do: z.literal('complete') }),
  z.strictObject({ do: z.literal('cancel-consult') }),
  z.strictObject({ do: z.literal('record-start') }),
  z.strictObject({ do: z.literal('record-pause') }),
  z.strictObject({ do: z.literal('record-resume') }),
  z.strictObject({ do: z.literal('record-stop') }),
])
export type LineCommand = z.infer<typeof LineCommand>

/** A colleague a call can be handed to: their phone is up; only who is `ready` can be handed one now. */
export const Colleague = z.object({ user: id<UserId>(), name: z.string(), state: z.enum(operatorStates) })
export type Colleague = z.infer<typeof Colleague>

/** A campaign's operators as one destination. Handed there a call waits, where somebody is `here`; asked, one is idle. */
export const Group = z.object({
  campaign: id<CampaignId>(),
  name: z.string(),
  here: z.number().int(),
  idle: z.number().int(),
})
export type Group = z.infer<typeof Group>

export const lines = resource({
  snapshot: get('/lines', {
    summary: 'The own legs on the switch, as they are',
    allow: ['operator'],
    reply: LineState,
  }),
  colleagues: get('/lines/colleagues', {
    summary: 'Operators whose phone is up, ready ones first',
    allow: ['operator'],
    reply: z.array(Colleague),
  }),
  groups: get('/lines/groups', {
    summary: 'Running campaigns with operators, by name: where a call can wait for the next one who is free',
    allow: ['operator'],
    reply: z.array(Group),
  }),
  command: post('/lines/:leg/commands', {
    summary:
      'Asks something of a leg; resolves when the switch accepted it, the fact follows on the stream. Idempotent by key; a `dial` also by its leg',
    allow: ['operator'],
    params: z.strictObject({ leg: Leg }),
    body: LineCommand,
    reply: Done,
    repeat: 'safe',
  }),
})

/** The wire and the domain say the same: a word that only one of them knows does not compile. */
export const toCommand = (leg: LegId, command: LineCommand): CtiCommand => ({ ...command, leg })
export const toEvent = (news: LegNews): CtiEvent => {
  if (news.type !== 'leg-ended') return news
  const { switchCause, ...ended } = news
  return switchCause === undefined ? ended : { ...ended, switchCause }
}
