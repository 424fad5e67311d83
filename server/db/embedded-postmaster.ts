import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { codeOf } from './embedded-problem.ts'

/** What PostgreSQL writes about itself into `postmaster.pid` (src/include/utils/pidfile.h). */
export interface PidFile {
  pid: number
  port: number
  status: 'starting' | 'ready' | 'stopping' | 'standby' | ''
}

export const pidFilePath = (cluster: string): string => join(cluster, 'postmaster.pid')

export function parsePidFile(text: string): PidFile | undefined {
  const lines = text.split('\n').map((line) => line.trim())
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  const status = lines[7]
  const known = status === 'starting' || status === 'ready' || status === 'stopping' || status === 'standby'
  return { pid, port: Number(lines[3] ?? 0), status: known ? status : '' }
}

export function readPidFile(cluster: string): PidFile | undefined {
  try {
    return parsePidFile(readFileSync(pidFilePath(cluster), 'utf8'))
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}

/**
 * Whether that process is PostgreSQL on that cluster. Being alive is not enough: the number may have gone to another
 * program after a restart, and a dead child that nobody collects still answers signal 0.
 */
export function isPostgresOf(cluster: string, pid: number): boolean {
  if (!isAlive(pid)) return false
  if (process.platform === 'win32') return true
  const command = commandLine(pid)
  return command.includes('postgres') && command.includes(cluster)
}

/** Waits until the process is gone; false when it is still there after `seconds`. */
export async function waitUntilGone(cluster: string, pid: number, seconds: number): Promise<boolean> {
  for (let tries = 0; tries < seconds * 50; tries++) {
    if (!isPostgresOf(cluster, pid)) return true
    await wait(20)
  }
  return !isPostgresOf(cluster, pid)
}
