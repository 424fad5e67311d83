import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Role } from '../../../shared/crm-api/resource.ts'
import type { User } from '../../../shared/crm-api/users.ts'
import { type TestClock, testClock } from '../../../tests/support/clock.ts'
import { phoneFloor } from '../../../tests/support/phone-floor.ts'
import { startTestServer, testPassword, type TestServer } from '../../../tests/support/server.ts'

const hour = 3_600_000
const minute = 60_000

let clock: TestClock
let server: TestServer

beforeAll(async () => {
  clock = testClock()
  server = await startTestServer({ clock })
})
afterAll(() => server.close())
beforeEach(() => {
  server.log.length = 0
})

interface SignedIn {
  token: string
  expiresAt: number
  user: { username: string; mustChangePassword: boolean; lastSignInAt: number | null }
}

/** Straight to the service: the limit by address is a matter of the route. */
const signIn = (username: string, password = testPassword) =>
  server.sessions.signIn(username, password, '192.0.2.7')

const current = (token: string) => server.request('sessions.current', {}, token)

async function audited(action: string, username: string) {
  const rows = await server.db
    .selectFrom('audit_entry')
    .selectAll()
    .where('action', '=', action)
    .where('username', '=', username)
    .orderBy('id')
    .execute()
  return rows.map(({ address, details }) => Object.assign({ address }, details))
}

async function person(role: Role = 'operator') {
  const { user } = await server.createUser(role)
  return user.username
}

describe('the login page', () => {
  test('says the version and the address the server sees, to anyone (EC-61, EC-64)', async () => {
    const { status, body } = await server.request('sessions.loginPage')
    expect(status).toBe(200)
    expect(body).toEqual({ version: '0.0.0-test', address: '127.0.0.1', now: clock.now(), gateway: null })
  })

  test('says where phones connect to, its origin and no more', async () => {
    const floor = await phoneFloor({ wsUrl: 'wss://pbx.example:8089/ws?key=secret' })
    const { body } = await floor.request('sessions.loginPage')
    await floor.close()
    expect(body).toMatchObject({ gateway: 'wss://pbx.example:8089' })
    expect(JSON.stringify(body)).not.toContain('secret')
  })
})

describe('signing in', () => {
  test('with the right password opens a session of twelve hours', async () => {
    const username = await person()
    const reply = await server.request<SignedIn>('sessions.signIn', {
      body: { username: username.toUpperCase(), password: testPassword },
    })
    expect(reply.status).toBe(200)
    expect(reply.body.expiresAt).toBe(clock.now() + 12 * hour)
    expect(reply.body.user).toMatchObject({ username, lastSignInAt: clock.now() })
    expect(reply.headers['cache-control']).toBe('no-store')
    expect(JSON.stringify(reply.body)).not.toContain('argon2')
    expect((await current(reply.body.token)).status).toBe(200)
  })

  test('gives a token of 256 random bits of which the database holds only the hash', async () => {
    const { token } = await signIn(await person())
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    const rows = await server.db.selectFrom('session').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(token)
    expect((await current(rows[0]!.token_hash)).status).toBe(401)
  })

  test('is audited with the address, and so is each wrong try (EC-63)', async () => {
    const username = await person()
    await signIn(username)
    await expect(signIn(username, 'wrong password')).rejects.toMatchObject({ code: 'wrong-credentials' })
    expect(await audited('session.signed-in', username)).toEqual([{ address: '192.0.2.7' }])
    expect(await audited('session.sign-in-refused', username)).toEqual([
      { address: '192.0.2.7', reason: 'wrong-password' },
    ])
  })

  test('with an unknown name is refused like a wrong password, and audited', async () => {
    const known = await server.request('sessions.signIn', {
      body: { username: await person(), password: 'wrong password' },
    })
    const unknown = await server.request('sessions.signIn', {
      body: { username: 'nobody.here', password: 'wrong password' },
    })
    expect(unknown.status).toBe(401)
    expect(unknown.body).toEqual(known.body)
    expect(await audited('session.sign-in-refused', 'nobody.here')).toEqual([
      { address: '127.0.0.1', reason: 'unknown-user' },
    ])
  })

  test('is refused to a deactivated user', async () => {
    const username = await person()
    await server.db
      .updateTable('user_account')
      .set({ active: false })
      .where('username', '=', username)
      .execute()
    await expect(signIn(username)).rejects.toMatchObject({ code: 'wrong-credentials' })
  })

  test('leaves neither password nor token in the log', async () => {
    const username = await person()
    const reply = await server.request<SignedIn>('sessions.signIn', {
      body: { username, password: testPassword },
    })
    await server.request('sessions.signIn', { body: { username, password: 'another wrong one' } })
    await server.request('sessions.signIn', { body: { username, password: ['another wrong one'] } })
    await current(reply.body.token)
    const text = server.log.join('')
    expect(text).toContain('sessions.signIn')
    expect(text).not.toContain(testPassword)
    expect(text).not.toContain('another wrong one')
    expect(text).not.toContain(reply.body.token)
  })

  test('does not repeat in its refusal what was sent', async () => {
    const reply = await server.request('sessions.signIn', {
      body: { username: 'my secret password', password: 5 },
    })
    expect(reply.status).toBe(400)
    expect(reply.body).toMatchObject({
      code: 'invalid-input',
      details: [{ path: 'body.username' }, { path: 'body.password' }],
    })
    expect(JSON.stringify(reply.body)).not.toContain('my secret password')
  })
})

