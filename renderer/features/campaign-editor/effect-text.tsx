import { useTranslation } from 'react-i18next'
import type { Outcome } from '../../../shared/domain/campaign/outcomes.ts'
import { useFormat } from '../../ui/use-format.ts'

const minutesPer = { days: 1440, hours: 60, minutes: 1 } as const
export type Unit = keyof typeof minutesPer
export const units = ['minutes', 'hours', 'days'] as const

/** 120 minutes are 2 hours, 2880 are 2 days: the largest unit that fits without a rest. */
export function inUnit(minutes: number): { value: number; unit: Unit } {
  const unit = (['days', 'hours', 'minutes'] as const).find((name) => minutes % minutesPer[name] === 0)
  return { value: minutes / minutesPer[unit ?? 'minutes'], unit: unit ?? 'minutes' }
}

export const toMinutes = (value: number, unit: Unit): number => value * minutesPer[unit]

/** What an outcome does to the record, in a sentence. */
export function EffectText({
  outcome,
}: {
  outcome: Pick<Outcome, 'effect' | 'retryAfterMinutes' | 'needsCompleteAnswers'>
}) {
  const { t } = useTranslation()
  const { number } = useFormat()
  const { value, unit } = inUnit(outcome.retryAfterMinutes ?? 0)
  const after = t(`campaigns.after.${unit}`, { count: value, n: number(value) })
  return (
    <>
      {t(`campaigns.effects.${outcome.effect}`, { after })}
      {outcome.needsCompleteAnswers && ` ${t('campaigns.effects.complete')}`}
    </>
  )
}
