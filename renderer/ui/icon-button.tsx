import type { Keys } from './hotkeys/keys.ts'
import { withShortcut } from './hotkeys/aria.tsx'
import {
  Button as AriaButton,
  TooltipTrigger,
  type ButtonProps as AriaButtonProps,
} from 'react-aria-components'
import { cx } from './cx.ts'
import type { Icon } from './icon.ts'
import { Hint } from './hint.tsx'

export interface IconButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  /** the accessible name, shown as a hint on hover and focus */
  label: string
  icon: Icon
  size?: 'small' | 'medium' | undefined
  shortcut?: Keys | undefined
}

/** A square button with an icon only: for what repeats in every row, never for the keys of a call. */
export function IconButton({ label, icon: IconPart, size = 'medium', shortcut, ...rest }: IconButtonProps) {
  return (
    <TooltipTrigger delay={500}>
      <AriaButton
        {...rest}
        aria-label={label}
        {...withShortcut(shortcut)}
        className={cx(
          'inline-grid shrink-0 cursor-default place-items-center rounded-field text-ink-2 data-hovered:transition-colors',
          'data-hovered:bg-hover data-hovered:text-ink data-disabled:text-ink-3 data-disabled:opacity-60',
          size === 'small' ? 'size-6' : 'size-8',
        )}
      >
        <IconPart className={size === 'small' ? 'size-4' : 'size-4.5'} strokeWidth={1.9} aria-hidden />
      </AriaButton>
      <Hint shortcut={shortcut}>{label}</Hint>
    </TooltipTrigger>
  )
}
