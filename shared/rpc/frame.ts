import { z } from 'zod'
import type { WireError } from '../std/errors.ts'
import { isErrorCode } from '../std/errors.ts'

/** Raised whenever an older page could no longer talk to a newer host; the page is then told to reload. */
export const protocolNumber = 1

/** Frames above this are refused by the transports: files travel over HTTP, never in here. */
export const largestFrameBytes = 1_048_576

/**
 * All that ever crosses a channel. `id` is chosen by whoever asks; questions (call, cancel, watch, unwatch) and
 * answers (ok, fail, value) are different frames, so both ends may ask over one channel without agreeing on ids.
 */
export type Frame =
  | { t: 'hello'; protocol: number; build: string }
  | { t: 'call'; id: number; to: string; input?: unknown }
  | { t: 'cancel'; id: number }
  | { t: 'ok'; id: number; output?: unknown }
  | { t: 'fail'; id: number; error: WireError }
  | { t: 'watch'; id: number; to: string }
  | { t: 'unwatch'; id: number }
  | { t: 'value'; id: number; rev: number; value?: unknown }

const id = z.number().int().positive()
const to = z.string().max(128)
const error = z.object({
  // A newer host may know codes that this page does not: for the page they are ours to solve.
  code: z.string().transform((code) => (isErrorCode(code) ? code : ('internal' as const))),
  message: z.string(),
  reference: z.string().optional(),
  details: z.unknown().optional(),
})

const frame = z.discriminatedUnion('t', [
  z.object({ t: z.literal('hello'), protocol: z.number().int(), build: z.string().max(128) }),
  z.object({ t: z.literal('call'), id, to, input: z.unknown().optional() }),
  z.object({ t: z.literal('cancel'), id }),
  z.object({ t: z.literal('ok'), id, output: z.unknown().optional() }),
  z.object({ t: z.literal('fail'), id, error }),
  z.object({ t: z.literal('watch'), id, to }),
  z.object({ t: z.literal('unwatch'), id }),
  z.object({ t: z.literal('value'), id, rev: z.number().int().positive(), value: z.unknown().optional() }),
])

/** The frame in what came in, or undefined where it is none. Every channel reads with this. */
export function readFrame(raw: unknown): Frame | undefined {
  return frame.safeParse(raw).data
}

/** The frame in a JSON text, or undefined where it is none. */
export function readFrameText(text: string): Frame | undefined {
  try {
    return readFrame(JSON.parse(text))
  } catch {
    return undefined
  }
}
