import type { TokenHolder } from '../services/session/ports.ts'

/** The session's token, in memory only: it is never written and no page ever holds it. */
export function tokenHolder(): TokenHolder & { current: () => string | null } {
  let token: string | null = null
  return {
    current: () => token,
    set: (next) => {
      token = next
    },
  }
}
