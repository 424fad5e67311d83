import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { AppError, errorCodes, toWireError } from '../../shared/std/errors.ts'

/** Tells expected refusals of other layers, such as a database that is away, from bugs. */
export type ExplainError = (error: unknown) => AppError | undefined

/** Faults that Fastify itself finds before a handler runs: bad JSON, wrong content type, too large. */
function requestFault(error: unknown): AppError | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined
  const { statusCode, code, message } = error as FastifyError
  if (statusCode === undefined || statusCode < 400 || statusCode > 499) return undefined
  return new AppError('invalid-input', message, { details: [{ path: '', message: code }] })
}

/** What the client is told, and whether we must be told too. A bug becomes `internal`: nothing of it leaves. */
export function refusalOf(
  error: unknown,
  explain: ExplainError,
  reference: string,
): { refusal: AppError; ours: boolean } {
  const known = error instanceof AppError ? error : (explain(error) ?? requestFault(error))
  if (known !== undefined && known.code !== 'internal') return { refusal: known, ours: false }
  return {
    refusal: new AppError('internal', 'something went wrong on the server', { reference }),
    ours: true,
  }
}

export const errorHandler =
  (explain: ExplainError) =>
  (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { refusal, ours } = refusalOf(error, explain, request.id)
    const where = { reference: request.id, route: request.routeOptions.config.routeName }
    if (ours) request.log.error({ ...where, err: error }, 'a request failed unexpectedly')
    else request.log.debug({ ...where, code: refusal.code }, 'a request was refused')
    if (refusal.code === 'signed-out') reply.header('www-authenticate', 'Bearer')
    return reply.code(errorCodes[refusal.code].status).send(toWireError(refusal))
  }

export const notFoundHandler = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  reply
    .code(errorCodes['unknown-method'].status)
    .send(toWireError(new AppError('unknown-method', `there is no ${request.method} at this path`)))
