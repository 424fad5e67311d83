import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify'
import type { MakeId } from '../../shared/std/ids.ts'
import type { Instant } from '../../shared/std/clock.ts'
import { AppError } from '../../shared/std/errors.ts'
import { type Authenticate, authHook } from './auth.ts'
import { docsPath, openApiPath, registerDocs } from './docs.ts'
import { type ExplainError, errorHandler, notFoundHandler } from './errors.ts'
import { serializerCompiler, validatorCompiler } from './schemas.ts'
import { uploadLimit } from './upload.ts'

export interface HttpDeps {
  log: FastifyBaseLogger
  version: string
  now: () => Instant
  makeId: MakeId
  authenticate: Authenticate
  explainError: ExplainError
}

export interface RegisteredRoute {
  method: string
  url: string
}

export const healthPath = '/health'
/** Routes outside the resource maps: they tell nothing of anybody. */
export const isPublic = (url: string): boolean =>
  url === openApiPath || url === healthPath || url === docsPath || url.startsWith(`${docsPath}/`)

// A script of 500,000 characters with its JSON escapes.
const bodyLimit = 4 * 1024 * 1024

/**
 * A Fastify instance with authentication, limits, errors and documentation; the resources are registered after.
 * It comes inside an object: an instance is a thenable, and awaiting it would close it for more routes.
 */
export async function createHttp(
  deps: HttpDeps,
): Promise<{ app: FastifyInstance; routes: RegisteredRoute[] }> {
  const app = fastify({
    loggerInstance: deps.log,
    // Paths and queries may hold names and numbers: a line of our own says the route instead.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: deps.makeId,
    bodyLimit,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 64 },
  })
  const routes: RegisteredRoute[] = []
  app.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) routes.push({ method: each, url })
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(errorHandler(deps.explainError))
  app.setNotFoundHandler(notFoundHandler)
  app.removeContentTypeParser('text/plain')
  app.addContentTypeParser('application/octet-stream', { bodyLimit: uploadLimit }, (_request, body, done) => {
    done(null, body)
  })
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    // For whoever puts TLS in front; on plain loopback browsers ignore it anyway.
    strictTransportSecurity: false,
  })
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, { ttl }) =>
      new AppError('too-many-requests', 'too many requests from this address', {
        details: { retryAfterSeconds: Math.ceil(ttl / 1000) },
      }),
  })
  app.decorateRequest('asker')
  app.addHook('onRequest', authHook({ authenticate: deps.authenticate, now: deps.now, isPublic }))
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.config.routeName
    const ms = Math.round(reply.elapsedTime)
    if (route !== undefined) request.log.debug({ route, status: reply.statusCode, ms }, 'request')
    done()
  })
  await registerDocs(app, deps.version)
  app.get(healthPath, () => ({ status: 'up' }))
  return { app, routes }
}
