import type { FastifyInstance } from 'fastify'
import swagger, { type SwaggerTransform } from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { errorCodes } from '../../shared/std/errors.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    stream?: 'upload' | 'download'
    needsKey?: boolean
  }
}

export const openApiPath = '/openapi.json'
export const docsPath = '/docs'

const wireError = {
  description: 'A refusal',
  type: 'object',
  required: ['code', 'message'],
  properties: {
    code: { type: 'string', enum: Object.keys(errorCodes) },
    message: { type: 'string' },
    reference: { type: 'string', description: 'Finds the full error in the log of the server' },
    details: {},
  },
}
const keyHeader = {
  type: 'object',
  required: ['Idempotency-Key'],
  properties: { 'Idempotency-Key': { type: 'string', pattern: '^[\\x21-\\x7e]{1,64}$' } },
}
const file = { content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } }

/** Adds to the schemas of a route what zod does not know of: files, the key, refusals. */
const transform: SwaggerTransform = (document) => {
  const { url, schema } = jsonSchemaTransform(document)
  const { config } = document.route
  if (config?.allow === undefined) return { url, schema: { ...schema, hide: true } }
  const reply = config.stream === 'download' ? { 200: { description: 'The file', ...file } } : {}
  return {
    url,
    schema: {
      ...schema,
      ...(config.stream === 'upload' && { body: file }),
      ...(config.needsKey === true && { headers: keyHeader }),
      response: { ...(schema?.response as object | undefined), ...reply, default: wireError },
    },
  }
}

// Everything comes from our own server; Swagger UI sets style attributes and has its icons as data.
const docsPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/**
 * OpenAPI 3.1 and a page to browse it. Open to anyone who reaches the server: they hold what the public source says
 * already, no data and no settings, and a developer has no session when the first request is written.
 */
export async function registerDocs(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Cuffia server', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
      components: { securitySchemes: { session: { type: 'http', scheme: 'bearer' } } },
    },
    transform,
  })
  await app.register(swaggerUi, {
    routePrefix: docsPath,
    staticCSP: docsPolicy,
    uiConfig: { validatorUrl: null, docExpansion: 'list', deepLinking: true },
  })
  app.get(openApiPath, () => app.swagger())
}
