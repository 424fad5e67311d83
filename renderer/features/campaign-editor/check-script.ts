import { checkDocument } from '../../../shared/domain/script/document.ts'
import type { DocumentProblemCode } from '../../../shared/domain/script/problems.ts'
import { lineOfPath, lineOfSyntaxError, linesOfPaths } from './json-lines.ts'

export interface LineProblem {
  line: number
  /** empty for a text that is no JSON */
  path: string
  code: DocumentProblemCode | 'syntax'
}

export type CheckedScript =
  | { state: 'empty' }
  | { state: 'valid'; pages: number; elements: number }
  | { state: 'invalid'; problems: readonly LineProblem[] }

/** A script as text: whether it runs, and on which lines it does not. */
export function checkScript(text: string): CheckedScript {
  if (text.trim() === '') return { state: 'empty' }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return {
      state: 'invalid',
      problems: [{ line: lineOfSyntaxError(error, text), path: '', code: 'syntax' }],
    }
  }
  const checked = checkDocument(json)
  if (checked.ok) {
    const { pages } = checked.document
    return { state: 'valid', pages: pages.length, elements: pages.flatMap((page) => page.elements).length }
  }
  const lines = linesOfPaths(text)
  return {
    state: 'invalid',
    problems: checked.problems.map(({ path, code }) => ({ line: lineOfPath(lines, path), path, code })),
  }
}
