import { useEffect, type RefObject } from 'react'

/** A panel takes the focus while it is open and gives it back, so that who was typing types on. */
export function useBorrowedFocus(field: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const before = document.activeElement
    field.current?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [field])
}