describe('ten wrong passwords in a row', () => {
  async function lockedOut(): Promise<string> {
    const username = await person()
    for (let tries = 0; tries < 10; tries++) {
      await expect(signIn(username, 'wrong password')).rejects.toMatchObject({ code: 'wrong-credentials' })
    }
    return username
  }

  test('lock the account for fifteen minutes, also for the right password', async () => {
    const username = await lockedOut()
    await expect(signIn(username)).rejects.toMatchObject({
      code: 'account-locked',
      details: { until: clock.now() + 15 * minute },
    })
    clock.advance(15 * minute)
    await expect(signIn(username)).resolves.toMatchObject({ user: { username } })
  })

  test('can be forgiven by an administrator', async () => {
    const username = await lockedOut()
    const listed = async () => {
      const { body } = await server.request<User[]>('users.list', {}, await admin())
      return body.find((each) => each.username === username)
    }
    const { id, lockedUntil } = (await listed()) ?? {}
    expect(lockedUntil).toBe(clock.now() + 15 * minute)
    expect((await server.request('users.unlock', { params: { id } }, await admin())).status).toBe(200)
    expect(await listed()).toMatchObject({ lockedUntil: null })
    await expect(signIn(username)).resolves.toMatchObject({ user: { username } })
  })

  test('do not count when a right one came between', async () => {
    const username = await person()
    for (let tries = 0; tries < 9; tries++) await signIn(username, 'wrong password').catch(() => undefined)
    await signIn(username)
    for (let tries = 0; tries < 9; tries++) await signIn(username, 'wrong password').catch(() => undefined)
    await expect(signIn(username)).resolves.toMatchObject({ user: { username } })
  })
})

/** The clock moves in these tests, so the first administrator's session may be over. */
async function admin(): Promise<string> {
  return (await server.createUser('administrator')).token
}

