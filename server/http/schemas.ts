import type { z } from 'zod'
import { AppError } from '../../shared/std/errors.ts'

const partNames: Record<string, string> = { querystring: 'query' }

/** Where it is wrong and how, without what was sent: a password may stand in the wrong place. */
export const problemsOf = (error: z.ZodError, part: string): { path: string; message: string }[] =>
  error.issues.map((issue) => ({
    path: [partNames[part] ?? part, ...issue.path.map(String)].join('.'),
    message: issue.message,
  }))

/** For Fastify: parses a part of the request with its zod schema. */
export const validatorCompiler =
  ({ schema, httpPart }: { schema: z.ZodType; httpPart?: string | undefined }) =>
  (data: unknown): { value: unknown } | { error: AppError } => {
    const parsed = schema.safeParse(data)
    if (parsed.success) return { value: parsed.data }
    const details = problemsOf(parsed.error, httpPart ?? 'body')
    return { error: new AppError('invalid-input', 'the request does not fit its schema', { details }) }
  }

/** For Fastify: a reply that does not fit its schema is a bug of ours and throws. */
export const serializerCompiler =
  ({ schema }: { schema: z.ZodType }) =>
  (data: unknown): string =>
    JSON.stringify(schema.parse(data))
