import { AppError } from '../../shared/std/errors.ts'

/** Why the packaged PostgreSQL could not be brought up; it travels in `details.problem`. */
export type DatabaseProblem =
  | 'no-binaries'
  | 'folder-not-writable'
  | 'folder-not-reachable'
  | 'disk-full'
  | 'other-major-version'
  | 'in-use'
  | 'start-failed'

export const databaseError = (problem: DatabaseProblem, message: string, output = ''): AppError =>
  new AppError('internal', output === '' ? message : `${message}\n${output.trim()}`, { details: { problem } })

/** The system's code of a failed operation: EACCES, ENOSPC … */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''

/** Says what a failed file operation means for the person who started the server. */
export function folderError(folder: string, error: unknown): AppError {
  if (error instanceof AppError) return error
  const code = codeOf(error)
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return databaseError('disk-full', `the disk that holds ${folder} is full`)
  return databaseError('folder-not-writable', `cannot write in ${folder} (${code || String(error)})`)
}

/** Says what the output of initdb or postgres means. */
export function outputError(folder: string, what: string, output: string): AppError {
  if (/No space left on device|Disk quota exceeded/.test(output)) {
    return databaseError('disk-full', `the disk that holds ${folder} is full`, output)
  }
  if (/Permission denied|Read-only file system/.test(output)) {
    return databaseError('folder-not-writable', `PostgreSQL cannot write in ${folder}`, output)
  }
  return databaseError('start-failed', what, output)
}
