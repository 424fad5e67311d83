import type { Kysely } from 'kysely'
import { passwordMinimum } from '../../../shared/crm-api/users.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import type { UserId } from '../../../shared/std/ids.ts'
import type { Database } from '../../db/schema.ts'
import { commonPasswords } from './common-passwords.ts'

const minute = 60_000

/** ASVS 5.0, 7.3.2: a session ends whatever happens; longer than a shift, shorter than a night and a day. */
export const absoluteLifeMs = 12 * 60 * minute
/** ASVS 5.0, 7.3.1: and it ends when it is not used. An open event stream is use: the client is at work. */
export const idleLifeMs = 60 * minute
/** How exactly the last use is kept: a write for every request would cost more than it tells. */
export const seenEveryMs = minute

/** ASVS 5.0, 6.3.1: guessing is stopped; the lock is short, so that it is no weapon against the owner (EC-77). */
export const triesBeforeLock = 10
export const lockMs = 15 * minute

/** A session started and last seen after these instants is open. */
export const openSince = (now: Instant): { startedAfter: Instant; seenAfter: Instant } => ({
  startedAfter: now - absoluteLifeMs,
  seenAfter: now - idleLifeMs,
})

export const passwordMaximum = 128

export type PasswordProblem = 'too-short' | 'too-long' | 'too-common' | 'contains-username' | 'same-as-before'

/** What is wrong with a new password, or null. Length counts characters as people see them, not bytes. */
export function passwordProblem(password: string, username: string): PasswordProblem | null {
  const length = [...password].length
  if (length < passwordMinimum) return 'too-short'
  if (length > passwordMaximum) return 'too-long'
  const plain = password.toLowerCase()
  if (username.length >= 3 && plain.includes(username.toLowerCase())) return 'contains-username'
  const distinct = new Set(plain).size
  return commonPasswords.has(plain) || distinct < 4 ? 'too-common' : null
}

/** A password hash on its way: made and checked in threads of its own. */
export interface PasswordHasher {
  hash(password: string): Promise<string>
  verify(hash: string, password: string): Promise<boolean>
}

/** What other modules use to end sessions: deletion on their transaction, then the announcement after it. */
export interface SessionEnder {
  /** Deletes the sessions of a user, but for `except`; returns their ids. */
  deleteOf(db: Kysely<Database>, userId: UserId, except?: string): Promise<string[]>
  /** Closes the streams of sessions that were deleted; call it when the transaction is committed. */
  announce(sessionIds: readonly string[]): void
}
