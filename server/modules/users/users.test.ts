import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { User } from '../../../shared/crm-api/users.ts'
import { connect } from '../../db/connect.ts'
import { migrate } from '../../db/migrate.ts'
import { testDatabase } from '../../../tests/support/database.ts'
import { startTestServer, type TestServer } from '../../../tests/support/server.ts'
import { auditLog } from '../audit/routes.ts'
import { argon2Hasher } from '../sessions/passwords.ts'
import { firstAdministrator } from './first-administrator.ts'

let server: TestServer
let admin: string

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  admin = (await server.createUser('administrator')).token
})

interface OneTime {
  user: User
  password: string
}

let made = 0
const draft = () => ({
  username: `utente.${++made}`,
  displayName: 'Anna Bianchi',
  role: 'operator',
  grammar: 'f',
})

async function create(): Promise<OneTime> {
  const { status, body } = await server.request<OneTime>('users.create', { body: draft() }, admin)
  expect(status).toBe(200)
  return body
}

const change = (id: string, body: object, token = admin) =>
  server.request<User>('users.change', { params: { id }, body }, token)

const lastAudit = async (subject: string) => {
  const rows = await server.db
    .selectFrom('audit_entry')
    .select(['action', 'details'])
    .where('subject', '=', subject)
    .orderBy('id', 'desc')
    .execute()
  return rows[0]
}

describe('creating a user', () => {
  test('gives a one-time password that opens only the change of the password (EC-73)', async () => {
    const { user, password } = await create()
    expect(user).toMatchObject({ mustChangePassword: true, active: true, lastSignInAt: null })
    const { token } = await server.sessions.signIn(user.username, password, '192.0.2.1')
    expect((await server.request('work.operator', {}, token)).status).not.toBe(200)
    expect((await server.request('sessions.current', {}, token)).status).toBe(200)
    expect(await lastAudit(user.id)).toMatchObject({ action: 'user.created' })
  })

  test('with a name that is taken is a conflict that names the field', async () => {
    const { user } = await create()
    const reply = await server.request(
      'users.create',
      { body: { ...draft(), username: user.username } },
      admin,
    )
    expect(reply).toMatchObject({ status: 409, body: { code: 'conflict', details: { field: 'username' } } })
  })

  test('does not tell the one-time password to the audit or the log', async () => {
    const { password } = await create()
    const entries = await server.db.selectFrom('audit_entry').selectAll().execute()
    expect(JSON.stringify(entries)).not.toContain(password)
    expect(server.log.join('')).not.toContain(password)
  })
})

describe('changing a user', () => {
  test('writes each changed field with its old and new value to the audit', async () => {
    const { user } = await create()
    const body = { displayName: 'Anna Verdi', role: 'operator', grammar: 'f', active: true }
    expect((await change(user.id, body)).body).toMatchObject({ displayName: 'Anna Verdi' })
    expect(await lastAudit(user.id)).toEqual({
      action: 'user.changed',
      details: { displayName: ['Anna Bianchi', 'Anna Verdi'] },
    })
  })

  test.each([
    ['deactivating', { role: 'operator', active: false }],
    ['another role', { role: 'supervisor', active: true }],
  ])('%s ends all sessions at once and says so to the streams', async (_what, some) => {
    const { user, token } = await server.createUser('operator')
    const ended: string[] = []
    const unsubscribe = server.sessions.ended((id) => ended.push(id))
    const reply = await change(user.id, { displayName: 'X', grammar: 'n', ...some })
    unsubscribe()
    expect(reply.status).toBe(200)
    expect(ended).toHaveLength(1)
    expect((await server.request('sessions.current', {}, token)).status).toBe(401)
  })

  test('a name alone leaves the sessions open', async () => {
    const { user, token } = await server.createUser('operator')
    await change(user.id, { displayName: 'X', grammar: 'n', role: 'operator', active: true })
    expect((await server.request('sessions.current', {}, token)).status).toBe(200)
  })

  test('who is not there is not found', async () => {
    const reply = await change('none', { displayName: 'X', grammar: 'n', role: 'operator', active: true })
    expect(reply).toMatchObject({ status: 404, body: { code: 'not-found' } })
  })
})

describe('the last active administrator', () => {
  const self = { displayName: 'X', grammar: 'n', role: 'administrator', active: true }

  async function alone() {
    const { user, token } = await server.createUser('administrator')
    await server.db
      .updateTable('user_account')
      .set({ active: false })
      .where('role', '=', 'administrator')
      .where('id', '<>', user.id)
      .execute()
    return { user, token }
  }

  test.each([
    ['deactivated', { ...self, active: false }],
    ['demoted', { ...self, role: 'supervisor' }],
  ])('cannot be %s', async (_what, body) => {
    const { user, token } = await alone()
    const reply = await change(user.id, body, token)
    expect(reply).toMatchObject({
      status: 409,
      body: { code: 'conflict', details: { reason: 'last-administrator' } },
    })
    expect((await server.request('users.list', {}, token)).status).toBe(200)
  })

  test('stays one of two who demote each other at the same moment', async () => {
    const first = await alone()
    const second = await server.createUser('administrator')
    const demotion = { ...self, role: 'operator' }
    const replies = await Promise.all([
      change(first.user.id, demotion, second.token),
      change(second.user.id, demotion, first.token),
    ])
    expect(replies.map(({ status }) => status)).not.toEqual([200, 200])
    const left = await server.db
      .selectFrom('user_account')
      .select('id')
      .where('role', '=', 'administrator')
      .where('active', '=', true)
      .execute()
    expect(left).toHaveLength(1)
  })
})

test('a reset password ends the sessions, lifts the lock and must be changed again', async () => {
  const { user, token } = await server.createUser('operator')
  const reply = await server.request<OneTime>('users.resetPassword', { params: { id: user.id } }, admin)
  expect(reply.body.user.mustChangePassword).toBe(true)
  expect((await server.request('sessions.current', {}, token)).status).toBe(401)
  const again = await server.sessions.signIn(user.username, reply.body.password, '192.0.2.1')
  expect(again.user.must_change_password).toBe(true)
  expect(await lastAudit(user.id)).toMatchObject({ action: 'user.password-reset' })
})

describe('an empty database', () => {
  test('gets an administrator, with a new password at each start until one was used', async () => {
    const database = await testDatabase()
    const db = connect(database.url, { max: 2 })
    try {
      await migrate(db)
      let ids = 0
      const deps = { db, randomBytes, hasher: argon2Hasher, audit: auditLog, makeId: () => `id-${++ids}` }
      const first = await firstAdministrator({ ...deps, now: 1 })
      const second = await firstAdministrator({ ...deps, now: 2 })
      expect([first?.username, second?.username]).toEqual(['admin', 'admin'])
      const stored = await db.selectFrom('user_account').selectAll().executeTakeFirstOrThrow()
      expect(stored.must_change_password).toBe(true)
      expect(await argon2Hasher.verify(stored.password_hash, first!.password)).toBe(false)
      expect(await argon2Hasher.verify(stored.password_hash, second!.password)).toBe(true)
      await db.updateTable('user_account').set({ last_sign_in_at: 3 }).execute()
      expect(await firstAdministrator({ ...deps, now: 4 })).toBeNull()
    } finally {
      await db.destroy()
      await database.drop()
    }
  })
})
