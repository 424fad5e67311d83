import { z } from 'zod'
import { DialPrefix, DialString } from '../../shared/crm-api/campaigns.ts'

/** The switch and how we use it: a JSON file (`--pbx-config`) or the environment (CUFFIA_PBX). It holds a password. */
export const PbxSettings = z.strictObject({
  ari: z.strictObject({
    /** For example `http://127.0.0.1:8088/ari`. */
    url: z.url({ protocol: /^https?$/ }),
    user: z.string().min(1),
    password: z.string().min(1),
    app: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/),
  }),
  /** The switch's name for the endpoint that leads outside. */
  trunk: z.string().regex(/^[A-Za-z0-9._-]{1,40}$/),
  /** False where only machines of ours answer behind the trunk, as those of `npm run pbx`: no law binds such calls. */
  reachesPeople: z.boolean().default(true),
  phones: z.strictObject({
    /** Where a page registers: `wss://…`, or `ws://` on this machine only. */
    wsUrl: z.url({ protocol: /^wss?$/ }),
    domain: z.string().min(1).max(200),
    iceServers: z
      .array(
        z.strictObject({
          urls: z.string().min(1),
          username: z.string().optional(),
          credential: z.string().optional(),
        }),
      )
      .default([]),
    echoNumber: DialString.nullable().default(null),
  }),
  /** Shown to who is called where a campaign says none. */
  callerId: DialString.default(''),
  outsidePrefix: DialPrefix.default(''),
  /** A shorter ring than 18 s is a nuisance call (the figure of the UK and US rules, docs/decisions). */
  ringSeconds: z.number().int().min(18).max(120).default(25),
  /** So long a call that comes in rings at one operator before it goes to the next. */
  pickUpSeconds: z.number().int().min(5).max(60).default(15),
  /** So long somebody waits in a queue before they are told that nobody comes. */
  longestWaitSeconds: z.number().int().min(30).max(3_600).default(600),
  /** The switch's name of the sound that callers hear before they are recorded; see resources/sounds. */
  recordingNotice: z
    .string()
    .regex(/^[\w./-]{1,120}$/)
    .default('recording-notice-it'),
})
export type PbxSettings = z.infer<typeof PbxSettings>

/** Throws an Error that names what is wrong, never the password. */
export function readPbxSettings(text: string): PbxSettings {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Error('the PBX settings are not JSON')
  }
  const parsed = PbxSettings.safeParse(json)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new Error(`the PBX settings are wrong: ${problems.join('; ')}`)
}
