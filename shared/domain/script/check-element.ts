import { checkKeys, isObject, limits } from './problems.ts'
import type { Report } from './problems.ts'
import { inputTypes, questionTypes, textKinds } from './types.ts'
import type { QuestionType } from './types.ts'

type Json = Readonly<Record<string, unknown>>

const common = [
  'type',
  'name',
  'title',
  'description',
  'isRequired',
  'visibleIf',
  'requiredIf',
  'cuffiaSensitive',
]
const ownKeys: Readonly<Record<QuestionType, readonly string[]>> = {
  text: ['inputType', 'min', 'max', 'maxLength', 'placeholder'],
  comment: ['maxLength', 'placeholder', 'rows'],
  radiogroup: ['choices'],
  checkbox: ['choices', 'minSelectedChoices', 'maxSelectedChoices'],
  dropdown: ['choices', 'placeholder'],
  rating: ['rateMin', 'rateMax', 'minRateDescription', 'maxRateDescription'],
  boolean: ['labelTrue', 'labelFalse'],
}

/** One element by itself; names and references are checked by who sees the whole document. */
export function checkElement(element: Json, path: string, report: Report) {
  const { type } = element
  if (type === 'html') checkSpoken(element, path, report)
  else if (isQuestionType(type)) checkQuestion(element, type, path, report)
  else report(`${path}.type`, 'unknown-type')
}

/** A text we draw: plain, not too long. Missing is fine here. */
export function checkText(value: unknown, path: string, report: Report) {
  if (value === undefined) return
  if (typeof value !== 'string') return report(path, 'wrong-value')
  if (value.length > limits.text) report(path, 'text-too-long')
  // A tag, a comment or a character reference: the page draws text as it is, so they would be read aloud.
  if (/<\/?[a-z!]|&(?:#\d+|#x[\da-f]+|[a-z]+);/i.test(value)) report(path, 'markup')
}

const isQuestionType = (type: unknown): type is QuestionType => questionTypes.includes(type as QuestionType)

function checkSpoken(element: Json, path: string, report: Report) {
  const kind = element.cuffiaKind ?? 'say'
  checkKeys(element, ['type', 'name', 'cuffiaKind', 'title', 'html', 'visibleIf'], path, report)
  if (!(textKinds as readonly unknown[]).includes(kind)) report(`${path}.cuffiaKind`, 'wrong-value')
  requireText(element.html, `${path}.html`, report)
  if (kind === 'objection') requireText(element.title, `${path}.title`, report)
  else if (element.title !== undefined) report(`${path}.title`, 'unknown-property')
  checkType(element, ['visibleIf'], 'string', path, report)
}

function requireText(value: unknown, path: string, report: Report) {
  if (value === undefined || (typeof value === 'string' && value.trim() === '')) report(path, 'text-missing')
  else checkText(value, path, report)
}

function checkQuestion(element: Json, type: QuestionType, path: string, report: Report) {
  checkKeys(element, [...common, ...ownKeys[type]], path, report)
  for (const key of [
    'title',
    'description',
    'placeholder',
    'labelTrue',
    'labelFalse',
    'minRateDescription',
    'maxRateDescription',
  ]) {
    checkText(element[key], `${path}.${key}`, report)
  }
  checkType(element, ['visibleIf', 'requiredIf'], 'string', path, report)
  checkType(element, ['isRequired', 'cuffiaSensitive'], 'boolean', path, report)
  for (const key of ['maxLength', 'rows', 'minSelectedChoices', 'maxSelectedChoices', 'rateMin', 'rateMax']) {
    const value = element[key]
    if (value !== undefined && !(Number.isInteger(value) && Number(value) >= 0))
      report(`${path}.${key}`, 'wrong-value')
  }
  if (ownKeys[type].includes('choices')) checkChoices(element.choices, `${path}.choices`, report)
  if (type === 'rating') checkRating(element, path, report)
  if (type === 'text') checkInput(element, path, report)
}

function checkType(
  element: Json,
  keys: readonly string[],
  type: 'string' | 'boolean',
  path: string,
  report: Report,
) {
  for (const key of keys) {
    if (element[key] !== undefined && typeof element[key] !== type) report(`${path}.${key}`, 'wrong-value')
  }
}

function checkRating(element: Json, path: string, report: Report) {
  const { rateMin = 1, rateMax = 5 } = element
  const steps = Number(rateMax) - Number(rateMin)
  // One key each, 0 to 10 at most.
  if (steps < 1 || steps > 10) report(`${path}.rateMax`, 'wrong-value')
}

function checkInput(element: Json, path: string, report: Report) {
  const { inputType = 'text' } = element
  if (!(inputTypes as readonly unknown[]).includes(inputType))
    return report(`${path}.inputType`, 'wrong-value')
  for (const key of ['min', 'max']) {
    const bound = element[key]
    if (bound === undefined) continue
    const fits =
      inputType === 'number'
        ? typeof bound === 'number'
        : inputType === 'date' && typeof bound === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(bound)
    if (!fits) report(`${path}.${key}`, 'wrong-value')
  }
}

function checkChoices(choices: unknown, path: string, report: Report) {
  if (!Array.isArray(choices) || choices.length === 0) return report(path, 'choices-missing')
  if (choices.length > limits.choices) return report(path, 'too-big')
  const taken = new Set<unknown>()
  choices.forEach((choice: unknown, index) => {
    const at = `${path}[${index}]`
    if (isObject(choice)) {
      checkKeys(choice, ['value', 'text'], at, report)
      checkText(choice.text, `${at}.text`, report)
    }
    const value = isObject(choice) ? choice.value : choice
    if (typeof value === 'string') checkText(value, at, report)
    if ((typeof value !== 'string' && typeof value !== 'number') || value === '')
      return report(at, 'wrong-value')
    if (taken.has(value)) report(at, 'choice-taken')
    taken.add(value)
  })
}
