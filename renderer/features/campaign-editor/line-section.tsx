import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { lineKinds, recordingModes, workModes } from '../../../shared/crm-api/campaigns.ts'
import { Banner } from '../../ui/banner.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { RadioGroup } from '../../ui/radio.tsx'
import { Select } from '../../ui/select.tsx'
import { TextArea, TextField } from '../../ui/text-field.tsx'
import { bareNumber, isFixed, numbersIn } from './draft.ts'
import { Section } from './section.tsx'
import type { Editor } from './use-editor.ts'

const row = 'grid items-start gap-x-4 gap-y-3 sm:grid-cols-[repeat(auto-fit,minmax(16rem,1fr))]'

/** What carries the calls, from which number and to which, what is recorded and who is told of listeners. */
export function LineSection({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const { draft, change, campaign } = editor
  const [numbers, setNumbers] = useState(() => draft.inbound.numbers.join('\n'))
  const state = campaign?.state ?? 'draft'
  const isDisabled = (field: Parameters<typeof isFixed>[1]) => isFixed(state, field)
  const error = (field: string) => {
    const problem = editor.problems.get(field)
    return problem && t(`campaigns.fieldProblems.${problem}`)
  }
  return (
    <Section title={t('campaigns.sections.line')} about={t('campaigns.line.about')}>
      <div className="relative flex max-w-200 flex-col gap-5">
        <div className={row}>
          <Select
            label={t('campaigns.line.kind')}
            hint={t(`campaigns.line.kindHints.${draft.line}`)}
            options={lineKinds.map((id) => ({ id, label: t(`campaigns.lines.${id}`) }))}
            value={draft.line}
            isDisabled={isDisabled('line')}
            onChange={(id) => change({ line: id as typeof draft.line })}
          />
          <Select
            label={t('campaigns.line.workMode')}
            hint={t(`campaigns.line.workModeHints.${draft.workMode}`)}
            options={workModes.map((id) => ({ id, label: t(`campaigns.modes.${id}`) }))}
            value={draft.workMode}
            isDisabled={isDisabled('workMode')}
            onChange={(id) => change({ workMode: id as typeof draft.workMode })}
          />
        </div>
        {draft.line === 'simulated' && <Banner kind="info" title={t('campaigns.line.simulated')} />}
        <div className={row}>
          <TextField
            label={t('campaigns.line.callerId')}
            hint={t('campaigns.line.callerIdHint')}
            inputMode="tel"
            value={draft.callerId}
            error={error('callerId')}
            isDisabled={isDisabled('callerId')}
            onChange={(text) => change({ callerId: bareNumber(text) })}
          />
          <TextField
            label={t('campaigns.line.lcrPrefix')}
            hint={t('campaigns.line.lcrPrefixHint')}
            inputMode="tel"
            value={draft.lcrPrefix}
            error={error('lcrPrefix')}
            isDisabled={isDisabled('lcrPrefix')}
            onChange={(text) => change({ lcrPrefix: bareNumber(text) })}
          />
        </div>
        <TextArea
          label={t('campaigns.line.inbound')}
          hint={t('campaigns.line.inboundHint')}
          rows={2}
          value={numbers}
          error={error('inbound')}
          isDisabled={isDisabled('inbound')}
          onChange={(text) => {
            setNumbers(text)
            change({ inbound: { numbers: numbersIn(text) } })
          }}
        />
        <RadioGroup
          label={t('campaigns.line.recording')}
          hint={draft.recording === 'off' ? undefined : t('campaigns.line.recordingLaw')}
          options={recordingModes.map((id) => ({
            id,
            label: t(`campaigns.line.recordingModes.${id}`),
            hint: t(`campaigns.line.recordingHints.${id}`),
          }))}
          value={draft.recording}
          isDisabled={isDisabled('recording')}
          onChange={(id) => change({ recording: id as typeof draft.recording })}
        />
        <div>
          <Checkbox
            isSelected={draft.supervision.tellOperator}
            isDisabled={isDisabled('supervision')}
            onChange={(tellOperator) => change({ supervision: { tellOperator } })}
          >
            {t('campaigns.line.tellOperator')}
          </Checkbox>
          <p className="ps-6 text-small text-ink-3">{t('campaigns.line.tellOperatorHint')}</p>
        </div>
      </div>
    </Section>
  )
}
