import { z } from 'zod'
import { AppError, isErrorCode } from '../../shared/std/errors.ts'

const Refusal = z.object({
  code: z.string(),
  message: z.string(),
  reference: z.string().optional(),
  details: z.unknown().optional(),
})

/** The refusal in an answer's body. What is none of ours (a proxy's page) is told by its status. */
export function refusalIn(status: number, body: unknown): AppError {
  const refusal = Refusal.safeParse(body)
  if (refusal.success && isErrorCode(refusal.data.code)) {
    const { code, message, reference, details } = refusal.data
    return new AppError(code, message, { details, ...(reference === undefined ? {} : { reference }) })
  }
  // RFC 9110 section 15.6: 502, 503 and 504 are a gateway's word that the server is not there.
  if (status >= 502 && status <= 504)
    return new AppError('server-unreachable', `a gateway answered ${status}`)
  if (status === 429) return new AppError('too-many-requests', 'too many requests')
  return new AppError('internal', `the server answered ${status}`)
}

export const unreachable = (why: string) => new AppError('server-unreachable', `no answer: ${why}`)
