import { Minus, Plus } from 'lucide-react'
import { Button as AriaButton, Group, Input, NumberField as AriaNumberField } from 'react-aria-components'
import {
  ariaField,
  bareInputClass,
  fieldClass,
  FieldLabel,
  FieldNotes,
  groupClass,
  type FieldProps,
} from './field.tsx'
import { useWords } from './words.tsx'

export interface NumberFieldProps extends FieldProps {
  /** null while empty */
  value: number | null
  onChange: (value: number | null) => void
  min?: number | undefined
  max?: number | undefined
  step?: number | undefined
  /** as of Intl.NumberFormat: { style: 'percent' }, { style: 'unit', unit: 'second' } … */
  format?: Intl.NumberFormatOptions | undefined
  unit?: string | undefined
}

const step =
  'grid size-6 shrink-0 place-items-center rounded-key text-ink-2 data-hovered:bg-hover data-disabled:text-ink-3'

export function NumberField(props: NumberFieldProps) {
  const words = useWords()
  return (
    <AriaNumberField
      {...ariaField(props)}
      className={fieldClass(props.className)}
      value={props.value ?? Number.NaN}
      onChange={(value) => props.onChange(Number.isNaN(value) ? null : value)}
      isReadOnly={props.isReadOnly ?? false}
      {...(props.min !== undefined && { minValue: props.min })}
      {...(props.max !== undefined && { maxValue: props.max })}
      {...(props.step !== undefined && { step: props.step })}
      formatOptions={{ useGrouping: 'always', ...props.format }}
    >
      <FieldLabel field={props} />
      <Group className={groupClass}>
        <Input className={bareInputClass} />
        {props.unit !== undefined && <span className="text-compact text-ink-3">{props.unit}</span>}
        <AriaButton slot="decrement" aria-label={words.decrease} className={step}>
          <Minus className="size-3.5" aria-hidden />
        </AriaButton>
        <AriaButton slot="increment" aria-label={words.increase} className={`${step} -me-1`}>
          <Plus className="size-3.5" aria-hidden />
        </AriaButton>
      </Group>
      <FieldNotes field={props} />
    </AriaNumberField>
  )
}
