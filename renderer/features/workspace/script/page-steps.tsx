import { Check } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button as AriaButton } from 'react-aria-components'
import type { PageView } from '../../../../shared/domain/script/pages.ts'
import { cx } from '../../../ui/cx.ts'
import { Merged } from './text.tsx'

/** The numbered pages of the script: where one is, what is behind, what comes. */
export function PageSteps(props: {
  pages: readonly PageView[]
  current: number
  onGo: (name: string) => void
}) {
  const { t } = useTranslation()
  const { pages, current } = props
  return (
    <nav
      aria-label={t('script.pages')}
      className="flex flex-wrap items-center gap-1.5 border-b border-line px-4.5 py-2.5 text-compact"
    >
      <ol className="flex flex-1 flex-wrap items-center gap-1.5">
        {pages.map((page, index) => (
          <li key={page.name}>
            <AriaButton
              onPress={() => props.onGo(page.name)}
              {...(index === current && { 'aria-current': 'step' as const })}
              className={cx(
                'inline-flex min-h-6 cursor-default items-center gap-1.5 rounded-full px-2 whitespace-nowrap data-hovered:bg-hover',
                index === current ? 'bg-accent-weak font-semibold text-accent' : 'text-ink-2',
              )}
            >
              {index < current && page.progress.missing === 0 ? (
                <Check className="size-4" strokeWidth={1.9} aria-hidden />
              ) : (
                <span>{index + 1}</span>
              )}
              <span>{page.title.length > 0 ? <Merged segments={page.title} /> : page.name}</span>
            </AriaButton>
          </li>
        ))}
      </ol>
      <span className="text-ink-3">{t('script.pageOf', { n: current + 1, all: pages.length })}</span>
    </nav>
  )
}
