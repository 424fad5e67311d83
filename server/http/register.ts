import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'
import { z } from 'zod'
import type { Route } from '../../shared/crm-api/resource.ts'
import { AppError } from '../../shared/std/errors.ts'
import type { Download, Handlers, RequestContext } from './handlers.ts'
import { limited, uploadLimit } from './upload.ts'

// Enough for any client at work, also for a whole shift in fast-forward; stops a program that runs wild.
const defaultPerMinute = 6_000

const IdempotencyKey = z.string().regex(/^[\x21-\x7e]{1,64}$/)

function idempotencyKey(route: Route, request: FastifyRequest): string | null {
  const key = IdempotencyKey.safeParse(request.headers['idempotency-key'])
  if (key.success) return key.data
  if (route.method !== 'POST' || route.repeat !== 'safe') return null
  throw new AppError('invalid-input', 'this request needs an Idempotency-Key', {
    details: [{ path: 'headers.idempotency-key', message: 'one to 64 visible ASCII characters' }],
  })
}

function sendDownload(reply: FastifyReply, download: Download): FastifyReply {
  const plain = download.fileName.replaceAll(/[^\w .-]/g, '_')
  // RFC 6266 with the encoding of RFC 8187: the plain name is for clients that do not know it.
  const encoded = encodeURIComponent(download.fileName).replaceAll(/['()*]/g, '_')
  const { length, part } = download
  if (length !== undefined) reply.header('accept-ranges', 'bytes').header('content-length', length)
  if (part !== undefined) reply.code(206).header('content-range', `bytes ${part.from}-${part.to}/${part.of}`)
  return reply
    .type(download.contentType)
    .header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`)
    .send(download.body)
}

function schemaOf(resourceName: string, routeName: string, route: Route): object {
  return {
    tags: [resourceName],
    operationId: `${resourceName}.${routeName}`,
    summary: route.summary,
    description: `For: ${typeof route.allow === 'string' ? route.allow : route.allow.join(', ')}.`,
    security: route.allow === 'anyone' ? [] : [{ session: [] }],
    ...(route.params && { params: route.params }),
    ...(route.query && { querystring: route.query }),
    ...(route.body && { body: route.body }),
    ...(route.stream !== 'download' && { response: { 200: route.reply } }),
  }
}

/**
 * Registers every route of a resource map on `app`: `registerResource(app, 'campaigns', crmApi.campaigns, handlers)`.
 * Input is parsed by the route's schemas and unknown parts of the reply are left out before it is sent.
 */
export function registerResource<R extends Record<string, Route>>(
  app: FastifyInstance,
  name: string,
  routes: R,
  handlers: Handlers<R>,
): void {
  for (const [routeName, route] of Object.entries<Route>(routes)) {
    const handle = handlers[routeName as keyof R] as unknown as (
      input: object,
      context: RequestContext,
    ) => Promise<unknown>
    app.route({
      method: route.method,
      url: route.path,
      schema: schemaOf(name, routeName, route),
      config: {
        allow: route.allow,
        routeName: `${name}.${routeName}`,
        ...(route.stream && { stream: route.stream }),
        needsKey: route.method === 'POST' && route.repeat === 'safe',
        rateLimit: { max: route.perMinute ?? defaultPerMinute, timeWindow: 60_000 },
      },
      handler: async (request, reply) => {
        const key = idempotencyKey(route, request)
        const upload = route.stream === 'upload' ? uploadOf(request) : null
        const input = {
          ...(route.params && { params: request.params }),
          ...(route.query && { query: request.query }),
          ...(route.body && { body: request.body }),
        }
        const range = route.stream === 'download' ? (request.headers.range ?? null) : null
        const result = await handle(input, { ...request.asker, key, upload, range })
        // Tokens and personal data: no copy on anybody's disk.
        reply.header('cache-control', 'no-store')
        return route.stream === 'download' ? sendDownload(reply, result as Download) : result
      },
    })
  }
}

function uploadOf(request: FastifyRequest): Readable {
  if (request.body instanceof Readable) return limited(request.body, uploadLimit)
  throw new AppError('invalid-input', 'the file must come as application/octet-stream')
}
