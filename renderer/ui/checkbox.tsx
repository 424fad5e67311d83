import { Check, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  Checkbox as AriaCheckbox,
  CheckboxGroup as AriaCheckboxGroup,
  Switch as AriaSwitch,
} from 'react-aria-components'
import { cx } from './cx.ts'
import { ariaField, FieldLabel, FieldNotes, type FieldProps } from './field.tsx'
import type { Option } from './options.tsx'

const rowClass =
  'group flex min-h-6 cursor-default items-start gap-2 py-0.5 text-base outline-none data-disabled:text-ink-3'
const ring =
  'group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-focus'

function Box({ isIndeterminate = false }: { isIndeterminate?: boolean }) {
  const Mark = isIndeterminate ? Minus : Check
  return (
    <span
      aria-hidden
      className={cx(
        'mt-0.5 grid size-4 shrink-0 place-items-center rounded-key border-[1.5px] border-control bg-surface text-on-accent',
        'group-data-selected:border-accent group-data-selected:bg-accent group-data-indeterminate:border-accent group-data-indeterminate:bg-accent',
        'group-data-disabled:border-line-strong group-data-invalid:border-danger',
        ring,
      )}
    >
      <Mark
        className="size-3 opacity-0 group-data-indeterminate:opacity-100 group-data-selected:opacity-100"
        strokeWidth={3.5}
      />
    </span>
  )
}

export interface CheckboxProps {
  children?: ReactNode
  /** needed only without children */
  label?: string | undefined
  isSelected: boolean
  onChange: (isSelected: boolean) => void
  isIndeterminate?: boolean | undefined
  isDisabled?: boolean | undefined
}

export function Checkbox(props: CheckboxProps) {
  return (
    <AriaCheckbox
      className={rowClass}
      isSelected={props.isSelected}
      onChange={props.onChange}
      isIndeterminate={props.isIndeterminate ?? false}
      isDisabled={props.isDisabled ?? false}
      {...(props.label !== undefined && { 'aria-label': props.label })}
    >
      <Box isIndeterminate={props.isIndeterminate ?? false} />
      {props.children !== undefined && <span>{props.children}</span>}
    </AriaCheckbox>
  )
}

export interface CheckboxGroupProps extends FieldProps {
  options: readonly Option[]
  value: readonly string[]
  onChange: (value: string[]) => void
}

export function CheckboxGroup(props: CheckboxGroupProps) {
  return (
    <AriaCheckboxGroup
      {...ariaField(props)}
      className={cx('flex flex-col gap-1', props.className)}
      value={[...props.value]}
      onChange={props.onChange}
    >
      <FieldLabel field={props} />
      {props.options.map((option) => (
        <AriaCheckbox
          key={option.id}
          value={option.id}
          isDisabled={option.isDisabled ?? false}
          className={rowClass}
        >
          <Box />
          <span>
            {option.label}
            {option.hint !== undefined && <span className="block text-small text-ink-3">{option.hint}</span>}
          </span>
        </AriaCheckbox>
      ))}
      <FieldNotes field={props} />
    </AriaCheckboxGroup>
  )
}

export interface SwitchProps {
  children: ReactNode
  isSelected: boolean
  onChange: (isSelected: boolean) => void
  isDisabled?: boolean | undefined
}

/** Takes effect at once; for something that is saved later use a Checkbox. */
export function Switch(props: SwitchProps) {
  return (
    <AriaSwitch
      className={rowClass}
      isSelected={props.isSelected}
      onChange={props.onChange}
      isDisabled={props.isDisabled ?? false}
    >
      <span
        aria-hidden
        className={cx(
          'inline-flex h-5 w-9 shrink-0 items-center rounded-full border-[1.5px] border-control bg-surface px-0.5 transition-colors',
          'group-data-selected:border-accent group-data-selected:bg-accent group-data-disabled:opacity-60',
          ring,
        )}
      >
        <span className="keep-colours size-3.5 rounded-full bg-(--control) transition-transform group-data-selected:translate-x-4 group-data-selected:bg-(--on-accent) forced-colors:bg-[ButtonText]!" />
      </span>
      <span>{props.children}</span>
    </AriaSwitch>
  )
}
