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

/** Whether the words of a command line are a PBX or SIPp of this folder: an editor of one of its files is not. */
export const runsIn = (folder, words) =>
  words.some((word) => word === 'asterisk' || word === 'sipp') &&
  words.some((word) => word.startsWith(`${folder}/`))

/** The words that a process was started with; none where it is gone or cannot be read. Linux. */
export function commandLine(pid) {
  try {
    return readFileSync(join('/proc', String(pid), 'cmdline'), 'utf8').split('\0')
  } catch {
    return []
  }
}

/** Ends every Asterisk and SIPp that was started with a file of this folder on its command line. */
export function endProcessesOf(folder) {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name) || !runsIn(folder, commandLine(name))) continue
    try {
      process.kill(Number(name), 'SIGKILL')
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
    try {
      rmSync(folder, { recursive: true, force: true })
    } catch {
      // another user's: theirs to clear
    }
  }
}
