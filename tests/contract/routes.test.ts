import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { crmRoutes } from '../../shared/crm-api/index.ts'
import { type Allow, type Role, roles } from '../../shared/crm-api/resource.ts'
import { isPublic } from '../../server/http/server.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

type Asker = 'anonymous' | 'made-up' | 'revoked' | 'expired' | 'deactivated' | `new-${Role}` | Role

const strangers: Asker[] = ['anonymous', 'made-up', 'revoked', 'expired', 'deactivated']
const newcomers: Asker[] = roles.map((role): Asker => `new-${role}`)
const askers: Asker[] = [...strangers, ...newcomers, ...roles]

/** A fresh one for each request: a route may end the session it is asked with. */
async function tokenOf(asker: Asker, allow: Allow): Promise<string | null> {
  if (asker === 'anonymous') return null
  if (asker === 'made-up') return 'A'.repeat(43)
  const isNew = asker.startsWith('new-')
  const named = roles.find((role) => asker === role || asker === `new-${role}`)
  // A stranger would be let in if the session were open.
  const role = named ?? (typeof allow === 'string' ? 'operator' : allow[0]!)
  const { user, token } = await server.createUser(role, { mustChangePassword: isNew })
  const session = server.db.updateTable('session').where('user_id', '=', user.id)
  if (asker === 'revoked') await server.db.deleteFrom('session').where('user_id', '=', user.id).execute()
  if (asker === 'expired') await session.set({ started_at: 0 }).execute()
  if (asker === 'deactivated') {
    await server.db.updateTable('user_account').set({ active: false }).where('id', '=', user.id).execute()
  }
  return token
}

function expected(asker: Asker, allow: Allow): string {
  if (allow === 'anyone') return 'admitted'
  if (strangers.includes(asker)) return 'signed-out'
  if (allow === 'signed-in') return 'admitted'
  if (newcomers.includes(asker)) return 'password-change-required'
  return allow.includes(asker as Role) ? 'admitted' : 'not-allowed'
}

const refusals: Record<string, number> = {
  'signed-out': 401,
  'password-change-required': 403,
  'not-allowed': 403,
}

/** `admitted` is whatever a handler answers, also that it does not find what it was asked for. */
function outcomeOf({ status, body }: { status: number; body: { code?: string } | null }): string {
  const code = body?.code ?? ''
  if (refusals[code] === status) return code
  const isAnswer = status < 500 && status !== 401 && status !== 403 && code !== 'unknown-method'
  return isAnswer ? 'admitted' : `${status} ${code}`
}

describe.each(crmRoutes)('$name', ({ name, route }) => {
  test.each(askers)('answers %s as its line in the map says', async (asker) => {
    const token = await tokenOf(asker, route.allow)
    const reply = await server.request<{ code?: string } | null>(
      name,
      { params: { id: 'none', code: 'none' } },
      token,
    )
    expect(outcomeOf(reply)).toBe(expected(asker, route.allow))
  })
})

describe('the server', () => {
  test('has every route of the map', () => {
    const missing = crmRoutes.filter(
      ({ route }) => !server.routes.some(({ method, url }) => method === route.method && url === route.path),
    )
    expect(missing.map(({ name }) => name)).toEqual([])
  })

  test('has no route that is neither in the map nor on the public list', () => {
    const isMapped = (method: string, url: string): boolean =>
      crmRoutes.some(({ route }) => route.method === method && route.path === url)
    const extra = server.routes.filter(({ method, url }) => !isMapped(method, url) && !isPublic(url))
    expect(extra).toEqual([])
  })

  test('only reads on its public list', () => {
    const writing = server.routes.filter(({ method, url }) => isPublic(url) && !/^(GET|HEAD)$/.test(method))
    expect(writing).toEqual([])
  })

  test('shows nothing public that names a user', async () => {
    const { user } = await server.createUser('operator')
    for (const { url } of server.routes.filter((each) => isPublic(each.url))) {
      const reply = await server.app.inject({ method: 'GET', url })
      expect(reply.body).not.toContain(user.username)
    }
  })

  test('answers 404 to a path it does not have, with or without a session', async () => {
    for (const authorization of ['', `Bearer ${server.admin}`]) {
      const reply = await server.app.inject({ url: '/none', headers: { authorization } })
      expect(reply.statusCode).toBe(404)
    }
  })

  test('describes every route of the map in OpenAPI 3.1', async () => {
    const document = (await server.app.inject({ url: '/openapi.json' })).json<{
      openapi: string
      paths: Record<string, Record<string, { operationId: string }>>
    }>()
    expect(document.openapi).toMatch(/^3\.1\./)
    const described = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map((operation) => operation.operationId),
    )
    expect(described.toSorted()).toEqual(crmRoutes.map(({ name }) => name).toSorted())
  })
})
