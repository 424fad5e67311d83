import { useTranslation } from 'react-i18next'
import { DateField } from '../../ui/date-field.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { isFixed } from './draft.ts'
import { Section } from './section.tsx'
import type { Editor } from './use-editor.ts'

const row = 'grid items-start gap-x-4 gap-y-3 sm:grid-cols-[repeat(auto-fit,minmax(13rem,1fr))]'

export function GeneralSection({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const { draft, change, campaign } = editor
  const state = campaign?.state ?? 'draft'
  const error = (field: string) => {
    const problem = editor.problems.get(field)
    // an end before the beginning is said at once: it is never a field not yet reached
    const isShown = editor.showProblems || problem === 'end-before-start'
    return problem && isShown ? t(`campaigns.fieldProblems.${problem}`) : undefined
  }
  const isDisabled = (field: Parameters<typeof isFixed>[1]) => isFixed(state, field)
  return (
    <Section title={t('campaigns.sections.general')} about={t('campaigns.general.about')}>
      <div className="flex max-w-200 flex-col gap-5">
        <div className={row}>
          <TextField
            label={t('campaigns.general.code')}
            isRequired
            hint={t('campaigns.general.codeHint')}
            maxLength={20}
            value={draft.code}
            error={error('code')}
            isDisabled={isDisabled('code')}
            onChange={(code) => change({ code })}
          />
          <TextField
            label={t('campaigns.general.description')}
            isRequired
            className="sm:col-span-2"
            hint={t('campaigns.general.descriptionHint')}
            maxLength={120}
            value={draft.description}
            error={error('description')}
            isDisabled={isDisabled('description')}
            onChange={(description) => change({ description })}
          />
        </div>
        <div className={row}>
          <DateField
            label={t('campaigns.general.from')}
            isRequired
            value={draft.from}
            isDisabled={isDisabled('from')}
            onChange={(from) => from !== null && change({ from })}
          />
          <DateField
            label={t('campaigns.general.to')}
            isRequired
            hint={t('campaigns.general.toHint')}
            value={draft.to}
            error={error('to')}
            isDisabled={isDisabled('to')}
            onChange={(to) => to !== null && change({ to })}
          />
          <NumberField
            label={t('campaigns.general.priority')}
            hint={t('campaigns.general.priorityHint')}
            min={1}
            max={9}
            value={draft.priority}
            isDisabled={isDisabled('priority')}
            onChange={(priority) => priority !== null && change({ priority })}
          />
        </div>
        <div className={row}>
          <NumberField
            label={t('campaigns.general.maxAttempts')}
            hint={t('campaigns.general.maxAttemptsHint')}
            min={1}
            max={20}
            value={draft.maxAttempts}
            isDisabled={isDisabled('maxAttempts')}
            onChange={(maxAttempts) => maxAttempts !== null && change({ maxAttempts })}
          />
          <NumberField
            label={t('campaigns.general.wrapUp')}
            hint={t('campaigns.general.wrapUpHint')}
            unit={t('campaigns.units.seconds')}
            min={5}
            max={600}
            step={5}
            value={draft.wrapUpSeconds}
            isDisabled={isDisabled('wrapUpSeconds')}
            onChange={(wrapUpSeconds) => wrapUpSeconds !== null && change({ wrapUpSeconds })}
          />
          <NumberField
            label={t('campaigns.general.grace')}
            hint={t('campaigns.general.graceHint')}
            unit={t('campaigns.units.minutes')}
            min={0}
            max={1440}
            step={5}
            value={draft.callbackGraceMinutes}
            isDisabled={isDisabled('callbackGraceMinutes')}
            onChange={(minutes) => minutes !== null && change({ callbackGraceMinutes: minutes })}
          />
        </div>
      </div>
    </Section>
  )
}
