import type { crm } from '../../../shared/contract/crm.ts'
import type { Host } from '../../../shared/rpc/contract.ts'
import { AppError } from '../../../shared/std/errors.ts'
import { z } from 'zod'
import type { CrmRequest } from './ports.ts'

/** What has a service of its own here: a page must not pass beside the desk, the outbox, the phone or the session. */
const closed = /^(sessions\.(?!(list|revoke)$)|phone\.(?!(setup|setUp)$)|work\.)/

const Parts = z.strictObject({
  params: z.record(z.string(), z.string()).optional(),
  query: z.record(z.string(), z.unknown()).optional(),
  body: z.unknown().optional(),
})

/** The one way from a page to the CRM: names of the map only, the session is added behind it. */
export function crmService(ports: {
  request: CrmRequest
  names: ReadonlySet<string>
}): Host<{ crm: typeof crm }>['crm'] {
  return {
    request: async ({ name, input }, _by, signal) => {
      if (!ports.names.has(name)) throw new AppError('unknown-method', `no such request: ${name}`)
      if (closed.test(name)) throw new AppError('not-allowed', `not from a page: ${name}`)
      const parts = Parts.safeParse(input ?? {})
      if (!parts.success) throw new AppError('invalid-input', 'params, query and body are all there is')
      return ports.request(name, parts.data, { signal })
    },
  }
}
