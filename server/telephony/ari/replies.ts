import type { z } from 'zod'
import { AppError } from '../../../shared/std/errors.ts'
import type { Accepted } from '../port.ts'
import type { AriHttp, AriReply } from './http.ts'

export function messageOf({ body }: AriReply): string {
  const said = (body ?? {}) as { message?: unknown; error?: unknown }
  return String(said.message ?? said.error ?? '')
}

/** What is wrong with a request that is not a race: never taken (400, 422), not started yet (503), or our own mistake. */
export function refusal(reply: AriReply): AppError {
  const said = `the switch refused: ${reply.status} ${messageOf(reply)}`
  if (reply.status === 400 || reply.status === 422) return new AppError('invalid-input', said)
  return new AppError(reply.status === 503 ? 'line-down' : 'internal', said)
}

/**
 * Commands race with hang-ups: no such channel (404, and 400 where it is a parameter), not in this bridge (422), left our
 * application (409), no state for that any more (412). What was meant has gone; its `ended` is on the way.
 */
export function accepted(reply: AriReply): Accepted {
  const { status } = reply
  if (status < 300) return 'done'
  if (status === 404 || status === 409 || status === 412) return 'gone'
  if (status === 422 && /not in/i.test(messageOf(reply))) return 'gone'
  if (status === 400 && /not found/i.test(messageOf(reply))) return 'gone'
  throw refusal(reply)
}

/** What the switch says of itself; `line-down` where it cannot. */
export async function read<T>(http: AriHttp, path: string, schema: z.ZodType<T>): Promise<T> {
  const { status, body } = await http.ask('GET', path)
  if (status >= 300) throw new AppError('line-down', `the switch answered ${path} with ${status}`)
  return schema.parse(body)
}
