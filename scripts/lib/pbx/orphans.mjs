import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Folders of instances are named after who started them, so that what a killed one left can be told. */
export const folderPrefix = 'cuffia-pbx-'

export function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Ends every process that was started with a file of this folder on its command line. Linux. */
export function endProcessesOf(folder) {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue
    try {
      const words = readFileSync(join('/proc', name, 'cmdline'), 'utf8').split('\0')
      if (words.some((word) => word.startsWith(`${folder}/`))) process.kill(Number(name), 'SIGKILL')
    } catch {
      // gone in the meantime, or another user's
    }
  }
}

/** Ends and removes instances whose starter is gone: killed, it could not do so itself. */
export function sweep() {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(folderPrefix)) continue
    const pid = Number(name.slice(folderPrefix.length).split('-')[0])
    if (!Number.isInteger(pid) || pid === 0 || isAlive(pid)) continue
    const folder = join(tmpdir(), name)
    endProcessesOf(folder)
    rmSync(folder, { recursive: true, force: true })
  }
}
