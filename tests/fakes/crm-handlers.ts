import type { z } from 'zod'
import type { Route } from '../../shared/crm-api/resource.ts'
import type { sessions } from '../../shared/crm-api/sessions.ts'
import type { WrapUp, work } from '../../shared/crm-api/work.ts'
import type { Clock } from '../../shared/std/clock.ts'
import { AppError } from '../../shared/std/errors.ts'
import type { AttemptId } from '../../shared/std/ids.ts'
import type { CrmDesk } from './crm-desk.ts'
import type { FakeRequest } from './crm-server.ts'

type BodyOf<R> = R extends Route<infer _P, infer _Q, infer B, infer _R> ? B : never
type Handler = (request: FakeRequest) => unknown

/** What each route does; a route that is not here answers `unknown-method`. */
export function crmHandlers(desk: CrmDesk, clock: Clock): (route: Route, request: FakeRequest) => unknown {
  let tokens = 0
  const attemptOf = ({ params }: FakeRequest) => params['id'] as AttemptId
  const account = ({ user }: FakeRequest) => [...desk.users.values()].find((each) => each.user.id === user)!

  const handlers: Record<string, Handler> = {
    'sessions.loginPage': ({ address }) => ({
      version: 'fake',
      address,
      now: clock.now(),
      gateway: 'wss://pbx.example:8089',
    }),
    'sessions.signIn': ({ body }) => {
      const { username, password } = body as z.infer<NonNullable<typeof sessions.signIn.body>>
      const found = desk.users.get(username)
      if (found?.password !== password) throw new AppError('wrong-credentials', 'no')
      const token = `token-${++tokens}-${username}`
      desk.signIn(found.user.id, token)
      return { token, expiresAt: clock.now() + 3_600_000, user: found.user }
    },
    'sessions.current': (request) => account(request).user,
    'sessions.signOut': ({ token }) => {
      desk.signOut(token)
      return {}
    },
    'sessions.changePassword': (request) => {
      const { current, next } = request.body as BodyOf<typeof sessions.changePassword>
      const found = account(request)
      if (found.password !== current) throw new AppError('wrong-credentials', 'no')
      found.password = next
      found.user = { ...found.user, mustChangePassword: false }
      return found.user
    },
    'outcomes.list': () => [],
    'work.operator': ({ user }) => desk.viewOf(user),
    'work.setState': ({ user, body }) => {
      const wish = body as BodyOf<typeof work.setState>
      if (wish.to === 'ready') desk.setState(user, { type: 'asked-ready' })
      else desk.setState(user, { type: 'asked-break', reason: wish.reason })
      return desk.viewOf(user)
    },
    'work.start': (request) => {
      desk.start(request.user, attemptOf(request))
      return { dial: (request.body as BodyOf<typeof work.start>).phone }
    },
    'work.progress': (request) => {
      const { what } = request.body as BodyOf<typeof work.progress>
      desk.progress(request.user, attemptOf(request), what)
      return {}
    },
    'work.wrapUp': (request) => {
      desk.wrapUp(request.user, attemptOf(request), request.body as WrapUp)
      return {}
    },
    'work.undo': (request) => {
      desk.undo(request.user, attemptOf(request))
      return {}
    },
    'work.skip': (request) => {
      desk.skip(request.user, attemptOf(request))
      return {}
    },
    'imports.upload': ({ query, body }) => ({
      id: 'import-1',
      fileName: query['fileName'],
      bytes: (body as Buffer).length,
      format: { encoding: 'utf-8', separator: ';', header: true },
      headers: [],
      mapping: [],
      rows: [],
      rowCount: 0,
    }),
    'imports.rejectedFile': ({ params }) => `riga;motivo\r\n1;${params['id']}\r\n`,
  }
  return (route, request) => {
    const found = desk.userOf(request.token)
    if (route.allow !== 'anyone' && found === undefined) throw new AppError('signed-out', 'no open session')
    const handle = handlers[request.name]
    if (!handle) throw new AppError('unknown-method', request.name)
    const parsed = route.body && !route.stream ? route.body.safeParse(request.body) : undefined
    if (parsed && !parsed.success) throw new AppError('invalid-input', parsed.error.message)
    return handle(request)
  }
}
