import { z } from 'zod'
import { Done, get, IdParams, Instant, post, put, resource } from './resource.ts'

/** `web`: the page is the phone (SIP over WebSocket, WebRTC). `desk`: the SIP phone that is noted with the user. */
export const phoneKinds = ['web', 'desk'] as const
export type PhoneKind = (typeof phoneKinds)[number]

/**
 * none: nobody asked for an account. provisioned: the account is there, no phone has registered with it. registered: it
 * can be called. calling: the server calls it. up: its leg lies in the operator's own bridge, calls can come.
 */
export const phoneStates = ['none', 'provisioned', 'registered', 'calling', 'up'] as const
export type PhoneState = (typeof phoneStates)[number]

/** What is wrong with the phone, in words for the page (`phone.problems.*`). */
export const phoneProblems = [
  /** The server has no link to the switch. */
  'switch-away',
  /** The account is there, the phone is not (any more). */
  'not-registered',
  /** It was called and nobody took it: a desk phone that was not lifted, a page that did not answer by itself. */
  'no-answer',
  /** Its leg was lost in the middle of something; it is called again. */
  'leg-lost',
  /** No desk phone is noted with this user. */
  'no-desk-phone',
] as const
export type PhoneProblem = (typeof phoneProblems)[number]

/** Part of the operator's view. `needed`: some running campaign of theirs makes or takes real calls. */
export const PhoneView = z.object({
  needed: z.boolean(),
  kind: z.enum(phoneKinds).nullable(),
  state: z.enum(phoneStates),
  problem: z.enum(phoneProblems).nullable(),
})
export type PhoneView = z.infer<typeof PhoneView>
/** What a server without a switch says, and one whose operator needs no phone. */
export const noPhone: PhoneView = { needed: false, kind: null, state: 'none', problem: null }

/** Name of the SIP header that the server puts on its call to the operator's phone; its value is `answerToken`. */
export const answerHeader = 'X-Cuffia-Answer'

/**
 * What the page registers with. The password is new each time and ends with the session, with the account that follows
 * it and with the switch: on a 401 ask for another account. The page answers by itself ONLY an INVITE whose
 * `X-Cuffia-Answer` header is exactly `answerToken`; it refuses any other.
 */
export const WebAccount = z.object({
  kind: z.literal('web'),
  username: z.string(),
  password: z.string(),
  /** Of the address: `sip:username@domain`. */
  domain: z.string(),
  wsUrl: z.string(),
  iceServers: z.array(
    z.object({ urls: z.string(), username: z.string().optional(), credential: z.string().optional() }),
  ),
  answerToken: z.string(),
  /** A number that speaks back what it hears, for the test call; null where the switch has none. */
  echoNumber: z.string().nullable(),
  expiresAt: Instant,
})
export const DeskAccount = z.object({
  kind: z.literal('desk'),
  /** The switch's name for the phone. It rings when the operator gets ready, and stays lifted. */
  endpoint: z.string(),
})
export const PhoneAccount = z.discriminatedUnion('kind', [WebAccount, DeskAccount])
export type PhoneAccount = z.infer<typeof PhoneAccount>

/** How one person telephones, kept by the administrator beside the user. */
export const PhoneSetup = z.strictObject({
  /** Put before all that this person dials, before the campaign's own prefix (EC-43). */
  dialPrefix: z.string().regex(/^[0-9*#]{0,10}$/),
  /** The switch's name for the phone on the desk; '' where there is none. */
  deskPhone: z.string().regex(/^[A-Za-z0-9._-]{0,40}$/),
})
export type PhoneSetup = z.infer<typeof PhoneSetup>

export const phone = resource({
  setup: get('/users/:id/phone', {
    summary: 'Prefix and desk phone of a user',
    allow: ['administrator', 'supervisor'],
    params: IdParams,
    reply: PhoneSetup,
  }),
  setUp: put('/users/:id/phone', {
    summary: 'Sets prefix and desk phone of a user; counts from the next account and the next call',
    allow: ['administrator'],
    params: IdParams,
    body: PhoneSetup,
    reply: PhoneSetup,
  }),
  account: post('/phone/account', {
    summary:
      'The phone for this session, a supervisor’s while listening: makes new SIP credentials at run time, or takes the desk phone. Asked again after each sign-in, reload of the page and refused registration',
    allow: ['operator', 'supervisor'],
    body: z.strictObject({ kind: z.enum(phoneKinds) }),
    reply: PhoneAccount,
    repeat: 'never',
  }),
  leave: post('/phone/leave', {
    summary: 'Withdraws the account and hangs the phone up; a call on it goes on while it lasts',
    allow: ['operator'],
    reply: Done,
    repeat: 'safe',
  }),
})
