import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../../server/db/embedded.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    databaseUrl: string
  }
}

const prefix = 'cuffia-test-'

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Stops and removes what test runs that were killed have left. */
async function sweep(log: { info(): void; warn(): void }): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(name.startsWith(prefix) ? name.slice(prefix.length).split('-')[0] : Number.NaN)
    if (!Number.isInteger(pid) || isAlive(pid)) continue
    const dataDir = join(tmpdir(), name)
    try {
      const left = await startEmbedded({ dataDir, log, durable: false })
      await left.stop()
    } finally {
      rmSync(dataDir, { recursive: true, force: true })
    }
  }
}

/** One PostgreSQL for the whole run, without waiting for the disk; each `testDatabase()` is a database in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const log = { info: () => undefined, warn: () => undefined }
  await sweep(log)
  const dataDir = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  const database = await startEmbedded({ dataDir, log, durable: false, settings: { max_connections: '200' } })
  project.provide('databaseUrl', database.connectionString)
  return async () => {
    await database.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
