import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from './button.tsx'
import { cx } from './cx.ts'
import { TextField } from './text-field.tsx'
import { IconButton } from './icon-button.tsx'
import { parseTime } from './time-text.ts'
import { useWords } from './words.tsx'

export interface TimeFieldProps {
  label: string
  hideLabel?: boolean | undefined
  /** HH:MM, or the empty text */
  value: string
  onChange: (value: string) => void
  isDisabled?: boolean | undefined
}

/** A time of day typed freely; tidied to HH:MM when the field is left. */
export function TimeField(props: TimeFieldProps) {
  const words = useWords()
  // only while somebody types; otherwise the value itself is shown
  const [draft, setDraft] = useState<string | null>(null)
  const text = draft ?? props.value
  const parsed = parseTime(text)
  const isWrong = text !== '' && parsed === null
  return (
    <TextField
      label={props.label}
      hideLabel={props.hideLabel}
      isDisabled={props.isDisabled}
      className="w-18"
      inputMode="numeric"
      placeholder="--:--"
      maxLength={5}
      value={text}
      error={isWrong && text.length > 3 ? words.timeInvalid : undefined}
      onChange={(typed) => {
        setDraft(typed)
        const time = parseTime(typed)
        if (typed === '') props.onChange('')
        else if (time !== null && typed.length >= 4) props.onChange(time)
      }}
      onBlur={() => {
        if (draft !== null && parsed !== null && parsed !== props.value) props.onChange(parsed)
        setDraft(null)
      }}
    />
  )
}

/** [from, to], both HH:MM */
export type TimePair = readonly [string, string]

export interface TimeRangeProps {
  label: string
  value: readonly TimePair[]
  onChange: (value: readonly TimePair[]) => void
  isDisabled?: boolean | undefined
  /** how many pairs at most; 1 hides the buttons that add and remove */
  max?: number | undefined
  className?: string | undefined
}

/** Pairs of times, such as the hours in which a campaign may call. */
export function TimeRange({ label, value, onChange, isDisabled, max = 3, className }: TimeRangeProps) {
  const words = useWords()
  const replace = (at: number, pair: TimePair) =>
    onChange(value.map((old, index) => (index === at ? pair : old)))
  return (
    <fieldset className={cx('flex flex-col gap-1', className)} disabled={isDisabled}>
      <legend className="mb-1 text-compact font-medium text-ink-2">{label}</legend>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        {value.map(([from, to], index) => (
          // pairs have no identity of their own: their place is what they are
          // oxlint-disable-next-line react/no-array-index-key
          <span key={index} className="inline-flex items-start gap-1.5">
            <TimeField
              hideLabel
              label={`${label} ${index + 1}, ${words.from}`}
              value={from}
              isDisabled={isDisabled}
              onChange={(time) => replace(index, [time, to])}
            />
            <span className="leading-8 text-ink-3" aria-hidden>
              –
            </span>
            <TimeField
              hideLabel
              label={`${label} ${index + 1}, ${words.to}`}
              value={to}
              isDisabled={isDisabled}
              onChange={(time) => replace(index, [from, time])}
            />
            {max > 1 && (
              <IconButton
                label={`${words.removeRow} ${index + 1}`}
                icon={X}
                isDisabled={isDisabled ?? false}
                onPress={() => onChange(value.filter((_, at) => at !== index))}
              />
            )}
          </span>
        ))}
        {max > value.length && (
          <Button
            size="medium"
            variant="quiet"
            icon={Plus}
            isDisabled={isDisabled ?? false}
            onPress={() => onChange([...value, ['', '']])}
          >
            {words.addRow}
          </Button>
        )}
      </div>
    </fieldset>
  )
}
