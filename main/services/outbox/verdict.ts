import { AppError, errorCodes } from '../../../shared/std/errors.ts'

/**
 * `refused`: another try cannot succeed, a person has to look. `away`: nothing would get through now, so all the rest
 * waits too. `ours`: this one entry hits a fault of the server; other attempts need not wait for its repair.
 */
export type Verdict = 'refused' | 'away' | 'ours'

export function verdictOf(error: unknown): Verdict {
  if (!(error instanceof AppError)) return 'ours'
  // They pass: with the next sign-in, with a new password, with a minute.
  if (['signed-out', 'password-change-required', 'too-many-requests'].includes(error.code)) return 'away'
  const { turn } = errorCodes[error.code]
  if (turn === 'person') return 'refused'
  return turn === 'network' ? 'away' : 'ours'
}
