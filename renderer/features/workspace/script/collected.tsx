import { useTranslation } from 'react-i18next'
import type { QuestionView, ScriptView } from '../../../../shared/domain/script/pages.ts'
import { Heading, KeyValueList } from '../../../ui/card.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import { plain } from './text.tsx'

/** After the call: what was answered on all pages, and what should have been asked. */
export function Collected({ view }: { view: ScriptView }) {
  const { t } = useTranslation()
  const format = useFormat()
  const questions = view.pages
    .flatMap(({ elements }) => elements)
    .filter((element): element is QuestionView => element.kind === 'question')
    .filter(({ value, required }) => value !== null || required)
  if (questions.length === 0) return null
  const text = (question: QuestionView): string => {
    const { value } = question
    if (typeof value === 'boolean') {
      return value ? question.labels.yes || t('script.yes') : question.labels.no || t('script.no')
    }
    if (question.inputType === 'date') return format.isoDate(String(value))
    const chosen = Array.isArray(value) ? value : [value]
    return chosen
      .map((one) => question.choices.find((choice) => choice.value === one)?.text ?? String(one))
      .join(', ')
  }
  return (
    <section aria-label={t('script.collected')} className="border-t border-line pt-4">
      <Heading level={3} look="label" className="mb-2">
        {t('script.collected')}
      </Heading>
      <KeyValueList
        size="base"
        items={questions.map((question) => ({
          key: plain(question.title),
          value:
            question.value === null ? (
              <span className="text-ink-3">{t('script.notAsked')}</span>
            ) : (
              text(question)
            ),
        }))}
      />
    </section>
  )
}
