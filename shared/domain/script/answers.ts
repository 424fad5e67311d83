import { questionsOf } from './document.ts'
import type { MergeValues } from './merge.ts'
import { isRequired, usualLength, visible } from './pages.ts'
import { choiceValue, isAnswered, isQuestion } from './types.ts'
import type { Answers, ScriptDocument, ScriptQuestion } from './types.ts'

export type AnswerProblemCode =
  | 'unknown-question'
  | 'wrong-type'
  | 'not-a-choice'
  | 'too-few-choices'
  | 'too-many-choices'
  | 'out-of-range'
  | 'too-long'
  | 'required'

export interface AnswerProblem {
  question: string
  code: AnswerProblemCode
}

export type ValidatedAnswers =
  /** `answers`: those of visible questions only. What was answered on a branch since left is not part of the result. */
  { ok: true; answers: Answers } | { ok: false; problems: readonly AnswerProblem[] }

interface Rules {
  /** The call is over and a closing outcome was chosen: required questions that are visible must be answered. */
  complete: boolean
  values: MergeValues
}

/** Checks answers against the document they were given to; the page and the server run the same text. */
export function validateAnswers(document: ScriptDocument, answers: unknown, rules: Rules): ValidatedAnswers {
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers)) {
    return { ok: false, problems: [{ question: '', code: 'wrong-type' }] }
  }
  const questions = questionsOf(document)
  const problems: AnswerProblem[] = []
  for (const [name, value] of Object.entries(answers)) {
    const question = questions.get(name)
    const code = question ? valueProblem(question, value) : 'unknown-question'
    if (code) problems.push({ question: name, code })
  }
  if (problems.length > 0) return { ok: false, problems }

  const { pages, answers: given } = visible(document, answers as Answers, rules.values)
  for (const question of rules.complete ? pages.flatMap(({ elements }) => elements.filter(isQuestion)) : []) {
    if (!isAnswered(given[question.name]) && isRequired(question, given, rules.values)) {
      problems.push({ question: question.name, code: 'required' })
    }
  }
  if (problems.length > 0) return { ok: false, problems }
  const kept = Object.entries(given).filter(([, value]) => isAnswered(value))
  return { ok: true, answers: Object.fromEntries(kept) }
}

function valueProblem(question: ScriptQuestion, value: unknown): AnswerProblemCode | undefined {
  switch (question.type) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'wrong-type'
    case 'rating':
      return numberProblem(value, question.rateMin ?? 1, question.rateMax ?? 5, true)
    case 'radiogroup':
    case 'dropdown':
      return value === '' || isChoice(question, value) ? undefined : 'not-a-choice'
    case 'checkbox':
      return listProblem(question, value)
    case 'comment':
      return textProblem(value, question.maxLength ?? usualLength.comment)
    case 'text':
      return inputProblem(question, value)
    default:
      return question.type satisfies never
  }
}

const isChoice = (question: ScriptQuestion, value: unknown) =>
  (question.choices ?? []).some((choice) => choiceValue(choice) === value)

function listProblem(question: ScriptQuestion, value: unknown): AnswerProblemCode | undefined {
  if (!Array.isArray(value)) return 'wrong-type'
  if (!value.every((one: unknown) => isChoice(question, one))) return 'not-a-choice'
  if (new Set(value).size !== value.length) return 'not-a-choice'
  if (value.length > (question.maxSelectedChoices || Infinity)) return 'too-many-choices'
  // No choice at all is an answer not given, which only `required` speaks about.
  return value.length > 0 && value.length < (question.minSelectedChoices ?? 0) ? 'too-few-choices' : undefined
}

function textProblem(value: unknown, longest: number): AnswerProblemCode | undefined {
  if (typeof value !== 'string') return 'wrong-type'
  return value.length > longest ? 'too-long' : undefined
}

function numberProblem(
  value: unknown,
  min: number,
  max: number,
  whole: boolean,
): AnswerProblemCode | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value) || (whole && !Number.isInteger(value)))
    return 'wrong-type'
  return value < min || value > max ? 'out-of-range' : undefined
}

function inputProblem(question: ScriptQuestion, value: unknown): AnswerProblemCode | undefined {
  const { inputType = 'text', min, max } = question
  if (value === '') return undefined
  if (inputType === 'number')
    return numberProblem(value, Number(min ?? -Infinity), Number(max ?? Infinity), false)
  const problem = textProblem(value, question.maxLength ?? usualLength.text)
  if (problem || typeof value !== 'string') return problem
  if (inputType === 'time') return /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(value) ? undefined : 'wrong-type'
  if (inputType === 'email') return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? undefined : 'wrong-type'
  if (inputType !== 'date') return undefined
  if (!isIsoDate(value)) return 'wrong-type'
  return (typeof min === 'string' && value < min) || (typeof max === 'string' && value > max)
    ? 'out-of-range'
    : undefined
}

function isIsoDate(value: string): boolean {
  const date = new Date(`${value}T00:00:00Z`)
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value)
  )
}
