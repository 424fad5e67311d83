import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { findPackageJSON } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { LawProfile } from '../../shared/domain/campaign/law.ts'
import { italianLaw, rehearsalLaw } from '../../shared/domain/campaign/law.ts'
import { connect } from '../db/connect.ts'
import { startEmbedded } from '../db/embedded.ts'
import { migrate } from '../db/migrate.ts'
import type { Database } from '../db/schema.ts'
import { auditLog } from '../modules/audit/routes.ts'
import type { DemoUser } from '../modules/demo/seed.ts'
import { argon2Hasher } from '../modules/sessions/passwords.ts'
import { firstAdministrator } from '../modules/users/first-administrator.ts'
import { ariTelephony } from '../telephony/ari/ari.ts'
import { buildApp } from './app.ts'
import type { Pbx } from './lines.ts'
import type { ServerOptions } from './options.ts'
import { readPbxSettings } from './pbx-settings.ts'
import { recordingSettings } from './recordings.ts'
import { makeUuid, systemClock } from './system.ts'

export interface RunningServer {
  url: string
  /** Of a database nobody has signed in to yet. */
  firstAdministrator: { username: string; password: string } | null
  /** Who may now sign in to a demo that was just made. */
  demoUsers: DemoUser[]
  /** Stops listening, closes streams and connections, stops the packaged PostgreSQL. */
  stop(): Promise<void>
}

const loopback = new Set(['127.0.0.1', '::1', 'localhost'])

function version(): string {
  const path = findPackageJSON('..', import.meta.url)
  if (path === undefined) return '0'
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version
}

/** Starts everything in its order; what was started is stopped again if a later step fails. */
export async function run(options: ServerOptions, log: Logger): Promise<RunningServer> {
  const stops: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).toReversed()) await each()
  }
  try {
    const { db, databaseUrl } = await database(options, log, stops)
    const steps = await migrate(db)
    if (steps.length > 0) log.info({ steps }, 'the database was brought up to date')
    const basics = { db, makeId: makeUuid, randomBytes }
    const first = await firstAdministrator({
      ...basics,
      hasher: argon2Hasher,
      audit: auditLog,
      now: systemClock.now(),
    })
    const { pbx, law } = lineOf(options.pbx, log)
    const built = await buildApp({
      ...basics,
      clock: systemClock,
      log,
      version: version(),
      law,
      databaseUrl,
      pbx,
      recordings: await recordingSettings(options, randomBytes, log),
      callerDays: options.callerDays,
      importsDir: join(options.dataDir ?? join(tmpdir(), 'cuffia-server'), 'imports'),
    })
    const { app } = built
    stops.push(() => app.close())
    await app.ready()
    const { demo: wish } = options
    const demoUsers = wish === 'none' ? [] : await demo(() => built.seedDemo(wish), log)
    await app.listen({ port: options.port, host: options.host })
    if (!loopback.has(options.host)) {
      log.warn({ host: options.host }, 'other machines can connect, without encryption: put TLS in front')
    }
    const { port } = app.server.address() as AddressInfo
    const host = options.host.includes(':') ? `[${options.host}]` : options.host
    return { url: `http://${host}:${port}`, firstAdministrator: first, demoUsers, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Throws an Error for whoever wrote the settings. The link is made by the app, and again whenever it breaks. */
function lineOf(from: ServerOptions['pbx'], log: Logger): { pbx: Pbx | null; law: LawProfile } {
  if (from === null) return { pbx: null, law: italianLaw }
  const text = 'json' in from ? from.json : readFileSync(from.file, 'utf8')
  const { ari, trunk, phones, reachesPeople, ...line } = readPbxSettings(text)
  if (!reachesPeople) log.warn({ trunk }, "the trunk reaches no people, by its settings: no law's hours bind")
  const telephony = ariTelephony({ ...ari, trunk }, { clock: systemClock, random: Math.random, log })
  const pbx = { telephony, settings: { ...phones, ...line } }
  return { pbx, law: reachesPeople ? italianLaw : rehearsalLaw }
}

/** A demo that cannot be made is no reason not to start. */
async function demo(seed: () => Promise<DemoUser[]>, log: Logger): Promise<DemoUser[]> {
  try {
    return await seed()
  } catch (error) {
    log.error({ err: error }, 'the demo could not be made')
    return []
  }
}

async function database(
  { databaseUrl, dataDir }: ServerOptions,
  log: Logger,
  stops: (() => Promise<void>)[],
): Promise<{ db: Kysely<Database>; databaseUrl: string }> {
  let url = databaseUrl
  if (url === null) {
    if (dataDir === null) throw new Error('there is neither a data folder nor a database')
    const embedded = await startEmbedded({ dataDir, log })
    stops.push(() => embedded.stop())
    url = embedded.connectionString
  }
  const db = connect(url, { log })
  stops.push(() => db.destroy())
  return { db, databaseUrl: url }
}
