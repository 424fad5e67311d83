import { ChevronDown } from 'lucide-react'
import { Button as AriaButton, Select as AriaSelect, SelectValue } from 'react-aria-components'
import { cx } from './cx.ts'
import { ariaField, boxClass, fieldClass, FieldLabel, FieldNotes, type FieldProps } from './field.tsx'
import { OptionList, type Option } from './options.tsx'

export interface SelectProps extends FieldProps {
  options: readonly Option[]
  value: string | null
  onChange: (value: string) => void
  placeholder?: string | undefined
}

/** One of a few known values. From about fifteen on, a ComboBox is faster. */
export function Select(props: SelectProps) {
  return (
    <AriaSelect
      {...ariaField(props)}
      className={fieldClass(props.className)}
      value={props.value}
      onChange={(key) => key !== null && props.onChange(String(key))}
      {...(props.placeholder !== undefined && { placeholder: props.placeholder })}
    >
      <FieldLabel field={props} />
      <AriaButton
        className={cx(
          boxClass,
          'flex min-h-8 w-full cursor-default items-center gap-2 px-2.5 py-1 text-start data-hovered:bg-hover',
        )}
      >
        <SelectValue className="min-w-0 flex-1 truncate data-placeholder:text-ink-3">
          {({ selectedText, defaultChildren, isPlaceholder }) =>
            isPlaceholder ? defaultChildren : selectedText
          }
        </SelectValue>
        <ChevronDown className="size-4 shrink-0 text-ink-2" aria-hidden />
      </AriaButton>
      <FieldNotes field={props} />
      <OptionList options={props.options} />
    </AriaSelect>
  )
}
