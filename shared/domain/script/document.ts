import { checkElement, checkText } from './check-element.ts'
import { expressionProblem } from './expression.ts'
import { fieldsIn, isMergeField } from './merge.ts'
import { checkKeys, isObject, limits } from './problems.ts'
import type { DocumentProblem, Report } from './problems.ts'
import { isQuestion } from './types.ts'
import type { ScriptDocument, ScriptElement, ScriptPage, ScriptQuestion } from './types.ts'

export type CheckedDocument =
  | { ok: true; document: ScriptDocument }
  | { ok: false; problems: readonly DocumentProblem[] }

/**
 * Decides whether a document can be run and drawn as it is. What we would neither run nor draw is refused rather than
 * ignored: a branch that silently does nothing would be found out by a customer.
 */
export function checkDocument(json: unknown): CheckedDocument {
  const problems: DocumentProblem[] = []
  const report: Report = (path, code) => problems.push({ path, code, messageKey: `script.problems.${code}` })
  if (!isObject(json)) report('', 'not-a-document')
  else if (JSON.stringify(json).length > limits.json) report('', 'too-big')
  else checkPages(json, report)
  if (problems.length > 0) return { ok: false, problems }
  const document = json as ScriptDocument
  checkReferences(document, report)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, document }
}

/** The questions of a document by name, in its order. Computed once per document. */
export function questionsOf(document: ScriptDocument): ReadonlyMap<string, ScriptQuestion> {
  const known = questionMaps.get(document)
  if (known) return known
  const questions = document.pages.flatMap((page) => page.elements.filter(isQuestion))
  const map = new Map(questions.map((question) => [question.name, question]))
  questionMaps.set(document, map)
  return map
}

const questionMaps = new WeakMap<ScriptDocument, ReadonlyMap<string, ScriptQuestion>>()

function checkPages(json: Readonly<Record<string, unknown>>, report: Report) {
  checkKeys(json, ['title', 'description', 'pages'], '', report)
  for (const key of ['title', 'description']) checkText(json[key], key, report)
  const { pages } = json
  if (!Array.isArray(pages) || pages.length === 0) return report('pages', 'no-pages')
  const elements = pages.flatMap((page: unknown) =>
    isObject(page) && Array.isArray(page.elements) ? page.elements : [],
  )
  if (pages.length > limits.pages || elements.length > limits.elements) return report('pages', 'too-big')
  const names = new Set<string>()
  const pageNames = new Set<string>()
  pages.forEach((page: unknown, index) => {
    const path = `pages[${index}]`
    if (!isObject(page)) return report(path, 'wrong-value')
    checkKeys(page, ['name', 'title', 'visibleIf', 'elements'], path, report)
    checkName(page.name, `${path}.name`, pageNames, report)
    checkText(page.title, `${path}.title`, report)
    if (!Array.isArray(page.elements) || page.elements.length === 0) return report(path, 'no-elements')
    page.elements.forEach((element: unknown, position) => {
      const at = `${path}.elements[${position}]`
      if (!isObject(element)) return report(at, 'wrong-value')
      checkName(element.name, `${at}.name`, names, report)
      checkElement(element, at, report)
    })
  })
}

/** Names are the keys of answers and stand in braces: letters, digits, dash and underscore. */
function checkName(name: unknown, path: string, taken: Set<string>, report: Report) {
  if (typeof name !== 'string' || !/^[A-Za-z_][\w-]*$/.test(name) || name.length > limits.name) {
    return report(path, 'bad-name')
  }
  // They would hide the merge fields of the same name, or reach into Object's own.
  if (['contact', 'operator', 'campaign', '__proto__', 'constructor', 'prototype'].includes(name)) {
    return report(path, 'bad-name')
  }
  if (taken.has(name)) return report(path, 'name-taken')
  taken.add(name)
}

function checkReferences(document: ScriptDocument, report: Report) {
  const questions = questionsOf(document)
  const isKnown = (field: string) => questions.has(field) || isMergeField(field)
  const check = (part: ScriptPage | ScriptElement, key: 'visibleIf' | 'requiredIf', path: string) => {
    const expression = (part as { visibleIf?: string; requiredIf?: string })[key]
    const problem = expression === undefined ? undefined : expressionProblem(expression, isKnown)
    if (problem) report(`${path}.${key}`, problem)
  }
  document.pages.forEach((page, index) => {
    const path = `pages[${index}]`
    check(page, 'visibleIf', path)
    checkFields(page, path, isKnown, report)
    page.elements.forEach((element, position) => {
      const at = `${path}.elements[${position}]`
      check(element, 'visibleIf', at)
      check(element, 'requiredIf', at)
      checkFields(element, at, isKnown, report)
    })
  })
}

function checkFields(
  part: ScriptPage | ScriptElement,
  path: string,
  isKnown: (field: string) => boolean,
  report: Report,
) {
  for (const [key, value] of Object.entries(part)) {
    if (typeof value !== 'string' || !['title', 'html', 'description'].includes(key)) continue
    if (fieldsIn(value).some((field) => !isKnown(field))) report(`${path}.${key}`, 'unknown-field')
  }
}
