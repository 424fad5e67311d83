import { useCallback, useState } from 'react'
import type { ErrorCode } from '../../../../shared/std/errors.ts'
import { errorCode } from '../../../client/error-code.ts'

/** Runs a command of the call and keeps why it was refused, until the next one. */
export function useCommand(): {
  problem: ErrorCode | null
  run: (command: () => Promise<unknown>) => void
} {
  const [problem, setProblem] = useState<ErrorCode | null>(null)
  const run = useCallback((command: () => Promise<unknown>) => {
    setProblem(null)
    command().catch((error: unknown) => setProblem(errorCode(error)))
  }, [])
  return { problem, run }
}
