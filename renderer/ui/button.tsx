import type { ReactNode, Ref } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import { cx } from './cx.ts'
import { withShortcut } from './hotkeys/aria.tsx'
import type { Keys } from './hotkeys/keys.ts'
import type { Icon } from './icon.ts'
import { Kbd } from './kbd.tsx'
import { Spinner } from './spinner.tsx'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'
/** small 28, medium 32, big 44 px high: every key of a call is big */
export type ButtonSize = 'small' | 'medium' | 'big'

export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  variant?: ButtonVariant | undefined
  size?: ButtonSize | undefined
  icon?: Icon | undefined
  /** shown as keycaps and told to screen readers; the binding itself is made with useHotkeys */
  shortcut?: Keys | undefined
  /** for a switch such as mute: pressed in */
  isOn?: boolean | undefined
  isWide?: boolean | undefined
  align?: 'start' | 'center' | undefined
  children?: ReactNode
  ref?: Ref<HTMLButtonElement>
}

const looks: Readonly<Record<ButtonVariant, string>> = {
  primary:
    'border-accent bg-accent text-on-accent data-hovered:bg-accent-hover data-hovered:border-accent-hover',
  secondary: 'border-line-strong bg-surface text-ink data-hovered:bg-hover',
  quiet: 'border-transparent bg-transparent text-ink-2 data-hovered:bg-hover data-hovered:text-ink',
  danger:
    'border-danger bg-danger text-on-danger data-hovered:bg-danger-hover data-hovered:border-danger-hover',
}
const sizes: Readonly<Record<ButtonSize, string>> = {
  small: 'min-h-7 gap-1.5 px-2.5 text-compact',
  medium: 'min-h-8 gap-2 px-3 text-base',
  big: 'min-h-11 gap-2 px-3.5 text-base',
}
// asked but not confirmed: the same button in outline (ux.md, rule 2)
const pendingLook = 'border-dashed border-control bg-transparent text-ink-2'

export function Button(props: ButtonProps) {
  const {
    variant = 'secondary',
    size = 'medium',
    icon: IconPart,
    shortcut,
    isOn,
    isWide,
    align = 'center',
    children,
    ...rest
  } = props
  const isFilled = (variant === 'primary' || variant === 'danger') && !props.isPending
  return (
    <AriaButton
      {...rest}
      {...withShortcut(shortcut)}
      {...(isOn === undefined ? {} : { 'aria-pressed': isOn })}
      className={cx(
        'inline-flex cursor-default items-center rounded-field border font-medium whitespace-nowrap select-none data-hovered:transition-colors',
        'data-disabled:border-line data-disabled:bg-surface-2 data-disabled:text-ink-3 data-disabled:opacity-70',
        sizes[size],
        props.isPending ? pendingLook : isOn ? 'border-accent bg-accent-weak text-accent' : looks[variant],
        align === 'center' ? 'justify-center' : 'justify-start',
        isWide && 'w-full',
      )}
    >
      {props.isPending ? (
        <Spinner />
      ) : (
        IconPart && <IconPart className="size-4.5 shrink-0" strokeWidth={1.9} aria-hidden />
      )}
      {children !== undefined && (
        <span className={cx(isWide && align === 'start' && 'flex-1 text-start')}>{children}</span>
      )}
      {shortcut !== undefined && shortcut !== '' && (
        <span aria-hidden className="inline-flex">
          <Kbd keys={shortcut} onFill={isFilled && !props.isDisabled} />
        </span>
      )}
    </AriaButton>
  )
}
