import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { chmodSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import runtime from '../../scripts/lib/runtime.json' with { type: 'json' }
import { isPostgresOf, readPidFile } from '../../server/db/embedded-postmaster.ts'
import { databaseName, databaseUser, socketFolder } from '../../server/db/embedded-endpoint.ts'

/** Real processes of the product, started as the launcher starts them and killed as nobody should. */
const root = resolve(import.meta.dirname, '../..')

/** What a child tells its parent once it can be used (`LauncherMessage` of the server, `tellParent` of the client). */
export interface Ready {
  url: string
  firstAdministrator?: { username: string; password: string }
}

export interface Running {
  ready: Ready
  pid: number
  /** Sends SIGKILL and resolves once the system has buried the process. */
  kill(): Promise<void>
  /** Asks it to leave, and kills it if it does not within 20 s. */
  stop(): Promise<void>
  /** Asks the child something over its channel; resolves with the next message of that type, rejects if it dies. */
  ask(message: object, answer: string): Promise<{ url: string }>
  readonly dead: boolean
}

/** Starts `file` under this Node with the launcher's channel; its output is added to `log`. Rejects if it ends first. */
export async function startProcess(file: string, args: readonly string[], log: string): Promise<Running> {
  const output = openSync(log, 'a')
  const child = spawn(process.execPath, [...runtime.flags, join(root, file), ...args], {
    cwd: root,
    env: { ...process.env, ...runtime.environment, NODE_COMPILE_CACHE: join(root, runtime.compileCache) },
    stdio: ['ignore', output, output, 'ipc'],
  })
  closeSync(output)
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
  })
  const ready = await firstWord(child, `${file} (its log: ${log})`)
  const dead = () => child.exitCode !== null || child.signalCode !== null
  return {
    ready,
    pid: child.pid ?? 0,
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
    stop: async () => {
      if (dead()) return
      // Windows knows no signals: SIGTERM would end it where it stands, with its PostgreSQL left behind
      if (process.platform !== 'win32') child.kill('SIGTERM')
      else if (child.connected) child.disconnect()
      const left = await Promise.race([gone.then(() => true), wait(20_000, false)])
      if (!left) child.kill('SIGKILL')
      await gone
    },
    ask: (message, answer) =>
      new Promise((resolve, reject) => {
        const leave = () => {
          child.off('message', hear)
          child.off('exit', refuse)
        }
        const refuse = () => {
          leave()
          reject(new Error(`${file} ended before it answered`))
        }
        const hear = (said: unknown) => {
          if ((said as { type?: unknown }).type !== answer) return
          leave()
          resolve(said as { url: string })
        }
        child.on('message', hear)
        child.once('exit', refuse)
        if (dead()) refuse()
        // A child that has just died is told of by `exit`.
        else child.send(message, () => undefined)
      }),
    get dead() {
      return dead()
    },
  }
}

function firstWord(child: ChildProcess, name: string): Promise<Ready> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => reject(new Error(`${name} ended with ${signal ?? code}`)))
    child.on('message', (message: { type?: string }) => {
      if (message.type === 'ready') resolve(message as unknown as Ready)
      else if (message.type === 'failed') reject(new Error(`${name}: ${JSON.stringify(message)}`))
    })
  })
}

/** A folder for one run, with a log per process. */
export function runFolder(prefix: string): { path: string; log(name: string): string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), prefix))
  // As root PostgreSQL runs under another account, which has to pass through.
  chmodSync(path, 0o711)
  return {
    path,
    log: (name) => join(path, `${name}.log`),
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

/** The server with its packaged PostgreSQL in `dataDir`; with a PBX where its settings are in `pbxConfig`. */
export const startServer = (
  dataDir: string,
  port: number,
  log: string,
  pbxConfig?: string,
): Promise<Running> =>
  startProcess(
    'server/entry/main.ts',
    [
      ...['--port', String(port), '--data-dir', dataDir],
      ...(pbxConfig === undefined ? [] : ['--pbx-config', pbxConfig]),
    ],
    log,
  )

export interface ClientWish {
  server: string
  dataDir: string
  speed: number
  seed: number
  log: string
}

/** A client host on a free port. */
export const startClient = ({ server, dataDir, speed, seed, log }: ClientWish): Promise<Running> =>
  startProcess(
    'main/entry/node.ts',
    [
      ...['--port', '0', '--server', server, '--data-dir', dataDir],
      ...['--simulator-speed', String(speed), '--simulator-seed', String(seed)],
    ],
    log,
  )

const clusterOf = (dataDir: string) => join(dataDir, 'postgres', 'cluster')

/** PostgreSQL's main process on this data folder; undefined while there is none. */
export function postgresPid(dataDir: string): number | undefined {
  const cluster = clusterOf(dataDir)
  const pid = readPidFile(cluster)?.pid
  return pid !== undefined && isPostgresOf(cluster, pid) ? pid : undefined
}

/** Kills PostgreSQL's main process; its other processes notice and leave by themselves. False where there was none. */
export function killPostgres(dataDir: string): boolean {
  const pid = postgresPid(dataDir)
  if (pid === undefined) return false
  process.kill(pid, 'SIGKILL')
  return true
}

/** Where to read the books of the packaged PostgreSQL, as the server itself reaches it. */
export const databaseUrl = (dataDir: string): string =>
  `postgresql://${databaseUser}@localhost/${databaseName}?host=${encodeURIComponent(socketFolder(join(dataDir, 'postgres')))}`

/** The last lines of a process's log, for a failure's message. */
export function tailOf(log: string, lines = 25): string {
  try {
    return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
  } catch {
    return '(no log)'
  }
}
