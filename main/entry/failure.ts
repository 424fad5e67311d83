import { storeProblemOf } from '../store/problem.ts'
import type { StoreProblem } from '../store/problem.ts'

const sentences: Record<StoreProblem, string> = {
  corrupt: 'is damaged: keep a copy of it, then move it away and start again',
  unwritable: 'cannot be written: look at the rights of its folder',
  full: 'cannot grow: the disk is full',
  'in-use': 'is used by another Cuffia that is running',
  newer: 'was written by a newer Cuffia: start that one',
}

/** Why the local host cannot start, as a code and as a sentence for whoever started it. */
export function failureOf(error: unknown): { code: string; message: string } {
  const problem = storeProblemOf(error)
  if (problem !== undefined)
    return {
      code: `store-${problem}`,
      message: `The file desktop.sqlite in the data folder ${sentences[problem]}.`,
    }
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) }
}
