import type { ComponentProps } from 'react'
import { ariaKeys, type Keys } from './keys.ts'

/** aria-keyshortcuts for a react-aria button, which passes on only the attributes it knows. */
export function withShortcut(keys: Keys | undefined) {
  const shortcut = keys === undefined ? undefined : ariaKeys(keys)
  return shortcut === undefined
    ? {}
    : { render: (props: ComponentProps<'button'>) => <button {...props} aria-keyshortcuts={shortcut} /> }
}
