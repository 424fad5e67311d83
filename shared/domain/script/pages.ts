import { questionsOf } from './document.ts'
import { holds } from './expression.ts'
import { mergeText } from './merge.ts'
import type { MergeValues, Segment } from './merge.ts'
import { choiceText, choiceValue, isAnswered, isQuestion } from './types.ts'
import type {
  Answers,
  AnswerValue,
  ChoiceValue,
  InputType,
  QuestionType,
  ScriptDocument,
  ScriptElement,
  ScriptPage,
  ScriptQuestion,
  TextKind,
} from './types.ts'

/** All that the page draws of a script, for the answers so far: plain data, hidden parts left out. */
export interface ScriptView {
  pages: readonly PageView[]
  progress: Progress
}

/** Counts visible questions; `missing` are required ones without an answer. */
export interface Progress {
  questions: number
  answered: number
  missing: number
}

export interface PageView {
  name: string
  title: readonly Segment[]
  elements: readonly ElementView[]
  progress: Progress
}

export type ElementView = TextView | QuestionView

export interface TextView {
  kind: TextKind
  name: string
  /** Empty but for objections. */
  title: readonly Segment[]
  text: readonly Segment[]
}

export interface QuestionView {
  kind: 'question'
  name: string
  type: QuestionType
  title: readonly Segment[]
  description: readonly Segment[]
  required: boolean
  /** While it has the focus the call is not recorded. */
  sensitive: boolean
  value: AnswerValue | null
  /** Of choices and rating; empty for the others. */
  choices: readonly { value: ChoiceValue; text: string }[]
  inputType: InputType
  min: number | string | null
  max: number | string | null
  maxLength: number
  rows: number
  placeholder: string
  /** boolean; empty where the page says yes and no in its own language. */
  labels: { yes: string; no: string }
}

/** Longest answer in a field without its own limit. */
export const usualLength = { text: 500, comment: 10_000 } as const

export function pages(document: ScriptDocument, given: Answers, values: MergeValues): ScriptView {
  const { pages: shownPages, answers } = visible(document, given, values)
  const shown = shownPages.map(({ page, elements }): PageView => {
    const views = elements.map((element) => viewOf(document, element, answers, values))
    return {
      name: page.name,
      title: merged(document, page.title, answers, values),
      elements: views,
      progress: progressOf(views),
    }
  })
  return { pages: shown, progress: progressOf(shown.flatMap((page) => page.elements)) }
}

interface Visible {
  pages: readonly { page: ScriptPage; elements: readonly ScriptElement[] }[]
  /** Answers of visible questions. What was answered on a branch since left counts for nothing. */
  answers: Answers
}

/**
 * The pages and elements that the answers lead to. A page whose elements are all hidden is hidden. Hiding a question
 * takes its answer away, which may hide more: as SurveyJS does with `clearInvisibleValues: onHidden`, but also when it
 * is the page that is hidden. The rounds are bounded because a document could contradict itself.
 */
export function visible(document: ScriptDocument, answers: Answers, values: MergeValues): Visible {
  let kept = answers
  for (let round = 0; ; round++) {
    const shown = visibleFor(document, kept, values)
    const names = shown.flatMap(({ elements }) => elements.filter(isQuestion).map(({ name }) => name))
    const next = only(answers, names)
    if (round === 10 || Object.keys(next).length === Object.keys(kept).length)
      return { pages: shown, answers: next }
    kept = next
  }
}

function only(answers: Answers, names: readonly string[]): Answers {
  const named = new Set(names)
  return Object.fromEntries(Object.entries(answers).filter(([name]) => named.has(name)))
}

const visibleFor = (document: ScriptDocument, answers: Answers, values: MergeValues): Visible['pages'] =>
  document.pages
    .filter((page) => holds(page.visibleIf, answers, values))
    .map((page) => ({
      page,
      elements: page.elements.filter((element) => holds(element.visibleIf, answers, values)),
    }))
    .filter(({ elements }) => elements.length > 0)

export const isRequired = (question: ScriptQuestion, answers: Answers, values: MergeValues): boolean =>
  question.isRequired === true ||
  (question.requiredIf !== undefined && holds(question.requiredIf, answers, values))

const merged = (document: ScriptDocument, text: string | undefined, answers: Answers, values: MergeValues) =>
  mergeText(text ?? '', values, answers, questionsOf(document))

function viewOf(
  document: ScriptDocument,
  element: ScriptElement,
  answers: Answers,
  values: MergeValues,
): ElementView {
  const text = (source: string | undefined) => merged(document, source, answers, values)
  if (!isQuestion(element)) {
    return {
      kind: element.cuffiaKind ?? 'say',
      name: element.name,
      title: text(element.title),
      text: text(element.html),
    }
  }
  return {
    kind: 'question',
    name: element.name,
    type: element.type,
    title: text(element.title ?? element.name),
    description: text(element.description),
    required: isRequired(element, answers, values),
    sensitive: element.cuffiaSensitive === true,
    value: Object.hasOwn(answers, element.name) ? (answers[element.name] ?? null) : null,
    choices: choicesOf(element),
    inputType: element.inputType ?? 'text',
    min: element.min ?? null,
    max: element.max ?? null,
    maxLength: element.maxLength ?? usualLength[element.type === 'comment' ? 'comment' : 'text'],
    rows: element.rows ?? 3,
    placeholder: element.placeholder ?? '',
    labels: { yes: element.labelTrue ?? '', no: element.labelFalse ?? '' },
  }
}

function choicesOf(question: ScriptQuestion): QuestionView['choices'] {
  if (question.type !== 'rating') {
    return (question.choices ?? []).map((choice) => ({
      value: choiceValue(choice),
      text: choiceText(choice),
    }))
  }
  const { rateMin = 1, rateMax = 5, minRateDescription = '', maxRateDescription = '' } = question
  const words = (value: number) => {
    if (value === rateMin) return minRateDescription
    return value === rateMax ? maxRateDescription : ''
  }
  return Array.from({ length: rateMax - rateMin + 1 }, (_, step) => rateMin + step).map((value) => ({
    value,
    text: `${value} ${words(value)}`.trim(),
  }))
}

function progressOf(elements: readonly ElementView[]): Progress {
  const questions = elements.filter((element) => element.kind === 'question')
  const answered = questions.filter((question) => isAnswered(question.value ?? undefined))
  const missing = questions.filter(
    (question) => question.required && !isAnswered(question.value ?? undefined),
  )
  return { questions: questions.length, answered: answered.length, missing: missing.length }
}
