import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { passwordMinimum } from '../../../shared/crm-api/users.ts'
import type { Clock, Instant } from '../../../shared/std/clock.ts'
import { AppError } from '../../../shared/std/errors.ts'
import { type Event, emitter } from '../../../shared/std/event.ts'
import type { MakeId } from '../../../shared/std/ids.ts'
import type { Database } from '../../db/schema.ts'
import type { UserTable } from '../../db/tables/identity.ts'
import type { SignedInUser } from '../../http/handlers.ts'
import type { AuditLog } from '../audit/rules.ts'
import * as repository from './repository.ts'
import { absoluteLifeMs, lockMs, passwordProblem, seenEveryMs, triesBeforeLock } from './rules.ts'
import type { PasswordHasher, SessionEnder } from './rules.ts'

export interface SessionDeps {
  db: Kysely<Database>
  clock: Pick<Clock, 'now'>
  makeId: MakeId
  randomBytes: (count: number) => Uint8Array
  hasher: PasswordHasher
  audit: AuditLog
}

export interface SessionService extends SessionEnder {
  /** Whose open session this token is, and notes that it was used. */
  authenticate(token: string): Promise<{ user: SignedInUser; mustChangePassword: boolean } | null>
  /** Whether the session is still open, for a stream that stays: being connected is use too. */
  stillOpen(sessionId: string): Promise<boolean>
  /** Throws `wrong-credentials` or `account-locked` (details: `until`). */
  signIn(username: string, password: string, address: string): Promise<SignedIn>
  /** Throws `wrong-credentials`, `account-locked` or `password-too-weak` (details: `problem`, `minimum`). */
  changePassword(user: SignedInUser, current: string, next: string, address: string): Promise<UserTable>
  /** A session ended before its time: its stream must close. */
  ended: Event<string>
}

export interface SignedIn {
  token: string
  expiresAt: Instant
  user: UserTable
}

/** Only this is stored. The token has 256 random bits, so a fast hash without salt is enough. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

const wrongCredentials = (): AppError => new AppError('wrong-credentials', 'user name or password is wrong')
const lockedUntil = (until: Instant): AppError =>
  new AppError('account-locked', 'too many wrong passwords', { details: { until } })

export function sessionService(deps: SessionDeps): SessionService {
  const { db, clock, audit, hasher } = deps
  const ended = emitter<string>()
  // For unknown names, so that the answer takes as long as for known ones (ASVS 5.0, 6.3.8).
  let nobodysHash: Promise<string> | undefined
  const hashOfNobody = (): Promise<string> =>
    (nobodysHash ??= hasher.hash(Buffer.from(deps.randomBytes(16)).toString('hex')))

  async function seen(id: string, lastSeenAt: Instant): Promise<void> {
    const now = clock.now()
    if (now - lastSeenAt >= seenEveryMs) await repository.markSeen(db, id, now)
  }

  /** Checks a password with all that belongs to it; the same for signing in and for changing it. */
  async function check(
    user: UserTable | undefined,
    password: string,
    refused: (reason: string) => Promise<void>,
  ): Promise<UserTable> {
    const right = await hasher.verify(user?.password_hash ?? (await hashOfNobody()), password)
    if (user === undefined || !user.active) {
      await refused(user === undefined ? 'unknown-user' : 'inactive')
      throw wrongCredentials()
    }
    const now = clock.now()
    if (user.locked_until !== null && user.locked_until > now) {
      await refused('locked')
      throw lockedUntil(user.locked_until)
    }
    if (right) return user
    await repository.countWrongTry(db, user.id, triesBeforeLock, now + lockMs)
    await refused('wrong-password')
    throw wrongCredentials()
  }

  return {
    ended: ended.event,
    deleteOf: repository.deleteSessionsOf,
    announce: (ids) => ids.forEach((id) => ended.emit(id)),

    authenticate: async (token) => {
      const row = await repository.sessionByHash(db, hashOf(token), clock.now())
      if (row === undefined) return null
      await seen(row.session_id, row.last_seen_at)
      const { id, username, role, display_name: displayName, session_id: sessionId } = row
      return {
        user: { id, username, displayName, role, sessionId },
        mustChangePassword: row.must_change_password,
      }
    },

    stillOpen: async (sessionId) => {
      const row = await repository.sessionById(db, sessionId, clock.now())
      if (row === undefined) return false
      await seen(row.id, row.last_seen_at)
      return true
    },

    signIn: async (username, password, address) => {
      const entry = { username, address, subject: null }
      const user = await check(await repository.userByName(db, username), password, (reason) =>
        audit.add(db, { ...entry, at: clock.now(), action: 'session.sign-in-refused', details: { reason } }),
      )
      const now = clock.now()
      const token = Buffer.from(deps.randomBytes(32)).toString('base64url')
      const id = deps.makeId()
      await db.transaction().execute(async (tx) => {
        if (!(await repository.countRightTry(tx, user, now))) throw wrongCredentials()
        await repository.deleteExpired(tx, now)
        await repository.insertSession(tx, {
          id,
          token_hash: hashOf(token),
          user_id: user.id,
          address,
          started_at: now,
          last_seen_at: now,
        })
        await audit.add(tx, { ...entry, at: now, action: 'session.signed-in', subject: id, details: {} })
      })
      return { token, expiresAt: now + absoluteLifeMs, user: { ...user, last_sign_in_at: now } }
    },

    changePassword: async (asker, current, next, address) => {
      const entry = { username: asker.username, address, subject: asker.id as string }
      const user = await check(await repository.userById(db, asker.id), current, (reason) =>
        audit.add(db, {
          ...entry,
          at: clock.now(),
          action: 'user.password-change-refused',
          details: { reason },
        }),
      )
      const problem = next === current ? 'same-as-before' : passwordProblem(next, user.username)
      if (problem !== null) {
        throw new AppError('password-too-weak', 'choose another password', {
          details: { problem, minimum: passwordMinimum },
        })
      }
      const hash = await hasher.hash(next)
      const others = await db.transaction().execute(async (tx) => {
        await repository.setPassword(tx, user.id, hash)
        await audit.add(tx, { ...entry, at: clock.now(), action: 'user.password-changed', details: {} })
        return repository.deleteSessionsOf(tx, user.id, asker.sessionId)
      })
      for (const id of others) ended.emit(id)
      return repository.userById(db, user.id)
    },
  }
}
