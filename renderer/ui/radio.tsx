import type { ReactNode } from 'react'
import { Radio, RadioGroup as AriaRadioGroup, Label } from 'react-aria-components'
import { cx } from './cx.ts'
import { ariaField, FieldLabel, FieldNotes, type FieldProps } from './field.tsx'
import type { Keys } from './hotkeys/keys.ts'
import { Kbd } from './kbd.tsx'
import type { Option } from './options.tsx'

const ring =
  'group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-focus'

function Circle() {
  return (
    <span
      aria-hidden
      className={cx(
        'size-4 shrink-0 rounded-full border-[1.5px] border-control bg-surface group-data-selected:border-[5px] group-data-selected:border-accent',
        'group-data-disabled:border-line-strong group-data-invalid:border-danger',
      )}
    />
  )
}

export interface RadioOption extends Option {
  /** the letter that chooses it; the binding is made with useHotkeys */
  shortcut?: Keys | undefined
}

export interface RadioGroupProps extends FieldProps {
  options: readonly RadioOption[]
  value: string | null
  onChange: (value: string) => void
  isHorizontal?: boolean | undefined
}

export function RadioGroup(props: RadioGroupProps) {
  return (
    <AriaRadioGroup
      {...ariaField(props)}
      className={cx('flex flex-col gap-1', props.className)}
      value={props.value}
      onChange={props.onChange}
      orientation={props.isHorizontal ? 'horizontal' : 'vertical'}
    >
      <FieldLabel field={props} />
      <div className={cx('flex gap-1', props.isHorizontal ? 'flex-wrap gap-x-5' : 'flex-col')}>
        {props.options.map((option) => (
          <Radio
            key={option.id}
            value={option.id}
            isDisabled={option.isDisabled ?? false}
            className="group flex min-h-6 cursor-default items-start gap-2 py-0.5 outline-none data-disabled:text-ink-3"
          >
            <span className={cx('mt-0.5 inline-flex rounded-full', ring)}>
              <Circle />
            </span>
            <span>
              {option.label}
              {option.hint !== undefined && (
                <span className="block text-small text-ink-3">{option.hint}</span>
              )}
            </span>
          </Radio>
        ))}
      </div>
      <FieldNotes field={props} />
    </AriaRadioGroup>
  )
}

/** The same choice as cards in two columns with their key letters: questions of a script. */
export function RadioCards(props: RadioGroupProps & { question?: ReactNode }) {
  return (
    <AriaRadioGroup
      {...ariaField(props)}
      className={cx('@container flex max-w-140 flex-col gap-2', props.className)}
      value={props.value}
      onChange={props.onChange}
    >
      <Label className={props.hideLabel ? 'sr-only' : 'text-title font-semibold'}>
        {props.question ?? props.label}
      </Label>
      <div className="grid gap-2 @min-[24rem]:grid-cols-2">
        {props.options.map((option) => (
          <Radio
            key={option.id}
            value={option.id}
            isDisabled={option.isDisabled ?? false}
            className={cx(
              'group flex min-h-10 cursor-default items-center gap-2.5 rounded-field border border-line-strong px-3 py-1.5 data-hovered:transition-colors',
              'data-hovered:bg-hover data-selected:border-accent data-selected:bg-accent-weak data-disabled:text-ink-3',
              'data-focus-visible:outline-2 data-focus-visible:outline-focus',
            )}
          >
            <Circle />
            <span className="min-w-0 flex-1">{option.label}</span>
            {option.shortcut !== undefined && <Kbd keys={option.shortcut} />}
          </Radio>
        ))}
      </div>
      <FieldNotes field={props} />
    </AriaRadioGroup>
  )
}
