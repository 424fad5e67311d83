import { useTranslation } from 'react-i18next'
import type { TextView } from '../../../../shared/domain/script/pages.ts'
import { ariaKeys } from '../../../ui/hotkeys/keys.ts'
import { Kbd } from '../../../ui/kbd.tsx'
import { cx } from '../../../ui/cx.ts'
import { Button as AriaButton } from 'react-aria-components'
import { Merged } from './text.tsx'

/** Answers ready for what customers object: closed chips, one open at a time. */
export function Objections(props: {
  objections: readonly TextView[]
  open: string | null
  onToggle: (name: string) => void
  letterOf: (name: string) => string | undefined
}) {
  const { t } = useTranslation()
  const { objections, open } = props
  if (objections.length === 0) return null
  const shown = objections.find(({ name }) => name === open)
  return (
    <section aria-label={t('script.objections')}>
      <div className="flex flex-wrap gap-2">
        {objections.map((objection) => {
          const letter = props.letterOf(objection.name)
          return (
            <AriaButton
              key={objection.name}
              aria-pressed={objection.name === open}
              {...(letter !== undefined && { 'aria-keyshortcuts': ariaKeys(letter.toUpperCase()) })}
              onPress={() => props.onToggle(objection.name)}
              className={cx(
                'inline-flex min-h-7 cursor-default items-center gap-2 rounded-field border border-dashed px-2.5 text-compact font-medium data-hovered:bg-hover',
                objection.name === open ? 'border-accent bg-accent-weak text-accent' : 'border-line-strong',
              )}
            >
              <Merged segments={objection.title} />
              {letter !== undefined && (
                <span aria-hidden className="inline-flex">
                  <Kbd keys={letter} />
                </span>
              )}
            </AriaButton>
          )
        })}
      </div>
      <div aria-live="polite">
        {shown && (
          <p className="mt-3 max-w-[58ch] border-s-3 border-accent ps-3 text-read whitespace-pre-line">
            <Merged segments={shown.text} />
          </p>
        )}
      </div>
    </section>
  )
}
