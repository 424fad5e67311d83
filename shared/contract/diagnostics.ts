import { z } from 'zod'
import { method } from '../rpc/contract.ts'

/**
 * Steps of the readiness check and of the diagnostics page; texts are under `operator.checks.<id>`. Those of the phone
 * are left out where no real calls are made, and `microphone` where a desk phone takes them.
 */
export const checkIds = [
  'server',
  'session',
  'clock',
  'disk',
  'line',
  'phone',
  'microphone',
  'outbox',
] as const
export const CheckResult = z.object({
  id: z.enum(checkIds),
  /** `warning` does not stop anybody from working. */
  result: z.enum(['ok', 'warning', 'failed']),
  /** Plain data without personal content, for the text and for the support. */
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  tookMs: z.number(),
})
export type CheckResult = z.infer<typeof CheckResult>

export const diagnostics = {
  run: method(z.void(), z.array(CheckResult), { repeat: 'safe' }),
}
