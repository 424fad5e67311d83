import { z } from 'zod'
import { answerHeader, WebAccount } from '../crm-api/phone.ts'
import { method, view } from '../rpc/contract.ts'

/**
 * The one contract SERVED BY THE PAGE, since the page owns the microphone. Main calls it over the channel that the page
 * opened; the page's own features call it too, over memory. Its account never comes back out of it: no view has it.
 */
export { answerHeader }
export type WebAccount = z.infer<typeof WebAccount>

/** none: no account. registering: also every later try after a loss. failed: not by itself any more, see `problem`. */
export const registrations = ['none', 'registering', 'registered', 'failed'] as const
export type Registration = (typeof registrations)[number]

/** Texts are under `phone.problems.<code>`. */
export const mediaProblems = [
  /** The WebSocket to the switch is gone; it is tried again by itself. */
  'socket-lost',
  /** The switch does not know this account (any more): a new one is needed. */
  'refused',
  /** The account ran out before the server made another. */
  'expired',
  /** The browser cannot do WebRTC, or not from this address (it wants https or this machine). */
  'unsupported',
] as const
export type MediaProblem = (typeof mediaProblems)[number]

/**
 * unknown: not asked for yet. asking: the browser shows its question. live: open. silent: open, but in the speaking test
 * nothing was heard. denied: the person or a rule said no. missing: there is none. ended: it was taken away; another is
 * looked for by itself.
 */
export const microphoneStates = ['unknown', 'asking', 'live', 'silent', 'denied', 'missing', 'ended'] as const
export type MicrophoneState = (typeof microphoneStates)[number]

/** `id` is the browser's and changes between sessions; what is remembered is the label. */
export const MediaDevice = z.object({ id: z.string(), label: z.string() })
export type MediaDevice = z.infer<typeof MediaDevice>

/** Labels; '' is the system's own choice. */
export const DeviceChoice = z.object({
  input: z.string().max(200),
  output: z.string().max(200),
  ringer: z.string().max(200),
})
export type DeviceChoice = z.infer<typeof DeviceChoice>
export const systemDevices: DeviceChoice = { input: '', output: '', ringer: '' }

export const headsetKeys = ['hook-on', 'hook-off', 'mute', 'flash', 'drop', 'redial'] as const
export type HeadsetKey = (typeof headsetKeys)[number]

export const HeadsetLamps = z.strictObject({
  offHook: z.boolean(),
  ring: z.boolean(),
  mute: z.boolean(),
  hold: z.boolean(),
})
export type HeadsetLamps = z.infer<typeof HeadsetLamps>
export const darkLamps: HeadsetLamps = { offHook: false, ring: false, mute: false, hold: false }

export const MediaState = z.object({
  /** When this window last got the focus, by the clock of this machine; 0 before it ever had it. */
  focusedAt: z.number(),
  registration: z.enum(registrations),
  problem: z.enum(mediaProblems).nullable(),
  microphone: z.enum(microphoneStates),
  devices: z.object({ inputs: z.array(MediaDevice), outputs: z.array(MediaDevice) }),
  /** What was asked for. */
  chosen: DeviceChoice,
  /** What is really in use; '' while the system's own choice is, or nothing. */
  inUse: z.object({ input: z.string(), output: z.string() }),
  /** A device chosen went away in use and another took over: its label, until something is chosen. */
  lost: z.string().nullable(),
  leg: z.enum(['none', 'up']),
  muted: z.boolean(),
  ringing: z.boolean(),
  /** Number of the switch that speaks back what it hears. */
  echoNumber: z.string().nullable(),
  /** The test call that speaks back. */
  echo: z.enum(['none', 'calling', 'up', 'failed']),
  /** `lamps` and `keys`: usages of the telephony page that it has. */
  headset: z
    .object({ name: z.string(), keys: z.array(z.enum(headsetKeys)), lamps: z.array(z.string()) })
    .nullable(),
  canPairHeadset: z.boolean(),
})
export type MediaState = z.infer<typeof MediaState>

export const silentMedia: MediaState = {
  focusedAt: 0,
  registration: 'none',
  problem: null,
  microphone: 'unknown',
  devices: { inputs: [], outputs: [] },
  chosen: systemDevices,
  inUse: { input: '', output: '' },
  lost: null,
  leg: 'none',
  muted: false,
  ringing: false,
  echoNumber: null,
  echo: 'none',
  headset: null,
  canPairHeadset: false,
}

/** 0 to 1 on a scale that follows the ear (0 is -60 dBFS), about 15 times a second. */
export const Levels = z.object({ input: z.number(), output: z.number() })
export type Levels = z.infer<typeof Levels>

/** One line of what a headset sends; the newest last. */
export const HeadsetReport = z.object({
  at: z.number(),
  reportId: z.number(),
  /** Hexadecimal. */
  data: z.string(),
  /** `0b:20 on`, one per usage that changed. */
  usages: z.array(z.string()),
  key: z.enum(headsetKeys).nullable(),
})
export type HeadsetReport = z.infer<typeof HeadsetReport>

export const media = {
  state: view(MediaState),
  /** Measured only while somebody looks; looking is the speaking test that finds a silent microphone. */
  levels: view(Levels),
  /** Filled only while somebody looks. */
  headsetReports: view(z.array(HeadsetReport)),

  /** From main. Registers and opens the microphone; null ends both and the leg. Resolves at once, `state` follows. */
  use: method(z.strictObject({ account: WebAccount.nullable() }), z.void(), { repeat: 'safe' }),
  /** From main. The page's own track: silence is sent, the leg stays. Holds for later legs too. */
  mute: method(z.strictObject({ on: z.boolean() }), z.void(), { repeat: 'safe' }),
  /** From main. `call`: a caller rings. `leg`: one short tone, somebody is on the line. */
  ring: method(z.strictObject({ on: z.boolean(), kind: z.enum(['call', 'leg']) }), z.void(), {
    repeat: 'safe',
  }),

  /** Opens the microphone for a test where no account did; asks the person if need be. */
  askMicrophone: method(z.void(), z.void(), { repeat: 'safe', deadlineMs: 120_000 }),
  /** From whoever keeps the settings (`settings.devices`); takes effect in the middle of a call. */
  choose: method(DeviceChoice.partial(), z.void(), { repeat: 'safe' }),
  /** Two seconds of tone on that device, as chosen. */
  testTone: method(z.strictObject({ on: z.enum(['output', 'ringer']) }), z.void(), { repeat: 'never' }),
  /** Calls `echoNumber`; refused with `not-in-this-state` while not registered or a leg is up. */
  startEcho: method(z.void(), z.void(), { repeat: 'never' }),
  stopEcho: method(z.void(), z.void(), { repeat: 'safe' }),

  /** Needs a key or a click a moment ago. False where the person chose none. */
  pairHeadset: method(z.void(), z.boolean(), { repeat: 'never', deadlineMs: 120_000 }),
  forgetHeadset: method(z.void(), z.void(), { repeat: 'safe' }),
  lightHeadset: method(HeadsetLamps, z.void(), { repeat: 'safe' }),
}

/** All that a page serves. */
export const page = { media }
export type Page = typeof page
