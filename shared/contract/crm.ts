import { z } from 'zod'
import { method } from '../rpc/contract.ts'

/**
 * One method for the whole CRM: main refuses a name that the map in `shared/crm-api` lacks, and adds the session.
 * Operators' work (`work.*`), the own phone and the own session are not reachable here: they have services of their own.
 */
export const crm = {
  request: method(z.strictObject({ name: z.string().max(80), input: z.unknown() }), z.unknown(), {
    repeat: 'never',
    deadlineMs: 20_000,
  }),
}
