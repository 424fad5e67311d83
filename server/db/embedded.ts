import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { databaseAccount, dataFolder, privateFolder } from './embedded-account.ts'
import { findBinaries } from './embedded-binaries.ts'
import { ensureCluster } from './embedded-cluster.ts'
import { type Endpoint, loopbackEndpoint, socketEndpoint, type Transport } from './embedded-endpoint.ts'
import { databaseError } from './embedded-problem.ts'
import { findRunning, type Place, signalStop, startPostgres, stopPostgres } from './embedded-start.ts'

export interface EmbeddedLog {
  info(details: object, message: string): void
  warn(details: object, message: string): void
}

export interface EmbeddedOptions {
  /** The cluster, its socket and its log go into `postgres` inside this folder. */
  dataDir: string
  log: EmbeddedLog
  /** Server settings beside the standard ones. */
  settings?: Record<string, string>
  /** False for a cluster that is thrown away (tests): nothing waits for the disk. */
  durable?: boolean
  transport?: Transport
}

export interface EmbeddedDatabase {
  connectionString: string
  /** Of PostgreSQL's main process; another one after it was brought up again. */
  readonly pid: number
  /** Whether it was found running, left by a process that was killed. */
  readonly adopted: boolean
  /** Cuts all sessions and waits until PostgreSQL is gone. */
  stop(): Promise<void>
}

// Any fixed number: one server at a time may look after a cluster.
const keeperLock = 8_642_018
const notDurable = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/** One connection held for life: it proves that the database answers, that it is ours alone, and tells when it dies. */
async function keep(connectionString: string, onLost: () => void): Promise<Client> {
  const keeper = new Client({ connectionString, application_name: 'cuffia keeper' })
  keeper.on('error', () => undefined)
  await keeper.connect()
  for (let tries = 0; tries < 20; tries++) {
    const answer = await keeper.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [
      keeperLock,
    ])
    if (answer.rows[0]?.got === true) {
      keeper.once('end', onLost)
      return keeper
    }
    await wait(100)
  }
  await keeper.end()
  throw databaseError('in-use', 'another Cuffia server is running on this data folder')
}

/**
 * Brings up the packaged PostgreSQL on a cluster in `dataDir`: made on first use, adopted if a killed process left it
 * running, brought up again if it dies. It outlives `kill -9` of this process and stops when this process exits.
 * Throws AppError `internal` with `details.problem` (see DatabaseProblem) and a message for the console.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const dataDir = resolve(options.dataDir)
  const folder = join(dataDir, 'postgres')
  const cluster = join(folder, 'cluster')
  const durable = options.durable ?? true
  const transport = options.transport ?? (process.platform === 'win32' ? 'loopback' : 'socket')
  const account = databaseAccount(cluster)
  dataFolder(dataDir, account)
  privateFolder(folder, account)
  const binaries = findBinaries(folder, account)
  await ensureCluster({ folder, cluster, binaries, account, transport, durable })
  const settings = { ...(durable ? {} : notDurable), ...options.settings }
  const place: Place = { folder, cluster, binaries, account, settings }

  let endpoint: Endpoint | undefined
  const state = { stopping: false }
  let pid = 0
  let adopted = false
  let keeper: Client | undefined
  let bringingUp: Promise<void> | undefined

  async function bringUp(): Promise<void> {
    const running = await findRunning(cluster)
    adopted = running !== undefined
    endpoint ??=
      transport === 'socket'
        ? socketEndpoint(folder, account)
        : await loopbackEndpoint(folder, account, running?.port)
    pid = running?.pid ?? (await startPostgres(place, endpoint))
    keeper = await keep(endpoint.connectionString, onLost)
    options.log.info({ pid, adopted, cluster }, 'PostgreSQL is ready')
  }

  async function bringUpAgain(): Promise<void> {
    for (let failures = 0; !state.stopping; failures++) {
      try {
        await bringUp()
        return
      } catch (error) {
        options.log.warn({ err: error }, 'PostgreSQL does not come up again; trying on')
        await wait(Math.min(10_000, 250 * 2 ** Math.min(failures, 6)))
      }
    }
  }

  function onLost(): void {
    if (state.stopping) return
    options.log.warn({ pid }, 'PostgreSQL is gone; bringing it up again')
    bringingUp = bringUpAgain()
  }

  const onExit = (): void => signalStop(place, pid)
  try {
    await bringUp()
  } catch (error) {
    // What someone else looks after is left alone.
    if (pid !== 0 && !adopted) await stopPostgres(place, pid)
    throw error
  }
  process.once('exit', onExit)

  return {
    connectionString: endpoint?.connectionString ?? '',
    get pid() {
      return pid
    },
    get adopted() {
      return adopted
    },
    stop: async () => {
      state.stopping = true
      await bringingUp
      await keeper?.end().catch(() => undefined)
      await stopPostgres(place, pid)
      // Last: an exit in the middle of stopping (a second Ctrl+C) must still take PostgreSQL along.
      process.removeListener('exit', onExit)
      options.log.info({ pid }, 'PostgreSQL is stopped')
    },
  }
}
