import type { Answers, ScriptQuestion } from './types.ts'
import { choiceText, choiceValue, isAnswered } from './types.ts'

/** The values behind `{contact.firstName}` and its like. */
export interface MergeValues {
  contact: Readonly<Record<string, string | Readonly<Record<string, string>>>> & {
    custom: Readonly<Record<string, string>>
  }
  operator: Readonly<Record<string, string>>
  campaign: Readonly<Record<string, string>>
}

const contactFields = [
  'firstName',
  'lastName',
  'fullName',
  'company',
  'street',
  'postcode',
  'city',
  'province',
  'email',
  'externalId',
] as const
const operatorFields = ['firstName', 'lastName'] as const
const campaignFields = ['code', 'description'] as const

type Fields<Name extends string> = Readonly<Partial<Record<Name, string | null>>>

/** Picks what a script may use; what a contact lacks becomes an empty text. `fullName` is a person's, else the company. */
export function mergeValues(
  contact: Fields<Exclude<(typeof contactFields)[number], 'fullName'>> & {
    custom?: Readonly<Record<string, string>>
  },
  operator: Fields<(typeof operatorFields)[number]>,
  campaign: Fields<(typeof campaignFields)[number]>,
): MergeValues {
  const person = [contact.firstName, contact.lastName].filter(Boolean).join(' ')
  return {
    contact: {
      ...pick({ ...contact, fullName: person || contact.company || '' }, contactFields),
      custom: contact.custom ?? {},
    },
    operator: pick(operator, operatorFields),
    campaign: pick(campaign, campaignFields),
  }
}

function pick<Name extends string>(from: Fields<Name>, names: readonly Name[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, from[name] ?? '']))
}

/** For the editor: every name that a script may put in braces, besides its own questions and `contact.custom.…`. */
export const mergeFields: readonly string[] = [
  ...contactFields.map((name) => `contact.${name}`),
  ...operatorFields.map((name) => `operator.${name}`),
  ...campaignFields.map((name) => `campaign.${name}`),
]

export const isMergeField = (name: string): boolean =>
  mergeFields.includes(name) || /^contact\.custom\.[^.{}]+$/.test(name)

/** The names in braces of a text, in order. */
export const fieldsIn = (text: string): readonly string[] =>
  [...text.matchAll(braces)].map((match) => (match[1] ?? '').trim())

const braces = /\{([^{}]*)\}/g

/** A piece of text to draw; `merged` pieces came from a record or an answer and are slightly marked. */
export interface Segment {
  text: string
  merged: boolean
}

/** Where the record says nothing: an operator who reads aloud sees that a word is missing. */
const unsaid = '…'

/** Splits a text at its fields. A name that no field has stays as it is written, so that it is seen. */
export function mergeText(
  text: string,
  values: MergeValues,
  answers: Answers,
  questions: ReadonlyMap<string, ScriptQuestion>,
): readonly Segment[] {
  const segments: Segment[] = []
  let end = 0
  for (const match of text.matchAll(braces)) {
    const value = fieldValue((match[1] ?? '').trim(), values, answers, questions)
    if (value === undefined) continue
    if (match.index > end) segments.push({ text: text.slice(end, match.index), merged: false })
    segments.push({ text: value || unsaid, merged: true })
    end = match.index + match[0].length
  }
  if (end < text.length) segments.push({ text: text.slice(end), merged: false })
  return segments
}

function fieldValue(
  name: string,
  values: MergeValues,
  answers: Answers,
  questions: ReadonlyMap<string, ScriptQuestion>,
): string | undefined {
  const question = questions.get(name)
  if (question) return answerText(question, answers)
  const [group = '', field = '', ...rest] = name.split('.')
  if (group === 'contact' && field === 'custom') return own(values.contact.custom, rest.join('.')) ?? ''
  if (group !== 'contact' && group !== 'operator' && group !== 'campaign') return undefined
  const value = rest.length === 0 ? own(values[group], field) : undefined
  return typeof value === 'string' ? value : undefined
}

const own = <T>(from: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(from, name) ? from[name] : undefined

function answerText(question: ScriptQuestion, answers: Answers): string {
  const value = own(answers, question.name)
  if (!isAnswered(value)) return ''
  if (typeof value === 'boolean') return (value ? question.labelTrue : question.labelFalse) ?? ''
  const chosen = Array.isArray(value) ? value : [value]
  const textOf = (one: unknown) => {
    const choice = question.choices?.find((candidate) => choiceValue(candidate) === one)
    return choice === undefined ? String(one) : choiceText(choice)
  }
  return chosen.map(textOf).join(', ')
}
