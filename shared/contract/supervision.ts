import type { z } from 'zod'
import { SupervisionView } from '../crm-api/supervision.ts'
import { view } from '../rpc/contract.ts'

/**
 * Whom a supervisor listens to, as the server last said; null until it has spoken once, for people who are no
 * supervisors, and where the server has no switch. Asked for by `crm.supervision.listen` and `.stop`.
 */
export const supervision = {
  state: view(SupervisionView.nullable()),
}
export type SupervisionState = z.infer<typeof SupervisionView> | null
