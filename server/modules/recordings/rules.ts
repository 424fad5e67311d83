import type { Readable } from 'node:stream'
import type { AttemptId, RecordingId, UserId } from '../../../shared/std/ids.ts'

/** The switch's own store of what it recorded. Refuses with `line-down` while it is away. */
export interface SwitchRecordings {
  /** `gone` where it had ended already: then its file is whole. */
  stop(id: RecordingId): Promise<'done' | 'already' | 'gone'>
  /** Throws `not-found`. */
  fetch(id: RecordingId): Promise<Readable>
  remove(id: RecordingId): Promise<unknown>
}

/** What else there is to know of the operators' running calls. */
export interface RunningCalls {
  /** Nothing happens where the call is not up, or not this operator's. */
  sensitive(user: UserId, attempt: AttemptId, on: boolean): Promise<void>
}

export interface ByteRange {
  from: number
  /** Counted, too. */
  to: number
}

/**
 * One `Range` header (RFC 9110 section 14.2) over so many bytes. `whole` where there is none, or one we need not
 * understand (several parts, other units); null where nothing of it is there (416).
 */
export function rangeOf(header: string | null, bytes: number): ByteRange | 'whole' | null {
  const found = header === null ? null : /^bytes=(\d*)-(\d*)$/.exec(header.trim())
  if (!found) return 'whole'
  const [, first = '', last = ''] = found
  if (first === '' && last === '') return 'whole'
  const end = bytes - 1
  if (first === '')
    return bytes === 0 || Number(last) === 0 ? null : { from: Math.max(0, bytes - Number(last)), to: end }
  const from = Number(first)
  const to = last === '' ? end : Math.min(Number(last), end)
  if (last !== '' && Number(last) < from) return 'whole'
  return from > end ? null : { from, to }
}
