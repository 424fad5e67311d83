import type { CrmApi } from '../../../shared/crm-api/index.ts'
import type { RouteInput, RouteReply } from '../../../shared/crm-api/resource.ts'

export interface RequestOptions {
  /** `Idempotency-Key` of a POST that is safe to repeat; a new one is made where it is absent. */
  key?: string
  signal?: AbortSignal
}

/** The CRM's map as functions. They refuse with the server's codes, `server-unreachable` or `deadline-passed`. */
export type CrmCalls = {
  [R in keyof CrmApi]: {
    [K in keyof CrmApi[R]]: (
      input: RouteInput<CrmApi[R][K]>,
      options?: RequestOptions,
    ) => Promise<RouteReply<CrmApi[R][K]>>
  }
}

/** The same by name, for what a page asks. */
export type CrmRequest = (name: string, input: unknown, options?: RequestOptions) => Promise<unknown>
