import type { FastifyInstance } from 'fastify'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { crmApi } from '../../shared/crm-api/index.ts'
import type { LawProfile } from '../../shared/domain/campaign/law.ts'
import type { Clock } from '../../shared/std/clock.ts'
import { AppError } from '../../shared/std/errors.ts'
import type { MakeId } from '../../shared/std/ids.ts'
import { isDatabaseAway } from '../db/connect.ts'
import type { Database } from '../db/schema.ts'
import { type Authenticate, bearerToken } from '../http/auth.ts'
import { registerResource } from '../http/register.ts'
import { createHttp, type RegisteredRoute } from '../http/server.ts'
import { createHub, type Hub } from '../live/hub.ts'
import { serveStream } from '../live/stream.ts'
import { auditLog, auditModule } from '../modules/audit/routes.ts'
import type { DemoSeed, DemoUser } from '../modules/demo/seed.ts'
import { argon2Hasher } from '../modules/sessions/passwords.ts'
import { sessionsModule } from '../modules/sessions/routes.ts'
import { sessionService, type SessionService } from '../modules/sessions/service.ts'
import { usersModule } from '../modules/users/routes.ts'
import { toUser } from '../modules/users/rules.ts'
import { buildFloor, type Floor } from './floor.ts'
import type { Pbx } from './lines.ts'
import type { RecordingSettings } from './recordings.ts'

export interface AppDeps {
  /** Migrated; whoever made it closes it, after the app. */
  db: Kysely<Database>
  clock: Clock
  makeId: MakeId
  /** Unguessable bytes. */
  randomBytes: (count: number) => Uint8Array
  log: Logger
  version: string
  law: LawProfile
  /** Where uploaded files wait until they are loaded. */
  importsDir: string
  /** Of the same database, for the job queue's own connections. */
  databaseUrl: string
  /** The switch that carries real calls; null where there is none. */
  pbx: Pbx | null
  /** Where recordings are kept; null where no call is recorded. */
  recordings: RecordingSettings | null
  /** Days that callers are kept after they were answered or had gone. */
  callerDays: number
}

export interface App {
  /** Not listening yet; `close()` also ends the streams. */
  app: FastifyInstance
  /** All that was registered, the documentation too. */
  routes: readonly RegisteredRoute[]
  hub: Hub
  sessions: SessionService
  floor: Pick<Floor, 'idle'>
  /** See `seedDemo` of the demo module. Call it when the app is ready. */
  seedDemo(wish: DemoSeed): Promise<DemoUser[]>
}

const explainError = (error: unknown): AppError | undefined =>
  isDatabaseAway(error) ? new AppError('disconnected', 'the database is away; try again shortly') : undefined

/** Builds the whole server out of its parts and opens no port: `main.ts` and the tests do that. */
export async function buildApp(deps: AppDeps): Promise<App> {
  const { db, clock, makeId, randomBytes, log, version, importsDir, databaseUrl } = deps
  const audit = auditLog
  const hasher = argon2Hasher
  const sessions = sessionService({ db, clock, makeId, randomBytes, hasher, audit })
  const authenticate: Authenticate = async (header) => {
    const token = bearerToken(header)
    return token === null ? null : sessions.authenticate(token)
  }
  const hub = createHub({ clock })
  const { app, routes } = await createHttp({
    log,
    version,
    now: clock.now,
    makeId,
    authenticate,
    explainError,
  })

  const gateway = deps.pbx && new URL(deps.pbx.settings.wsUrl).origin
  const session = sessionsModule({ db, audit, service: sessions, version, gateway, toUser })
  registerResource(app, 'sessions', crmApi.sessions, session)
  const users = usersModule({ db, makeId, randomBytes, hasher, sessions, audit })
  registerResource(app, 'users', crmApi.users, users)
  registerResource(app, 'audit', crmApi.audit, auditModule({ db }))

  const floor = buildFloor(app, {
    db,
    clock,
    makeId,
    log,
    law: deps.law,
    importsDir,
    databaseUrl,
    hub,
    audit,
    pbx: deps.pbx,
    recordings: deps.recordings,
    callerDays: deps.callerDays,
    randomBytes,
    sessionEnded: sessions.ended,
  })

  const { stillOpen, ended: sessionEnded } = sessions
  // The hub hears it first: who signed out is off the floor at once, unlike one whose line broke.
  sessionEnded(hub.closeSession)
  const stream = serveStream(app.server, { hub, clock, authenticate, stillOpen, sessionEnded, log })
  app.addHook('preClose', () => stream.close())
  return { app, routes, hub, sessions, floor, seedDemo: (wish) => floor.seedDemo(users, wish) }
}
