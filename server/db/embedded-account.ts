import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, statSync } from 'node:fs'
import { databaseError, folderError } from './embedded-problem.ts'

/** The system account that runs PostgreSQL where it may not be ours. */
export interface Account {
  uid: number
  gid: number
}

const numberOf = (flag: '-u' | '-g', name: string): number | undefined => {
  try {
    return Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' }))
  } catch {
    return undefined
  }
}

/**
 * PostgreSQL refuses to run as root; then it gets the account that owns the cluster already, or `postgres`, or
 * `nobody`. Undefined: it runs as we do.
 */
export function databaseAccount(cluster: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const owner = statSync(cluster, { throwIfNoEntry: false })
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  for (const name of ['postgres', 'nobody']) {
    const uid = numberOf('-u', name)
    const gid = numberOf('-g', name)
    if (uid !== undefined && gid !== undefined) return { uid, gid }
  }
  throw databaseError(
    'start-failed',
    'PostgreSQL cannot run as root and there is no account "postgres" or "nobody"',
  )
}

/** Whether that account may enter the folder (or run the file): asked of the system, so that ACLs count too. */
export function mayEnter(path: string, account: Account | undefined): boolean {
  if (account === undefined) return true
  return spawnSync('/bin/sh', ['-c', 'test -x "$0"', path], { ...account, cwd: '/' }).status === 0
}

/** Makes a folder that only the database's account may enter (0700). */
export function privateFolder(path: string, account: Account | undefined): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    if (account !== undefined) chownSync(path, account.uid, account.gid)
    if (process.platform !== 'win32') chmodSync(path, 0o700)
  } catch (error) {
    throw folderError(path, error)
  }
}

/** Makes the data folder; as root the database's account must be able to pass through it (0711). */
export function dataFolder(path: string, account: Account | undefined): void {
  try {
    mkdirSync(path, { recursive: true, mode: account === undefined ? 0o700 : 0o711 })
    if (account !== undefined) chmodSync(path, statSync(path).mode | 0o011)
  } catch (error) {
    throw folderError(path, error)
  }
  if (mayEnter(path, account)) return
  throw databaseError(
    'folder-not-reachable',
    `PostgreSQL runs under uid ${account?.uid} because root is not allowed, and that account cannot enter ${path}: ` +
      'choose a data folder outside of private home folders, for example /var/lib/cuffia',
  )
}
