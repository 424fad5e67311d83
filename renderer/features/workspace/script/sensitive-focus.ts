import type { Clock } from '../../../../shared/std/clock.ts'

export interface SensitiveFocus {
  /** A sensitive field has the focus, or has it no more. */
  set(on: boolean): void
  /** Who heard it may have been started again since, and know nothing. */
  again(): void
  /** The record leaves the page: the server is told once more that nothing has the focus, and no more than once. */
  leave(): void
}

const retryMs = 1_000

/**
 * Tells the server whether a sensitive field has the focus: one thing after the other, the last one counts, and what did
 * not arrive is said again. `known` is what the server knows; null where a page of before may have said anything.
 */
export function sensitiveFocus(
  send: (on: boolean) => Promise<unknown>,
  clock: Clock,
  known: boolean | null,
): SensitiveFocus {
  let wanted = false
  let told = known
  let isTelling = false
  let hasLeft = false

  async function tell(): Promise<void> {
    if (isTelling) return
    isTelling = true
    while (told !== wanted) {
      const now = wanted
      try {
        await send(now)
        told = now
      } catch {
        if (hasLeft) break
        await new Promise<void>((resolve) => void clock.after(retryMs, resolve))
      }
    }
    isTelling = false
  }
  if (known === null) void tell()

  return {
    set: (on) => {
      wanted = on
      void tell()
    },
    again: () => {
      if (!wanted) return
      told = null
      void tell()
    },
    leave: () => {
      hasLeft = true
      wanted = false
      void tell()
    },
  }
}
