import {
  CalendarClock,
  ClipboardCheck,
  ListChecks,
  PhoneCall,
  ScrollText,
  SlidersHorizontal,
  TriangleAlert,
  UserRoundCheck,
  Users,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../ui/cx.ts'
import type { Icon } from '../../ui/icon.ts'
import { sections, type Section } from './draft.ts'

const icons: Readonly<Record<Section, Icon>> = {
  general: SlidersHorizontal,
  line: PhoneCall,
  hours: CalendarClock,
  outcomes: ListChecks,
  script: ScrollText,
  operators: UserRoundCheck,
  records: Users,
  launch: ClipboardCheck,
}

/** The sections, each with a mark where it differs from what is saved or cannot be saved. */
export function SectionNav({
  current,
  changed,
  inTrouble,
  onGo,
}: {
  current: Section
  changed: readonly Section[]
  inTrouble: readonly Section[]
  onGo: (section: Section) => void
}) {
  const { t } = useTranslation()
  return (
    <nav aria-label={t('campaigns.editor.sections')} className="shrink-0 @min-[46rem]/main:w-52">
      <ul className="flex flex-wrap gap-1 @min-[46rem]/main:sticky @min-[46rem]/main:top-3.5 @min-[46rem]/main:flex-col">
        {sections.map((section) => {
          const IconPart = icons[section]
          const isCurrent = section === current
          return (
            <li key={section}>
              <button
                type="button"
                onClick={() => onGo(section)}
                aria-current={isCurrent ? 'true' : undefined}
                className={cx(
                  'flex min-h-8 w-full cursor-default items-center gap-2.5 rounded-field px-2.5 py-1 text-start transition-colors',
                  isCurrent
                    ? 'bg-accent-weak font-semibold text-accent'
                    : 'text-ink-2 hover:bg-hover hover:text-ink',
                )}
              >
                <IconPart className="size-4 shrink-0" strokeWidth={1.9} aria-hidden />
                <span className="flex-1">{t(`campaigns.sections.${section}`)}</span>
                {inTrouble.includes(section) ? (
                  <>
                    <TriangleAlert className="size-4 shrink-0 text-danger" aria-hidden />
                    <span className="sr-only">{t('campaigns.editor.toMend')}</span>
                  </>
                ) : (
                  changed.includes(section) && (
                    <>
                      <span aria-hidden className="keep-colours size-2 shrink-0 rounded-full bg-ring-dot" />
                      <span className="sr-only">{t('campaigns.editor.notSaved')}</span>
                    </>
                  )
                )}
              </button>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
