import { useTranslation } from 'react-i18next'
import type { CampaignOutcome } from '../../../../shared/domain/campaign/outcomes.ts'
import { Mark } from '../../../ui/chip.tsx'
import { cx } from '../../../ui/cx.ts'
import { Kbd } from '../../../ui/kbd.tsx'
import { Spinner } from '../../../ui/spinner.tsx'
import { outcomeMarks } from './outcome-marks.ts'

/** The outcomes of the campaign on their keys; one press ends the call and saves. */
export function OutcomeList(props: {
  outcomes: readonly CampaignOutcome[]
  chosen: string | null
  saving: string | null
  isEnabled: boolean
  keyOf: (outcome: CampaignOutcome) => string | undefined
  onPress: (outcome: CampaignOutcome) => void
}) {
  const { t, i18n } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'it'
  return (
    <ul aria-label={t('outcome.zone')} className="p-1.5">
      {props.outcomes.map((outcome) => {
        const isChosen = outcome.code === props.chosen
        const key = props.keyOf(outcome)
        return (
          <li key={outcome.code}>
            <button
              type="button"
              disabled={!props.isEnabled}
              aria-pressed={isChosen}
              {...(key !== undefined && { 'aria-keyshortcuts': key })}
              onClick={() => props.onPress(outcome)}
              className={cx(
                'flex min-h-9 w-full cursor-default items-center gap-2.5 rounded-field border border-transparent px-2 py-1 text-start enabled:hover:bg-hover disabled:text-ink-3',
                isChosen && 'border-accent bg-accent-weak font-semibold',
              )}
            >
              <span aria-hidden className="inline-flex min-w-6 justify-center">
                {key !== undefined && <Kbd keys={key} />}
              </span>
              <Mark {...outcomeMarks[outcome.effect]} />
              <span className="min-w-0 flex-1">{outcome.label[language]}</span>
              {props.saving === outcome.code && <Spinner />}
            </button>
          </li>
        )
      })}
    </ul>
  )
}
