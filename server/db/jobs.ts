import { CompiledQuery, type Kysely } from 'kysely'
import { PgBoss } from 'pg-boss'
import type { Log } from '../../shared/std/log.ts'
import type { Database } from './schema.ts'

/** Work that outlives a request: handed over in a transaction, done one at a time, tried again if the process dies. */
export interface JobQueue {
  /** Part of the caller's transaction: there is no job for what was rolled back. */
  send(tx: Kysely<Database>, id: string): Promise<void>
  /** Starts at once what was sent, instead of at the next look (every two seconds). Call it after the commit. */
  nudge(): void
  stop(): Promise<void>
}

// Longer than the largest file takes; a job that died with its server is sent again at the next start anyway.
const expireInSeconds = 3_600

/**
 * A queue of pg-boss in its own schema `pgboss`, over connections of its own. It starts with the first job, since its
 * first start makes a schema (about a second) that most starts of the server do not need.
 */
export function jobQueue(
  databaseUrl: string,
  name: string,
  work: (id: string) => Promise<void>,
  log: Log,
): JobQueue {
  const executor = (on: Kysely<Database>) => ({
    executeSql: async (text: string, values: unknown[] = []) => {
      const { rows } = await on.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, values))
      return { rows }
    },
  })
  let starting: Promise<{ boss: PgBoss; worker: string }> | null = null

  async function start() {
    const boss = new PgBoss({ connectionString: databaseUrl, max: 2, schema: 'pgboss', schedule: false })
    boss.on('error', (error) => log.error({ err: error, queue: name }, 'the job queue has a problem'))
    await boss.start()
    await boss.createQueue(name, { retryLimit: 3, retryDelay: 5, expireInSeconds })
    const worker = await boss.work<{ id: string }>(name, { batchSize: 1 }, async ([job]) => {
      if (job) await work(job.data.id)
    })
    return { boss, worker }
  }

  return {
    send: async (tx, id) => {
      starting ??= start().catch((error: unknown) => {
        starting = null
        throw error
      })
      const { boss } = await starting
      await boss.send(name, { id }, { db: executor(tx) })
    },
    nudge: () => {
      void starting?.then(({ boss, worker }) => boss.notifyWorker(worker))
    },
    stop: async () => {
      if (starting === null) return
      const { boss } = await starting
      await boss.stop({ graceful: true, timeout: 5_000 })
    },
  }
}
