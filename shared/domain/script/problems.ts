export type DocumentProblemCode =
  | 'not-a-document'
  | 'too-big'
  | 'no-pages'
  | 'no-elements'
  | 'unknown-property'
  | 'unknown-type'
  | 'wrong-value'
  | 'bad-name'
  | 'name-taken'
  | 'text-missing'
  | 'text-too-long'
  | 'markup'
  | 'choices-missing'
  | 'choice-taken'
  | 'bad-expression'
  | 'unknown-function'
  | 'unknown-field'

/** `path` as in `pages[0].elements[2].visibleIf`; `messageKey` names the sentence that explains the code. */
export interface DocumentProblem {
  path: string
  code: DocumentProblemCode
  messageKey: `script.problems.${DocumentProblemCode}`
}

/** Collects problems while the parts of a document are walked. */
export type Report = (path: string, code: DocumentProblemCode) => void

export const limits = {
  json: 512 * 1024,
  pages: 50,
  elements: 500,
  text: 4000,
  choices: 200,
  name: 64,
} as const

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function checkKeys(
  value: Readonly<Record<string, unknown>>,
  allowed: readonly string[],
  path: string,
  report: Report,
) {
  for (const key of Object.keys(value)) {
    if (!allowed.includes(key)) report(path === '' ? key : `${path}.${key}`, 'unknown-property')
  }
}
