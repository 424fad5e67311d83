import { Search, X } from 'lucide-react'
import type { HTMLInputTypeAttribute, KeyboardEvent, Ref } from 'react'
import {
  Input,
  SearchField as AriaSearchField,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  Button as AriaButton,
} from 'react-aria-components'
import { cx } from './cx.ts'
import {
  ariaField,
  bareInputClass,
  fieldClass,
  FieldLabel,
  FieldNotes,
  groupClass,
  inputClass,
  type FieldProps,
} from './field.tsx'
import { ariaKeys, type Keys } from './hotkeys/keys.ts'
import { Kbd } from './kbd.tsx'
import { useWords } from './words.tsx'

export interface TextFieldProps extends FieldProps {
  value: string
  onChange: (value: string) => void
  type?: HTMLInputTypeAttribute | undefined
  placeholder?: string | undefined
  autoComplete?: string | undefined
  autoFocus?: boolean | undefined
  maxLength?: number | undefined
  inputMode?: 'text' | 'tel' | 'email' | 'numeric' | 'search' | 'url' | undefined
  name?: string | undefined
  size?: 'medium' | 'big' | undefined
  onEnter?: (() => void) | undefined
  onBlur?: (() => void) | undefined
  ref?: Ref<HTMLInputElement> | undefined
}

const onEnterKey = (run: (() => void) | undefined) => (event: KeyboardEvent) => {
  if (event.key === 'Enter' && !event.nativeEvent.isComposing && !event.ctrlKey) run?.()
}

export function TextField({ ref, ...props }: TextFieldProps) {
  return (
    <AriaTextField
      {...ariaField(props)}
      className={fieldClass(props.className)}
      value={props.value}
      onChange={props.onChange}
      isReadOnly={props.isReadOnly ?? false}
      {...(props.autoFocus && { autoFocus: true })}
      {...(props.onBlur && { onBlur: props.onBlur })}
    >
      <FieldLabel field={props} />
      <Input
        className={cx(inputClass, props.size === 'big' && 'min-h-10')}
        type={props.type ?? 'text'}
        placeholder={props.placeholder}
        autoComplete={props.autoComplete ?? 'off'}
        maxLength={props.maxLength}
        inputMode={props.inputMode}
        name={props.name}
        ref={ref}
        onKeyDown={onEnterKey(props.onEnter)}
      />
      <FieldNotes field={props} />
    </AriaTextField>
  )
}

export interface TextAreaProps extends FieldProps {
  value: string
  onChange: (value: string) => void
  placeholder?: string | undefined
  rows?: number | undefined
  maxLength?: number | undefined
  /** shown beside the label; the binding that focuses the field is made with useHotkeys */
  shortcut?: Keys | undefined
  onBlur?: (() => void) | undefined
  ref?: Ref<HTMLTextAreaElement> | undefined
}

export function TextArea({ ref, ...props }: TextAreaProps) {
  return (
    <AriaTextField
      {...ariaField(props)}
      className={fieldClass(props.className)}
      value={props.value}
      onChange={props.onChange}
      isReadOnly={props.isReadOnly ?? false}
      {...(props.onBlur && { onBlur: props.onBlur })}
    >
      <span className="flex items-center justify-between gap-2">
        <FieldLabel field={props} />
        {props.shortcut !== undefined && (
          <span aria-hidden>
            <Kbd keys={props.shortcut} />
          </span>
        )}
      </span>
      <AriaTextArea
        className={cx(inputClass, 'field-sizing-content max-h-64 resize-y')}
        // grows with its text, from this many lines on
        style={{ minHeight: `${(props.rows ?? 3) * 1.25 + 0.625}rem` }}
        placeholder={props.placeholder}
        maxLength={props.maxLength}
        ref={ref}
        {...(props.shortcut !== undefined && { 'aria-keyshortcuts': ariaKeys(props.shortcut) })}
      />
      <FieldNotes field={props} />
    </AriaTextField>
  )
}

export interface SearchFieldProps extends FieldProps {
  value: string
  onChange: (value: string) => void
  placeholder?: string | undefined
  onEnter?: (() => void) | undefined
  autoFocus?: boolean | undefined
}

export function SearchField(props: SearchFieldProps) {
  const words = useWords()
  return (
    <AriaSearchField
      {...ariaField(props)}
      className={cx('group', fieldClass(props.className))}
      value={props.value}
      onChange={props.onChange}
      {...(props.autoFocus && { autoFocus: true })}
      {...(props.onEnter && { onSubmit: props.onEnter })}
    >
      <FieldLabel field={props} />
      <div className={groupClass}>
        <Search className="size-4 shrink-0 text-ink-3" aria-hidden />
        <Input
          className={cx(bareInputClass, '[&::-webkit-search-cancel-button]:hidden')}
          placeholder={props.placeholder}
        />
        <AriaButton
          aria-label={words.clear}
          className="-me-1 grid size-6 place-items-center rounded-key text-ink-3 group-data-empty:invisible data-hovered:bg-hover"
        >
          <X className="size-4" aria-hidden />
        </AriaButton>
      </div>
      <FieldNotes field={props} />
    </AriaSearchField>
  )
}
