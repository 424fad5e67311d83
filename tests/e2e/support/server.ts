import { startServer, tailOf, type Running } from '../../support/processes.ts'

export interface RealServer {
  url: string
  readonly pid: number
  /** Of an empty database: the password that the launcher prints. */
  firstAdministrator: { username: string; password: string }
  /** Dies as in a crash; its PostgreSQL is left to itself. */
  kill(): Promise<void>
  /** Comes back at the same address with the same data. */
  startAgain(): Promise<void>
  stop(): Promise<void>
  log(): string
}

/** The real server on its own PostgreSQL, at a free port; with a PBX where its settings are in `pbxConfig`. */
export async function startRealServer(
  folder: string,
  logFile: string,
  pbxConfig?: string,
): Promise<RealServer> {
  let running: Running = await startServer(folder, 0, logFile, pbxConfig)
  const { url, firstAdministrator } = running.ready
  if (firstAdministrator === undefined) throw new Error('the database was not empty')
  return {
    url,
    get pid() {
      return running.pid
    },
    firstAdministrator,
    kill: () => running.kill(),
    startAgain: async () => {
      running = await startServer(folder, Number(new URL(url).port), logFile, pbxConfig)
    },
    stop: () => running.stop(),
    log: () => tailOf(logFile, 200),
  }
}
