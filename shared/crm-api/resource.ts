import { z } from 'zod'

/**
 * A resource of the CRM is written once: path, who may, schemas. The server registers its routes from these maps,
 * the client is driven by them, OpenAPI comes out of them (docs/architecture.md, "A CRM resource is written once").
 */
export const roles = ['administrator', 'supervisor', 'operator'] as const
export type Role = (typeof roles)[number]
/** `anyone` needs no session at all; `signed-in` is every role, also one whose password must be changed first. */
export type Allow = 'anyone' | 'signed-in' | readonly Role[]

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE'

export interface RouteOptions<P, Q, B, R> {
  summary: string
  allow: Allow
  params?: z.ZodType<P>
  query?: z.ZodType<Q>
  body?: z.ZodType<B>
  reply: z.ZodType<R>
  /** `safe`: may be sent again; a POST that is safe carries an `Idempotency-Key`. */
  repeat?: 'safe' | 'never'
  /** Requests a minute and client address; the server's default where absent. */
  perMinute?: number
  /** The body is a file that travels as a stream (application/octet-stream), or the reply is one. */
  stream?: 'upload' | 'download'
}

export interface Route<P = unknown, Q = unknown, B = unknown, R = unknown> extends RouteOptions<P, Q, B, R> {
  method: HttpMethod
  path: string
  repeat: 'safe' | 'never'
}

/** What a caller passes: only the parts the route has. */
export type RouteInput<T> =
  T extends Route<infer P, infer Q, infer B>
    ? (unknown extends P ? object : { params: P }) &
        (unknown extends Q ? object : { query: Q }) &
        (unknown extends B ? object : { body: B })
    : never
export type RouteReply<T> = T extends Route<infer _P, infer _Q, infer _B, infer R> ? R : never

const route =
  (method: HttpMethod) =>
  <P, Q, B, R>(path: string, options: RouteOptions<P, Q, B, R>): Route<P, Q, B, R> => ({
    ...options,
    method,
    path,
    repeat: options.repeat ?? (method === 'POST' ? 'never' : 'safe'),
  })

export const get = route('GET')
export const post = route('POST')
export const put = route('PUT')
export const del = route('DELETE')

export const resource = <const T extends Record<string, Route>>(routes: T): T => routes

/** Nothing to say beyond "done". */
export const Done = z.object({})

export const id = <T extends string>() => z.string().min(1).max(64) as unknown as z.ZodType<T>
export const IdParams = z.strictObject({ id: z.string().min(1).max(64) })
export const Instant = z.number().int().nonnegative()
export const Text = (max: number) => z.string().trim().max(max)
export const Label = z.strictObject({ it: Text(80).min(1), en: Text(80).min(1) })

/** A page of a list: keep asking with `after: next` until `next` is null. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable(), total: z.number().int() })
export const PageQuery = z.object({
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
