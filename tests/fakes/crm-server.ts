import type { FastifyReply, FastifyRequest } from 'fastify'
import { fastify } from 'fastify'
import type { AddressInfo, Socket } from 'node:net'
import { crmRoutes } from '../../shared/crm-api/index.ts'
import type { Route } from '../../shared/crm-api/resource.ts'
import type { WrapUp } from '../../shared/crm-api/work.ts'
import type { Operator } from '../../shared/domain/operator/operator.ts'
import type { Clock } from '../../shared/std/clock.ts'
import type { ErrorCode } from '../../shared/std/errors.ts'
import { AppError, errorCodes, toWireError } from '../../shared/std/errors.ts'
import type { AttemptId, UserId } from '../../shared/std/ids.ts'
import { crmDesk } from './crm-desk.ts'
import { crmHandlers } from './crm-handlers.ts'
import { crmStream } from './crm-stream.ts'

export interface FakeRequest {
  name: string
  key: string | undefined
  params: Record<string, string>
  query: Record<string, string>
  body: unknown
  user: UserId
  token: string
  address: string
}

export type FakeCrm = Awaited<ReturnType<typeof startFakeCrm>>

/**
 * A small CRM that really works, in memory, behind real HTTP and WebSocket: the operators' part of the contract with
 * the operator's rules and idempotency keys. Besides, it can go away, lose an answer, be slow and refuse.
 */
export async function startFakeCrm(clock: Clock) {
  const desk = crmDesk(clock)
  const handlers = crmHandlers(desk, clock)
  const stream = crmStream(desk, clock)
  const heard: FakeRequest[] = []
  const answers = new Map<string, unknown>()
  const toLose: string[] = []
  const toRefuse: { name: string; error: AppError }[] = []
  const slow = new Map<string, Promise<void>>()
  const sockets = new Set<Socket>()
  let away = false

  const app = fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 64 } })
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
  app.server.on('connection', (socket: Socket) => {
    if (away) return socket.destroy()
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  stream.attach(app.server)

  /** Does the work once per key, whatever becomes of the answer. */
  const work = (route: Route, request: FakeRequest): unknown => {
    if (route.method === 'POST' && route.repeat === 'safe' && request.key === undefined) {
      throw new AppError('invalid-input', 'this request needs an Idempotency-Key')
    }
    const remembered = `${request.user}/${request.name}/${request.key}`
    if (request.key !== undefined && answers.has(remembered)) return answers.get(remembered)
    const refusal = toRefuse.findIndex(({ name }) => name === request.name)
    if (refusal >= 0) throw toRefuse.splice(refusal, 1)[0]!.error
    const answer = handlers(route, request)
    heard.push(request)
    if (request.key !== undefined) answers.set(remembered, answer)
    return answer
  }

  const handle = async (name: string, route: Route, request: FastifyRequest, reply: FastifyReply) => {
    await slow.get(name)
    try {
      const answer = work(route, read(name, request, desk.userOf))
      const lost = toLose.indexOf(name)
      if (lost >= 0) {
        toLose.splice(lost, 1)
        reply.hijack()
        request.raw.socket.destroy()
        return reply
      }
      if (name === 'imports.rejectedFile') {
        return reply
          .type('text/csv')
          .header('content-disposition', 'attachment; filename="scarti.csv"')
          .send(answer)
      }
      return answer
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return reply.code(errorCodes[error.code].status).send(toWireError(error))
    }
  }
  for (const { name, route } of crmRoutes) {
    app.route({
      method: route.method,
      url: route.path,
      handler: (request, reply) => handle(name, route, request, reply),
    })
  }
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    /** Requests whose work was done, each once. */
    heard: heard as readonly FakeRequest[],
    heardNames: () => heard.map(({ name }) => name),
    wrapUps: desk.wrapUps as ReadonlyMap<AttemptId, WrapUp>,
    operator: (username: string): Operator => desk.operator(`user-${username}` as UserId),
    /** Given to the next ready operator. */
    offer: desk.offer,
    /** Takes an offered record back. */
    withdraw: desk.withdraw,
    /** Ends every session of this user, as an administrator can. */
    revoke: (username: string) => {
      desk.revoke(`user-${username}` as UserId)
      stream.end(`user-${username}` as UserId)
    },
    goAway: () => {
      away = true
      for (const socket of sockets) socket.destroy()
    },
    comeBack: () => {
      away = false
    },
    /** The next request of this name is worked off, and its answer never arrives. */
    loseAnswer: (name: string) => {
      toLose.push(name)
    },
    refuse: (name: string, code: ErrorCode, details?: unknown) => {
      toRefuse.push({ name, error: new AppError(code, 'refused by the test', { details }) })
    },
    /** Requests of this name wait; the result lets them go on. */
    slowDown: (name: string): (() => void) => {
      const gate = Promise.withResolvers<void>()
      slow.set(name, gate.promise)
      return () => {
        slow.delete(name)
        gate.resolve()
      }
    },
    boardWatchers: stream.boardWatchers,
    close: async () => {
      stream.close()
      await app.close()
    },
  }
}

function read(
  name: string,
  request: FastifyRequest,
  userOf: (token: string) => UserId | undefined,
): FakeRequest {
  const token = (request.headers.authorization ?? '').replace(/^Bearer /, '')
  const key = request.headers['idempotency-key']
  return {
    name,
    key: typeof key === 'string' ? key : undefined,
    params: (request.params ?? {}) as Record<string, string>,
    query: (request.query ?? {}) as Record<string, string>,
    body: request.body,
    user: userOf(token) ?? ('' as UserId),
    token,
    address: request.ip,
  }
}
