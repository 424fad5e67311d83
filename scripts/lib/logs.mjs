import { mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

const limit = 8_000_000

/** Opens a log file for appending; a large one becomes `.1` first, so that two are kept at most. */
export function openLog(file) {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > limit) renameSync(file, `${file}.1`)
  return openSync(file, 'a', 0o600)
}

/** The end of a log, to show with a message about a process that has died. */
export function lastLines(file, count = 12) {
  if (file === undefined) return ''
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count)
  return `\n  ${lines.join('\n  ')}\n  (more in ${file})`
}
