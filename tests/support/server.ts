import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { Kysely } from 'kysely'
import { crmRoutes } from '../../shared/crm-api/index.ts'
import type { Role } from '../../shared/crm-api/resource.ts'
import { italianLaw } from '../../shared/domain/campaign/law.ts'
import type { Clock } from '../../shared/std/clock.ts'
import type { UserId } from '../../shared/std/ids.ts'
import { type App, buildApp } from '../../server/entry/app.ts'
import type { Pbx } from '../../server/entry/lines.ts'
import { createLog } from '../../server/entry/log.ts'
import { makeUuid, systemClock } from '../../server/entry/system.ts'
import { connect } from '../../server/db/connect.ts'
import { migrate } from '../../server/db/migrate.ts'
import type { Database } from '../../server/db/schema.ts'
import { readKeys } from '../../server/modules/recordings/keys.ts'
import { argon2Hasher } from '../../server/modules/sessions/passwords.ts'
import { testDatabase } from './database.ts'

export interface TestUser {
  id: UserId
  username: string
  role: Role
}

export interface TestReply<T = unknown> {
  status: number
  /** Parsed JSON, or the text of anything else. */
  body: T
  /** The bytes themselves. */
  raw: Buffer
  headers: LightMyRequestResponse['headers']
}

export interface TestServer extends App {
  app: FastifyInstance
  db: Kysely<Database>
  databaseUrl: string
  importsDir: string
  /** Where recordings are kept, for 90 days. */
  recordingsDir: string
  clock: Clock
  /** Lines that went to the log. */
  log: string[]
  /** Token of an administrator. */
  admin: string
  /** A user with an open session, made in the database; the password is `testPassword`. */
  createUser(
    role: Role,
    more?: { username?: string; mustChangePassword?: boolean },
  ): Promise<{
    user: TestUser
    token: string
  }>
  /** Sends a request to a route by its name, for example `campaigns.save`; no port is opened. */
  request<T = unknown>(
    name: string,
    input?: { params?: object; query?: object; body?: object; upload?: Buffer; key?: string },
    token?: string | null,
  ): Promise<TestReply<T>>
  /** Opens a port (once) and says where, for what needs a real socket: `http://127.0.0.1:…`. */
  listen(): Promise<string>
  /** The program goes, on the same database another one starts; streams are gone. */
  restart(meanwhile: () => void): Promise<void>
  close(): Promise<void>
}

export const testPassword = 'una frase lunga per le prove'
// Hashing takes a tenth of a second; all test users share one.
let sharedHash: Promise<string> | undefined

export async function startTestServer({
  clock = systemClock,
  pbx = () => null,
}: { clock?: Clock; pbx?: () => Pbx | null } = {}): Promise<TestServer> {
  const database = await testDatabase()
  const db = connect(database.url, { max: 10 })
  await migrate(db)
  const log: string[] = []
  const importsDir = mkdtempSync(join(tmpdir(), 'cuffia-imports-'))
  const recordingsDir = mkdtempSync(join(tmpdir(), 'cuffia-recordings-'))
  const keys = readKeys(randomBytes(32).toString('base64'))
  const recordings = { folder: recordingsDir, keys, days: 90 }
  const build = async () => {
    const made = await buildApp({
      db,
      clock,
      makeId: makeUuid,
      randomBytes,
      log: createLog('debug', (line) => log.push(line)),
      version: '0.0.0-test',
      law: italianLaw,
      importsDir,
      databaseUrl: database.url,
      pbx: pbx(),
      recordings,
      callerDays: 90,
    })
    await made.app.ready()
    return made
  }
  let current = await build()

  const createUser: TestServer['createUser'] = async (role, more = {}) => {
    sharedHash ??= argon2Hasher.hash(testPassword)
    const id = makeUuid() as UserId
    const username = more.username ?? `${role}-${id.slice(-8)}`
    const now = clock.now()
    await db
      .insertInto('user_account')
      .values({
        id,
        username,
        role,
        display_name: username,
        grammar: 'n',
        active: true,
        must_change_password: more.mustChangePassword ?? false,
        password_hash: await sharedHash,
        wrong_tries: 0,
        locked_until: null,
        last_sign_in_at: null,
        created_at: now,
      })
      .execute()
    const token = randomBytes(32).toString('base64url')
    const token_hash = createHash('sha256').update(token).digest('hex')
    const session = { id: makeUuid(), token_hash, user_id: id, address: '127.0.0.1' }
    await db
      .insertInto('session')
      .values({ ...session, started_at: now, last_seen_at: now })
      .execute()
    return { user: { id, username, role }, token }
  }

  const request = async <T>(
    name: string,
    { params = {}, query = {}, body, upload, key }: NonNullable<Parameters<TestServer['request']>[1]> = {},
    token: string | null = null,
  ): Promise<TestReply<T>> => {
    const route = crmRoutes.find((each) => each.name === name)?.route
    if (route === undefined) throw new Error(`there is no route ${name}`)
    const values = new Map(Object.entries(params).map(([part, value]) => [part, String(value)]))
    const url = route.path.replaceAll(/:(\w+)/g, (_all: string, part: string) =>
      encodeURIComponent(values.get(part) ?? 'missing'),
    )
    const needsKey = route.method === 'POST' && route.repeat === 'safe'
    const payload = upload ?? body
    const reply = await current.app.inject({
      method: route.method,
      url,
      query: Object.fromEntries(Object.entries(query).map(([part, value]) => [part, String(value)])),
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(needsKey && { 'idempotency-key': key ?? makeUuid() }),
        ...(upload && { 'content-type': 'application/octet-stream' }),
      },
      ...(payload !== undefined && { payload }),
    })
    const isJson = String(reply.headers['content-type']).startsWith('application/json')
    const parsed: unknown = isJson ? reply.json() : reply.body
    return { status: reply.statusCode, body: parsed as T, raw: reply.rawPayload, headers: reply.headers }
  }

  const listen = async (): Promise<string> => {
    const { app } = current
    if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' })
    return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  }

  const { token: admin } = await createUser('administrator', { username: 'test-administrator' })
  return {
    get app() {
      return current.app
    },
    get routes() {
      return current.routes
    },
    get hub() {
      return current.hub
    },
    get sessions() {
      return current.sessions
    },
    get floor() {
      return current.floor
    },
    seedDemo: (wish) => current.seedDemo(wish),
    restart: async (meanwhile) => {
      await current.app.close()
      meanwhile()
      current = await build()
    },
    db,
    databaseUrl: database.url,
    importsDir,
    recordingsDir,
    clock,
    log,
    admin,
    createUser,
    request,
    listen,
    close: async () => {
      await current.app.close()
      await db.destroy()
      await database.drop()
      rmSync(importsDir, { recursive: true, force: true })
      rmSync(recordingsDir, { recursive: true, force: true })
    },
  }
}
