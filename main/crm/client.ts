import axios, { isAxiosError } from 'axios'
import type { AxiosResponse } from 'axios'
import { crmApi } from '../../shared/crm-api/index.ts'
import type { Route } from '../../shared/crm-api/resource.ts'
import type { Clock } from '../../shared/std/clock.ts'
import { AppError } from '../../shared/std/errors.ts'
import type { Event } from '../../shared/std/event.ts'
import { emitter } from '../../shared/std/event.ts'
import type { MakeId } from '../../shared/std/ids.ts'
import type { CrmCalls, CrmRequest, RequestOptions } from '../services/crm/ports.ts'
import { refusalIn, unreachable } from './errors.ts'

/** As long as a page waits for its own request (shared/rpc/contract.ts). */
const timeLimitMs = 10_000

export interface CrmClientOptions {
  /** `http://host:port`, perhaps with a path. */
  baseUrl: string
  /** Read anew for each request. */
  token: () => string | null
  clock: Clock
  makeId: MakeId
}

export interface CrmConnection {
  calls: CrmCalls
  request: CrmRequest
  /** A request was refused because the session it was sent with is over. */
  signedOut: Event<void>
}

interface Parts {
  params?: Record<string, unknown>
  query?: object
  body?: unknown
}

const routes = new Map<string, Route>(
  Object.entries(crmApi).flatMap(([resource, inside]) =>
    Object.entries<Route>(inside).map(([name, route]): [string, Route] => [`${resource}.${name}`, route]),
  ),
)
export const routeNames: ReadonlySet<string> = new Set(routes.keys())

/** One axios client driven by the map. Refusals come out with the server's code; nothing is sent twice by itself. */
export function createCrmClient(options: CrmClientOptions): CrmConnection {
  const { baseUrl, token, clock, makeId } = options
  const signedOut = emitter<void>()
  const http = axios.create({
    baseURL: baseUrl,
    // Every status has a meaning of ours; a redirect has none.
    validateStatus: () => true,
    maxRedirects: 0,
    proxy: false,
  })

  const request: CrmRequest = async (name, input, { key, signal } = {}) => {
    const route = routes.get(name)
    if (!route || route.stream) throw new AppError('unknown-method', `no such request: ${name}`)
    const parts = (input ?? {}) as Parts
    const session = token()
    const limit = limited(clock, signal)
    try {
      const response = await http.request<unknown>({
        method: route.method,
        url: addressOf(route.path, parts.params),
        params: parts.query,
        data: parts.body,
        headers: {
          ...headersOf(route, session, key ?? makeId()),
          // Without a body axios would call it a form, which the server does not read.
          ...(parts.body === undefined ? { 'content-type': false } : {}),
        },
        signal: limit.signal,
      })
      return answerOf(name, route, response)
    } catch (error) {
      const refusal = limit.reason(error)
      if (refusal.code === 'signed-out' && session !== null && session === token()) signedOut.emit()
      throw refusal
    } finally {
      limit.stop()
    }
  }

  return { calls: callsOver(request), request, signedOut: signedOut.event }
}

function callsOver(request: CrmRequest): CrmCalls {
  const resources = Object.entries(crmApi).map(([resource, inside]) => [
    resource,
    Object.fromEntries(
      Object.keys(inside).map((name) => [
        name,
        (input: unknown, options?: RequestOptions) => request(`${resource}.${name}`, input, options),
      ]),
    ),
  ])
  return Object.fromEntries(resources) as CrmCalls
}

function answerOf(name: string, route: Route, { status, data }: AxiosResponse<unknown>): unknown {
  if (status < 200 || status > 299) throw refusalIn(status, data)
  const reply = route.reply.safeParse(data)
  if (!reply.success) throw new AppError('protocol-mismatch', `the answer to ${name} is of another version`)
  return reply.data
}

function headersOf(route: Route, session: string | null, key: string): Record<string, string> {
  return {
    accept: 'application/json',
    ...(session === null ? {} : { authorization: `Bearer ${session}` }),
    ...(route.method === 'POST' && route.repeat === 'safe' ? { 'idempotency-key': key } : {}),
  }
}

/** `/campaigns/:id` with its parameters; one that would leave its place in the path is refused. */
export function addressOf(path: string, params: Record<string, unknown> = {}): string {
  return path.replaceAll(/:([a-z]+)/gi, (_whole, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined
    if (typeof value !== 'string' || value === '' || value === '.' || value === '..') {
      throw new AppError('invalid-input', `${name} is missing`, {
        details: { issues: [{ path: `params.${name}`, message: 'missing' }] },
      })
    }
    return encodeURIComponent(value)
  })
}

/** A time limit on our own clock, joined with the caller's signal. */
function limited(clock: Clock, outer: AbortSignal | undefined) {
  const controller = new AbortController()
  let timedOut = false
  const stopClock = clock.after(timeLimitMs, () => {
    timedOut = true
    controller.abort()
  })
  const signal = outer ? AbortSignal.any([outer, controller.signal]) : controller.signal
  return {
    signal,
    stop: stopClock,
    reason: (error: unknown): AppError => {
      if (error instanceof AppError) return error
      if (timedOut) return new AppError('deadline-passed', `no answer in ${timeLimitMs} ms`)
      if (outer?.aborted) return new AppError('disconnected', 'nobody waits for the answer')
      if (isAxiosError(error)) return unreachable(error.code ?? error.message)
      throw error
    },
  }
}
