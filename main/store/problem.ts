import { AppError } from '../../shared/std/errors.ts'

/** What is wrong with the file: it is damaged, cannot be written, the disk is full, it belongs to a newer program. */
export const storeProblems = ['corrupt', 'unwritable', 'full', 'in-use', 'newer'] as const
export type StoreProblem = (typeof storeProblems)[number]

export const storeError = (problem: StoreProblem, message: string) =>
  new AppError('internal', message, { details: { store: problem } })

export function storeProblemOf(error: unknown): StoreProblem | undefined {
  if (!(error instanceof AppError)) return undefined
  const store = (error.details as { store?: unknown } | undefined)?.store
  return storeProblems.find((problem) => problem === store)
}

/** Result codes of sqlite.org/rescode.html, with their extended forms. */
const problems: readonly [RegExp, StoreProblem][] = [
  [/^SQLITE_(CORRUPT|NOTADB)/, 'corrupt'],
  [/^SQLITE_FULL|^ENOSPC$|^EDQUOT$/, 'full'],
  [/^SQLITE_(BUSY|LOCKED)/, 'in-use'],
  [
    /^SQLITE_(READONLY|CANTOPEN|IOERR|PERM)|^(EACCES|EPERM|EROFS|ENOTDIR|ENOENT|EEXIST|EISDIR|EIO)$/,
    'unwritable',
  ],
]

/** Runs what touches the file; the file's own troubles come out as `internal` with `details.store`. */
export function guarded<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const found = problems.find(([pattern]) => pattern.test(code))
    if (!found) throw error
    throw storeError(found[1], `the local file is ${found[1]}: ${code}`)
  }
}
