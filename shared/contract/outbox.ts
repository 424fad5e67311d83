import { z } from 'zod'
import { method, view } from '../rpc/contract.ts'

/** What is saved here and has still to reach the server. */
export const OutboxView = z.object({
  waiting: z.number().int(),
  /** Of these, how many belong to somebody who is not signed in at the moment. */
  waitingForOthers: z.number().int(),
  /** What the server refused for good: shown with its code until somebody has dealt with it. Nothing is thrown away. */
  problems: z.array(
    z.object({ key: z.string(), code: z.string(), at: z.number(), contact: z.string(), outcome: z.string() }),
  ),
})
export type OutboxView = z.infer<typeof OutboxView>

export const outbox = {
  state: view(OutboxView),
  /** Tries at once instead of waiting for the back-off. */
  deliverNow: method(z.void(), z.void(), { repeat: 'safe' }),
  /** Puts a refused entry aside; it stays in the file on this machine. */
  setAside: method(z.strictObject({ key: z.string() }), z.void(), { repeat: 'safe' }),
}
