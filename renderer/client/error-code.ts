import { AppError, type ErrorCode } from '../../shared/std/errors.ts'

/** The code that the texts under `errors` explain; anything that is no refusal is `internal`. */
export const errorCode = (error: unknown): ErrorCode => (error instanceof AppError ? error.code : 'internal')
