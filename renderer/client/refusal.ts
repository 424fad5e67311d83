import type { Instant } from '../../shared/std/clock.ts'
import type { AppError, ErrorCode } from '../../shared/std/errors.ts'

export interface Refusal {
  code: ErrorCode
  /** Of `call-not-allowed`: a reason of the law or of the campaign. */
  reason: string | null
  /** When it will be possible. */
  until: Instant | null
}

/** Why a number may not be called, as the server said it. */
export function refusalOf({ code, details }: AppError): Refusal {
  const { reason, until } = (details ?? {}) as { reason?: unknown; until?: unknown }
  return {
    code,
    reason: code === 'call-not-allowed' && typeof reason === 'string' ? reason : null,
    until: typeof until === 'number' ? until : null,
  }
}
