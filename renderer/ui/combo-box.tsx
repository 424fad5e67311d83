import { ChevronDown } from 'lucide-react'
import { Button as AriaButton, ComboBox as AriaComboBox, Group, Input } from 'react-aria-components'
import {
  ariaField,
  bareInputClass,
  fieldClass,
  FieldLabel,
  FieldNotes,
  groupClass,
  type FieldProps,
} from './field.tsx'
import { OptionList, type Option } from './options.tsx'
import { useWords } from './words.tsx'

export interface ComboBoxProps extends FieldProps {
  options: readonly Option[]
  value: string | null
  onChange: (value: string | null) => void
  /** with it the caller filters (a search on the server); without, the box filters by itself */
  onInput?: ((text: string) => void) | undefined
  /** the text is the value when it matches no option */
  onCustom?: ((text: string) => void) | undefined
  placeholder?: string | undefined
}

export function ComboBox(props: ComboBoxProps) {
  const words = useWords()
  return (
    <AriaComboBox
      {...ariaField(props)}
      className={fieldClass(props.className)}
      value={props.value}
      onChange={(key) => props.onChange(key === null ? null : String(key))}
      {...(props.onInput
        ? { items: props.options, onInputChange: props.onInput }
        : { defaultItems: props.options })}
      allowsCustomValue={props.onCustom !== undefined}
      allowsEmptyCollection
      menuTrigger="focus"
    >
      <FieldLabel field={props} />
      <Group className={groupClass}>
        <Input
          className={bareInputClass}
          placeholder={props.placeholder}
          onBlur={(event) => {
            const text = event.currentTarget.value
            if (!props.options.some((option) => option.label === text)) props.onCustom?.(text)
          }}
        />
        <AriaButton
          aria-label={words.moreOptions}
          className="-me-1 grid size-6 place-items-center rounded-key data-hovered:bg-hover"
        >
          <ChevronDown className="size-4 text-ink-2" aria-hidden />
        </AriaButton>
      </Group>
      <FieldNotes field={props} />
      <OptionList />
    </AriaComboBox>
  )
}
