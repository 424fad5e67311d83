import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Label, Text } from 'react-aria-components'
import { cx } from './cx.ts'
import { useWords } from './words.tsx'

/** What every field takes. */
export interface FieldProps {
  label: string
  /** the label is still read aloud */
  hideLabel?: boolean | undefined
  hint?: ReactNode
  /** what is wrong and what to write instead */
  error?: string | undefined
  isRequired?: boolean | undefined
  isDisabled?: boolean | undefined
  isReadOnly?: boolean | undefined
  className?: string | undefined
}

export const boxClass = cx(
  'rounded-field border border-control bg-surface text-base text-ink',
  'data-invalid:border-danger data-disabled:border-line data-disabled:bg-surface-2 data-disabled:text-ink-3',
)
/** For the element that has the caret itself. */
export const inputClass = cx(
  boxClass,
  'min-h-8 w-full min-w-0 px-2.5 py-1 read-only:border-line read-only:bg-surface-2 data-focused:outline-offset-0',
)
/** For a box with an input and buttons in it: it shows the focus of what it holds. */
export const groupClass = cx(
  boxClass,
  'flex min-h-8 w-full min-w-0 items-center gap-1.5 px-2.5 has-[:disabled]:bg-surface-2',
  'has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-focus',
)
export const bareInputClass = 'min-w-0 flex-1 bg-transparent py-1 outline-none'

export const fieldClass = (className?: string) => cx('flex min-w-0 flex-col gap-1', className)

export function FieldLabel({ field }: { field: FieldProps }) {
  const words = useWords()
  return (
    <Label className={field.hideLabel ? 'sr-only' : 'text-compact font-medium text-ink-2'}>
      {field.label}
      {field.isRequired && (
        <span className="text-danger" title={words.required} aria-hidden>
          {' *'}
        </span>
      )}
    </Label>
  )
}

/** Hint and error under the field, both tied to it for screen readers. */
export function FieldNotes({ field }: { field: FieldProps }) {
  const hasError = field.error !== undefined && field.error !== ''
  return (
    <>
      {field.hint !== undefined && (
        <Text slot="description" className="text-small text-ink-3">
          {field.hint}
        </Text>
      )}
      {hasError && (
        <Text slot="errorMessage" className="flex items-start gap-1 text-small text-danger">
          <CircleAlert className="size-4 shrink-0" aria-hidden />
          {field.error}
        </Text>
      )}
    </>
  )
}

/** The part of the field's props that react-aria takes as they are. */
export const ariaField = (field: FieldProps) => ({
  isRequired: field.isRequired ?? false,
  isDisabled: field.isDisabled ?? false,
  isInvalid: field.error !== undefined && field.error !== '',
})
