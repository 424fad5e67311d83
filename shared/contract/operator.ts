import { z } from 'zod'
import { OperatorView } from '../crm-api/work.ts'
import { breakReasons } from '../domain/operator/operator.ts'
import { method, view } from '../rpc/contract.ts'

/** The operator's state: the server's word while connected, `offline` as soon as we are cut off. */
export const OperatorStatus = z.object({
  connected: z.boolean(),
  /** Null until the server has spoken once, and for people who are no operators. */
  view: OperatorView.omit({ work: true }).nullable(),
  /** Sent and not yet confirmed by the server. */
  asked: z.enum(['ready', 'break']).nullable(),
})
export type OperatorStatus = z.infer<typeof OperatorStatus>

export const operator = {
  status: view(OperatorStatus),
  /** Runs the readiness checks first; a failed one refuses with `not-in-this-state` and its id in the details. */
  ready: method(z.void(), z.void(), { repeat: 'safe' }),
  takeBreak: method(z.strictObject({ reason: z.enum(breakReasons) }), z.void(), { repeat: 'safe' }),
}
