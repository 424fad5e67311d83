import { Copy } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { minutesOf, weekdays, type Weekday } from '../../../shared/domain/campaign/calling-hours.ts'
import { Button } from '../../ui/button.tsx'
import { ComboBox } from '../../ui/combo-box.tsx'
import { TimeRange } from '../../ui/time-range.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { copyDay, isFixed } from './draft.ts'
import { Section } from './section.tsx'
import type { Editor } from './use-editor.ts'

export function HoursSection({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const { decimal } = useFormat()
  const { hours } = editor.draft
  const isDisabled = isFixed(editor.campaign?.state ?? 'draft', 'hours')
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone').map((id) => ({ id, label: id })), [])
  const setDay = (day: Weekday, pairs: readonly (readonly [string, string])[]) =>
    editor.change({
      hours: { ...hours, days: { ...hours.days, [day]: pairs.map(([from, to]) => ({ from, to })) } },
    })
  const minutes = weekdays
    .flatMap((day) => hours.days[day])
    .reduce((sum, { from, to }) => sum + Math.max(0, minutesOf(to) - minutesOf(from) || 0), 0)
  return (
    <Section
      title={t('campaigns.sections.hours')}
      about={t('campaigns.hours.about')}
      actions={
        <>
          <span className="text-ink-2">{t('campaigns.hours.week', { hours: decimal(minutes / 60) })}</span>
          <Button
            icon={Copy}
            size="small"
            isDisabled={isDisabled}
            onPress={() => editor.change({ hours: copyDay(hours, 1, [2, 3, 4, 5]) })}
          >
            {t('campaigns.hours.copyWorkdays')}
          </Button>
          <Button
            icon={Copy}
            size="small"
            isDisabled={isDisabled}
            onPress={() => editor.change({ hours: copyDay(hours, 1, weekdays) })}
          >
            {t('campaigns.hours.copyAll')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <ComboBox
          label={t('campaigns.hours.zone')}
          className="max-w-80"
          options={zones}
          value={hours.zone}
          isDisabled={isDisabled}
          onChange={(zone) => zone !== null && editor.change({ hours: { ...hours, zone } })}
        />
        <ul className="flex flex-col gap-2">
          {weekdays.map((day) => {
            const problem = editor.problems.get(`hours.${day}`)
            const isUnfinished = hours.days[day].some(({ from, to }) => from === '' || to === '')
            return (
              <li
                key={day}
                className="grid items-start gap-x-4 gap-y-1 border-t border-line pt-2 sm:grid-cols-[7rem_minmax(0,1fr)_auto]"
              >
                <span aria-hidden className="leading-8 font-medium">
                  {t(`campaigns.days.${day}`)}
                </span>
                <TimeRange
                  className="[&>legend]:sr-only"
                  label={t(`campaigns.days.${day}`)}
                  max={4}
                  isDisabled={isDisabled}
                  value={hours.days[day].map(({ from, to }) => [from, to] as const)}
                  onChange={(pairs) => setDay(day, pairs)}
                />
                <p className="text-compact leading-8 text-ink-3">
                  {hours.days[day].length === 0 && t('campaigns.hours.closed')}
                  {problem && (editor.showProblems || !isUnfinished) && (
                    <span className="text-danger">{t(`campaigns.fieldProblems.${problem}`)}</span>
                  )}
                </p>
              </li>
            )
          })}
        </ul>
        {editor.draft.line === 'simulated' && (
          <p className="text-compact text-ink-2">{t('campaigns.hours.simulated')}</p>
        )}
      </div>
    </Section>
  )
}
