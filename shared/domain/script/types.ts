/**
 * Script and questionnaire in one document: the part of SurveyJS JSON that we run and draw
 * (https://surveyjs.io/form-library/documentation/api-reference/survey-data-model). Words to say are `html` elements whose text is
 * plain: no markup, merge fields in braces, line breaks kept.
 */
export interface ScriptDocument {
  title?: string
  description?: string
  pages: readonly ScriptPage[]
}

export interface ScriptPage {
  name: string
  title?: string
  visibleIf?: string
  elements: readonly ScriptElement[]
}

export type ScriptElement = ScriptText | ScriptQuestion

/** Says what an `html` element is: words to say aloud, a note to the operator, an answer ready for an objection. */
export const textKinds = ['say', 'instruction', 'objection'] as const
export type TextKind = (typeof textKinds)[number]

export interface ScriptText {
  type: 'html'
  name: string
  /** Missing means `say`. */
  cuffiaKind?: TextKind
  /** Only an objection has one: what the customer says. */
  title?: string
  html: string
  visibleIf?: string
}

export const questionTypes = [
  'text',
  'comment',
  'radiogroup',
  'checkbox',
  'dropdown',
  'rating',
  'boolean',
] as const
export type QuestionType = (typeof questionTypes)[number]
export const inputTypes = ['text', 'number', 'date', 'time', 'email', 'tel'] as const
export type InputType = (typeof inputTypes)[number]

export type ChoiceValue = string | number
export type Choice = ChoiceValue | { value: ChoiceValue; text?: string }

export interface ScriptQuestion {
  type: QuestionType
  name: string
  title?: string
  description?: string
  isRequired?: boolean
  visibleIf?: string
  requiredIf?: string
  /** While it has the focus the call is not recorded: numbers of documents, accounts, cards. */
  cuffiaSensitive?: boolean
  /** text */
  inputType?: InputType
  min?: number | string
  max?: number | string
  /** text and comment */
  maxLength?: number
  placeholder?: string
  /** comment */
  rows?: number
  /** radiogroup, checkbox, dropdown */
  choices?: readonly Choice[]
  /** checkbox */
  minSelectedChoices?: number
  maxSelectedChoices?: number
  /** rating, 1 to 5 unless told */
  rateMin?: number
  rateMax?: number
  minRateDescription?: string
  maxRateDescription?: string
  /** boolean */
  labelTrue?: string
  labelFalse?: string
}

export type AnswerValue = string | number | boolean | readonly ChoiceValue[]
/** By question name. A question without an answer has no entry. */
export type Answers = Readonly<Record<string, AnswerValue>>

export const isQuestion = (element: ScriptElement): element is ScriptQuestion => element.type !== 'html'

export const choiceValue = (choice: Choice): ChoiceValue =>
  typeof choice === 'object' ? choice.value : choice
export const choiceText = (choice: Choice): string =>
  typeof choice === 'object' ? (choice.text ?? String(choice.value)) : String(choice)

/** An empty text or list is no answer. */
export const isAnswered = (value: AnswerValue | undefined): value is AnswerValue =>
  value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
