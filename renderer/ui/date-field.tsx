import { parseDate } from '@internationalized/date'
import { DateField as AriaDateField, DateInput, DateSegment } from 'react-aria-components'
import { cx } from './cx.ts'
import { ariaField, boxClass, fieldClass, FieldLabel, FieldNotes, type FieldProps } from './field.tsx'

export interface DateFieldProps extends FieldProps {
  /** yyyy-mm-dd, or null while empty */
  value: string | null
  onChange: (value: string | null) => void
  min?: string | undefined
  max?: string | undefined
}

const isDate = (text: string | null | undefined): text is string => /^\d{4}-\d{2}-\d{2}$/.test(text ?? '')

/** Day, month and year typed in the order of the page's language. */
export function DateField(props: DateFieldProps) {
  return (
    <AriaDateField
      {...ariaField(props)}
      className={fieldClass(props.className)}
      value={isDate(props.value) ? parseDate(props.value) : null}
      onChange={(value) => props.onChange(value === null ? null : value.toString())}
      isReadOnly={props.isReadOnly ?? false}
      shouldForceLeadingZeros
      {...(isDate(props.min) && { minValue: parseDate(props.min) })}
      {...(isDate(props.max) && { maxValue: parseDate(props.max) })}
    >
      <FieldLabel field={props} />
      <DateInput
        className={cx(
          boxClass,
          'flex min-h-8 items-center px-2 py-1 has-focus-visible:outline-2 has-focus-visible:outline-focus',
        )}
      >
        {(segment) => (
          <DateSegment
            segment={segment}
            className="rounded-key px-0.5 outline-none data-focused:bg-accent data-focused:text-on-accent data-placeholder:text-ink-3 data-focused:data-placeholder:text-on-accent"
          />
        )}
      </DateInput>
      <FieldNotes field={props} />
    </AriaDateField>
  )
}
