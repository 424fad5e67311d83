import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { QuestionView } from '../../../../shared/domain/script/pages.ts'
import type { AnswerValue } from '../../../../shared/domain/script/types.ts'
import { DateField } from '../../../ui/date-field.tsx'
import { NumberField } from '../../../ui/number-field.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextArea, TextField } from '../../../ui/text-field.tsx'
import { CheckCards, OneCard, type CardOption } from './choice-cards.tsx'
import { Merged, plain } from './text.tsx'

export interface QuestionFrame {
  title: ReactNode
  description: string
  isRequired: boolean
  error: string | undefined
}

export interface QuestionProps {
  question: QuestionView
  error: string | undefined
  letterOf: (choice: number) => string | undefined
  onAnswer: (name: string, value: AnswerValue | null) => void
  onEnter: () => void
}

/** A question of the questionnaire, drawn by its type; choices have letters, the rest is typed. */
export function Question(props: QuestionProps) {
  const { t } = useTranslation()
  const { question, error, letterOf } = props
  const { name, value } = question
  const answer = (next: AnswerValue | null) => props.onAnswer(name, next)
  const title = plain(question.title)
  const description = plain(question.description)
  const frame: QuestionFrame = {
    title: (
      <>
        <Merged segments={question.title} />
        {question.required && (
          <span aria-hidden className="text-danger">
            {' '}
            *
          </span>
        )}
      </>
    ),
    description,
    isRequired: question.required,
    error,
  }
  const field = {
    label: title,
    error,
    isRequired: question.required,
    hideLabel: true,
    className: 'max-w-100',
    ...(description !== '' && { hint: description }),
  }
  const options = question.choices.map((choice, index): CardOption => ({
    id: String(choice.value),
    label: choice.text,
    letter: letterOf(index),
  }))
  const choice = (id: string) => question.choices.find((one) => String(one.value) === id)?.value ?? null

  switch (question.type) {
    case 'radiogroup':
    case 'rating':
      return (
        <OneCard
          frame={frame}
          options={options}
          value={value === null ? null : String(value)}
          onChange={(id) => answer(choice(id))}
          isScale={question.type === 'rating'}
        />
      )
    case 'boolean':
      return (
        <OneCard
          frame={frame}
          options={[
            { id: 'true', label: question.labels.yes || t('script.yes'), letter: letterOf(0) },
            { id: 'false', label: question.labels.no || t('script.no'), letter: letterOf(1) },
          ]}
          value={value === null ? null : String(value)}
          onChange={(id) => answer(id === 'true')}
        />
      )
    case 'checkbox':
      return (
        <CheckCards
          frame={frame}
          options={options}
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={(ids) => answer(ids.length === 0 ? null : ids.flatMap((id) => choice(id) ?? []))}
        />
      )
    case 'dropdown':
      return (
        <Titled title={frame.title}>
          <Select
            {...field}
            options={question.choices.map(({ value: id, text }) => ({ id: String(id), label: text }))}
            value={value === null ? null : String(value)}
            onChange={(id) => answer(choice(id))}
            placeholder={question.placeholder || t('script.choose')}
          />
        </Titled>
      )
    case 'comment':
      return (
        <Titled title={frame.title}>
          <TextArea
            {...field}
            className="max-w-140"
            rows={question.rows}
            maxLength={question.maxLength}
            placeholder={question.placeholder}
            value={typeof value === 'string' ? value : ''}
            onChange={answer}
          />
        </Titled>
      )
    case 'text':
      return (
        <Titled title={frame.title}>
          <TypedField {...props} field={field} answer={answer} />
        </Titled>
      )
  }
}

/** The question above its field, as large as above the cards; screen readers take it from the field's own label. */
function Titled({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-2">
      <p aria-hidden className="text-title font-semibold">
        {title}
      </p>
      {children}
    </div>
  )
}

function TypedField(
  props: QuestionProps & {
    field: {
      label: string
      error: string | undefined
      isRequired: boolean
      hideLabel: boolean
      className: string
      hint?: string
    }
    answer: (value: AnswerValue | null) => void
  },
) {
  const { question, field, answer } = props
  const { value, min, max } = question
  switch (question.inputType) {
    case 'number':
      return (
        <NumberField
          {...field}
          className="max-w-50"
          value={typeof value === 'number' ? value : null}
          onChange={answer}
          {...(typeof min === 'number' && { min })}
          {...(typeof max === 'number' && { max })}
        />
      )
    case 'date':
      return (
        <DateField
          {...field}
          className="max-w-50"
          value={typeof value === 'string' ? value : null}
          onChange={answer}
          {...(typeof min === 'string' && { min })}
          {...(typeof max === 'string' && { max })}
        />
      )
    case 'text':
    case 'time':
    case 'email':
    case 'tel':
      return (
        <TextField
          {...field}
          maxLength={question.maxLength}
          placeholder={question.inputType === 'time' ? '9:30' : question.placeholder}
          inputMode={question.inputType === 'time' ? 'numeric' : question.inputType}
          value={typeof value === 'string' ? value : ''}
          onChange={answer}
          onEnter={props.onEnter}
        />
      )
  }
}
