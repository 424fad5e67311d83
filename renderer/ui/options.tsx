import { Check } from 'lucide-react'
import { ListBox, ListBoxItem, Popover } from 'react-aria-components'
import { cx } from './cx.ts'
import { useWords } from './words.tsx'

export interface Option {
  id: string
  label: string
  hint?: string | undefined
  isDisabled?: boolean | undefined
}

export const popoverClass =
  'min-w-(--trigger-width) overflow-auto rounded-card border border-line-strong bg-surface p-1 shadow-raised outline-none'
export const itemClass = cx(
  'group flex min-h-8 cursor-default items-center gap-2 rounded-field px-2 py-1 text-base text-ink outline-none',
  'data-focused:bg-accent-weak data-focused:text-accent data-disabled:text-ink-3',
  'forced-colors:data-focused:outline-2 forced-colors:data-focused:-outline-offset-2',
)

/** The list under a Select or a ComboBox. */
export function OptionList({ options }: { options?: readonly Option[] | undefined }) {
  const words = useWords()
  return (
    <Popover className={popoverClass} offset={4}>
      <ListBox
        className="outline-none"
        {...(options && { items: options })}
        renderEmptyState={() => <p className="px-2 py-1 text-ink-3">{words.noMatches}</p>}
      >
        {(option: Option) => (
          <ListBoxItem
            id={option.id}
            textValue={option.label}
            isDisabled={option.isDisabled ?? false}
            className={itemClass}
          >
            <Check className="size-4 shrink-0 opacity-0 group-data-selected:opacity-100" aria-hidden />
            <span className="min-w-0 flex-1">
              {option.label}
              {option.hint !== undefined && (
                <span className="block text-small text-ink-3">{option.hint}</span>
              )}
            </span>
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  )
}
