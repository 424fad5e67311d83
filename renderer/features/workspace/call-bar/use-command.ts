import { useCallback, useState } from 'react'
import { AppError, type ErrorCode } from '../../../../shared/std/errors.ts'
import { errorCode } from '../../../client/error-code.ts'

/** Runs a command of the call and keeps why it was refused, until the next one. */
export function useCommand(): {
  problem: ErrorCode | null
  /** Of `operator.ready`: the check that failed. */
  failedCheck: string | null
  run: (command: () => Promise<unknown>) => void
  /** What it was refused for is no more. */
  clear: () => void
} {
  const [problem, setProblem] = useState<ErrorCode | null>(null)
  const [failedCheck, setFailedCheck] = useState<string | null>(null)
  const run = useCallback((command: () => Promise<unknown>) => {
    setProblem(null)
    command().catch((error: unknown) => {
      setProblem(errorCode(error))
      setFailedCheck(checkIn(error))
    })
  }, [])
  const clear = useCallback(() => setProblem(null), [])
  return { problem, failedCheck, run, clear }
}

function checkIn(error: unknown): string | null {
  const details = error instanceof AppError ? error.details : null
  if (typeof details !== 'object' || details === null || !('check' in details)) return null
  return typeof details.check === 'string' ? details.check : null
}
