import { spawn } from 'node:child_process'
import { chownSync, closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Account } from './embedded-account.ts'
import type { Binaries } from './embedded-binaries.ts'
import { programEnvironment } from './embedded-cluster.ts'
import type { Endpoint } from './embedded-endpoint.ts'
import { isPostgresOf, pidFilePath, readPidFile, waitUntilGone } from './embedded-postmaster.ts'
import { databaseError, folderError, outputError } from './embedded-problem.ts'

export interface Place {
  folder: string
  cluster: string
  binaries: Binaries
  account: Account | undefined
  settings: Record<string, string>
}

const pollMs = 10
// Recovery after a crash took 0.2 s here; a large one may take minutes.
const startSeconds = 300
const stopSeconds = 30
const logLimit = 8_000_000

const standardSettings: Record<string, string> = {
  fsync: 'on',
  synchronous_commit: 'on',
  // Compiling plans made the slowest searches ten times slower (stack figures: 336 ms p99).
  jit: 'off',
  shared_buffers: '64MB',
  max_connections: '60',
  // Parallel workers share memory through /dev/shm, which containers often limit to 64 MB.
  max_parallel_workers_per_gather: '0',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

const logPath = (place: Place): string => join(place.folder, 'postgres.log')

function openLog(place: Place): number {
  const path = logPath(place)
  try {
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > logLimit) renameSync(path, `${path}.1`)
    const file = openSync(path, 'a', 0o600)
    if (place.account !== undefined) chownSync(path, place.account.uid, place.account.gid)
    return file
  } catch (error) {
    throw folderError(path, error)
  }
}

/** The process already running on this cluster and ready, once what starts has started and what stops is gone. */
export async function findRunning(cluster: string): Promise<{ pid: number; port: number } | undefined> {
  for (let tries = 0; tries < (startSeconds * 1000) / pollMs; tries++) {
    const found = readPidFile(cluster)
    if (found === undefined) return undefined
    if (!isPostgresOf(cluster, found.pid)) {
      // PostgreSQL itself would refuse to start if the number now belongs to some other program of the same account.
      rmSync(pidFilePath(cluster), { force: true })
      return undefined
    }
    if (found.status === 'ready') return { pid: found.pid, port: found.port }
    await wait(pollMs)
  }
  throw databaseError('start-failed', `the PostgreSQL running on ${cluster} does not become ready`)
}

async function startOnce(place: Place, endpoint: Endpoint): Promise<{ pid: number } | { output: string }> {
  const settings = { ...standardSettings, ...place.settings, ...endpoint.settings }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = openLog(place)
  const from = statSync(logPath(place)).size
  // Detached: Ctrl+C in the terminal must reach us, not the database; it is stopped when our connections are closed.
  const child = spawn(place.binaries.postgres, ['-D', place.cluster, ...args], {
    ...place.account,
    cwd: place.folder,
    detached: true,
    stdio: ['ignore', log, log],
    ...(programEnvironment && { env: programEnvironment }),
  })
  closeSync(log)
  let ended: string | undefined
  child.once('error', (error) => (ended = error.message))
  child.once('exit', () => (ended ??= ''))
  child.unref()
  for (let tries = 0; tries < (startSeconds * 1000) / pollMs; tries++) {
    if (ended !== undefined) return { output: ended + readFileSync(logPath(place)).subarray(from).toString() }
    const found = readPidFile(place.cluster)
    if (found !== undefined && found.pid === child.pid && found.status === 'ready') return { pid: found.pid }
    await wait(pollMs)
  }
  return { output: 'it does not become ready' }
}

/** Starts PostgreSQL and resolves with its pid when it accepts connections. */
export async function startPostgres(place: Place, endpoint: Endpoint): Promise<number> {
  for (let tries = 0; ; tries++) {
    const result = await startOnce(place, endpoint)
    if ('pid' in result) return result.pid
    // After kill -9 of the main process its sessions hold the shared memory until they notice.
    if (/shared memory block .* still in use/.test(result.output) && tries < 50) await wait(200)
    else throw outputError(place.folder, 'PostgreSQL did not start', result.output)
  }
}

/** Fast shutdown: sessions are cut, what is committed is on disk. */
export async function stopPostgres(place: Place, pid: number): Promise<void> {
  signalStop(place, pid)
  if (await waitUntilGone(place.cluster, pid, stopSeconds)) return
  if (process.platform !== 'win32') process.kill(pid, 'SIGQUIT')
  await waitUntilGone(place.cluster, pid, stopSeconds)
}

/** SIGINT is the fast shutdown (PostgreSQL manual, 18.5); Windows has no signals, there pg_ctl asks for it. */
export function signalStop(place: Place, pid: number): void {
  if (!isPostgresOf(place.cluster, pid)) return
  if (process.platform === 'win32') {
    spawn(place.binaries.pgCtl, ['stop', '-D', place.cluster, '-m', 'fast', '-W'], {
      detached: true,
      stdio: 'ignore',
    }).unref()
  } else process.kill(pid, 'SIGINT')
}