describe('an open session', () => {
  test('ends after sixty minutes without use', async () => {
    const { token } = await signIn(await person())
    clock.advance(59 * minute)
    expect((await current(token)).status).toBe(200)
    clock.advance(59 * minute)
    expect((await current(token)).status).toBe(200)
    clock.advance(60 * minute)
    expect(await current(token)).toMatchObject({ status: 401, body: { code: 'signed-out' } })
  })

  test('ends after twelve hours of use', async () => {
    const { token } = await signIn(await person())
    for (let used = 0; used < 23; used++) {
      clock.advance(30 * minute)
      expect((await current(token)).status).toBe(200)
    }
    clock.advance(30 * minute)
    expect((await current(token)).status).toBe(401)
  })

  test('is over as soon as its user signs out', async () => {
    const { token } = await signIn(await person())
    expect((await server.request('sessions.signOut', {}, token)).status).toBe(200)
    expect((await current(token)).status).toBe(401)
  })

  test('is listed for the administrator and can be revoked at once', async () => {
    const username = await person()
    const { token } = await signIn(username)
    const asking = await admin()
    const { body } = await server.request<
      { id: string; username: string; address: string; current: boolean }[]
    >('sessions.list', {}, asking)
    expect(body.filter((each) => each.current)).toHaveLength(1)
    const id = body.find((each) => each.username === username && each.address === '192.0.2.7')?.id
    expect((await server.request('sessions.revoke', { params: { id } }, asking)).status).toBe(200)
    expect((await current(token)).status).toBe(401)
    const again = await server.request('sessions.revoke', { params: { id } }, asking)
    expect(again).toMatchObject({ status: 404, body: { code: 'not-found' } })
  })
})

describe('changing the password', () => {
  const next = 'un’altra frase lunga'
  const change = (token: string, body: { current: string; next: string }) =>
    server.request('sessions.changePassword', { body }, token)

  test('ends all other sessions of the user and keeps this one', async () => {
    const username = await person()
    const [here, elsewhere] = [await signIn(username), await signIn(username)]
    expect((await change(here.token, { current: testPassword, next })).status).toBe(200)
    expect((await current(here.token)).status).toBe(200)
    expect((await current(elsewhere.token)).status).toBe(401)
    await expect(signIn(username)).rejects.toMatchObject({ code: 'wrong-credentials' })
    await expect(signIn(username, next)).resolves.toMatchObject({ user: { username } })
    expect(await audited('user.password-changed', username)).toHaveLength(1)
  })

  test('is all that a user with a one-time password may do (EC-73)', async () => {
    const { token } = await server.createUser('administrator', { mustChangePassword: true })
    const before = await server.request('users.list', {}, token)
    expect(before).toMatchObject({ status: 403, body: { code: 'password-change-required' } })
    const changed = await change(token, { current: testPassword, next })
    expect(changed).toMatchObject({ status: 200, body: { mustChangePassword: false } })
    expect((await server.request('users.list', {}, token)).status).toBe(200)
  })

  test.each([
    ['short', 'too-short'],
    ['password123', 'too-common'],
    [testPassword, 'same-as-before'],
  ])('to %s is refused: %s', async (weak, problem) => {
    const { token } = await server.createUser('operator')
    const reply = await change(token, { current: testPassword, next: weak })
    expect(reply).toMatchObject({
      status: 422,
      body: { code: 'password-too-weak', details: { problem, minimum: 10 } },
    })
  })

  test('needs the current one, and guessing it is counted and audited like at sign-in', async () => {
    const { token, user } = await server.createUser('operator')
    for (let tries = 0; tries < 10; tries++) {
      const reply = await change(token, { current: 'wrong password', next })
      expect(reply).toMatchObject({ status: 401, body: { code: 'wrong-credentials' } })
    }
    const locked = await change(token, { current: testPassword, next })
    expect(locked).toMatchObject({ status: 423, body: { code: 'account-locked' } })
    expect(await audited('user.password-change-refused', user.username)).toHaveLength(11)
  })
})

test('more than 120 sign-ins a minute from one address are refused with the time to wait', async () => {
  const body = { username: 'x', password: 'x' }
  let reply = await server.request('sessions.signIn', { body })
  for (let tries = 0; tries < 120; tries++) reply = await server.request('sessions.signIn', { body })
  expect(reply).toMatchObject({ status: 429, body: { code: 'too-many-requests' } })
  expect(reply.headers['retry-after']).toBeDefined()
})
