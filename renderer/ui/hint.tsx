import type { ReactNode } from 'react'
import { Tooltip, type Placement } from 'react-aria-components'
import type { Keys } from './hotkeys/keys.ts'
import { Kbd } from './kbd.tsx'

/** The second child of a TooltipTrigger. */
export function Hint(props: {
  children: ReactNode
  shortcut?: Keys | undefined
  placement?: Placement | undefined
}) {
  return (
    <Tooltip
      offset={6}
      placement={props.placement ?? 'bottom'}
      className="flex max-w-80 items-center gap-2 rounded-field border border-line-strong bg-surface px-2 py-1 text-small text-ink shadow-raised"
    >
      {props.children}
      {props.shortcut !== undefined && <Kbd keys={props.shortcut} />}
    </Tooltip>
  )
}
