import { type Kysely, sql } from 'kysely'
import type { Instant } from '../../../shared/std/clock.ts'
import type { UserId } from '../../../shared/std/ids.ts'
import type { Database } from '../../db/schema.ts'
import type { SessionTable, UserTable } from '../../db/tables/identity.ts'
import { openSince } from './rules.ts'

type Db = Kysely<Database>

export const userByName = (db: Db, username: string): Promise<UserTable | undefined> =>
  db.selectFrom('user_account').selectAll().where('username', '=', username).executeTakeFirst()

export const userById = (db: Db, id: UserId): Promise<UserTable> =>
  db.selectFrom('user_account').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

/** Sessions within their lives, of users who may still sign in. */
const openSessions = (db: Db, now: Instant) => {
  const { startedAfter, seenAfter } = openSince(now)
  return db
    .selectFrom('session')
    .innerJoin('user_account', 'user_account.id', 'session.user_id')
    .where('user_account.active', '=', true)
    .where('session.started_at', '>', startedAfter)
    .where('session.last_seen_at', '>', seenAfter)
}

export const sessionByHash = (db: Db, tokenHash: string, now: Instant) =>
  openSessions(db, now)
    .where('session.token_hash', '=', tokenHash)
    .select(['session.id as session_id', 'session.last_seen_at', 'user_account.id', 'username'])
    .select(['display_name', 'role', 'must_change_password'])
    .executeTakeFirst()

export const sessionById = (db: Db, id: string, now: Instant) =>
  openSessions(db, now)
    .where('session.id', '=', id)
    .select(['session.id', 'session.last_seen_at'])
    .executeTakeFirst()

export const listOpen = (db: Db, now: Instant) =>
  openSessions(db, now)
    .select(['session.id', 'user_id', 'username', 'address', 'started_at', 'last_seen_at'])
    .orderBy('last_seen_at', 'desc')
    .execute()

export async function markSeen(db: Db, id: string, now: Instant): Promise<void> {
  await db
    .updateTable('session')
    .set({ last_seen_at: now })
    .where('id', '=', id)
    .where('last_seen_at', '<', now)
    .execute()
}

export async function insertSession(db: Db, row: SessionTable): Promise<void> {
  await db.insertInto('session').values(row).execute()
}

export const deleteSession = (db: Db, id: string) =>
  db.deleteFrom('session').where('id', '=', id).returning(['id', 'user_id']).executeTakeFirst()

export async function deleteSessionsOf(db: Db, userId: UserId, except?: string): Promise<string[]> {
  const all = db.deleteFrom('session').where('user_id', '=', userId)
  const query = except === undefined ? all : all.where('id', '<>', except)
  return (await query.returning('id').execute()).map((row) => row.id)
}

/** Sessions past their life; they open nothing any more, this only keeps the table small. */
export async function deleteExpired(db: Db, now: Instant): Promise<void> {
  const { startedAfter, seenAfter } = openSince(now)
  await db
    .deleteFrom('session')
    .where((row) => row.or([row('started_at', '<=', startedAfter), row('last_seen_at', '<=', seenAfter)]))
    .execute()
}

/** Counts a wrong password in one statement; with the last allowed one the account locks and counting begins anew. */
export async function countWrongTry(db: Db, id: UserId, limit: number, lockUntil: Instant): Promise<void> {
  await db
    .updateTable('user_account')
    .set({
      wrong_tries: sql<number>`case when wrong_tries + 1 >= ${limit} then 0 else wrong_tries + 1 end`,
      locked_until: sql<Instant>`case when wrong_tries + 1 >= ${limit} then ${lockUntil}::bigint else locked_until end`,
    })
    .where('id', '=', id)
    .execute()
}

/**
 * Notes a right password. False where the account was locked, deactivated or given another password while this one
 * was being checked: checking takes long enough for that.
 */
export async function countRightTry(
  db: Db,
  user: { id: UserId; password_hash: string },
  now: Instant,
): Promise<boolean> {
  const result = await db
    .updateTable('user_account')
    .set({ wrong_tries: 0, locked_until: null, last_sign_in_at: now })
    .where('id', '=', user.id)
    .where('active', '=', true)
    .where('password_hash', '=', user.password_hash)
    .where((row) => row.or([row('locked_until', 'is', null), row('locked_until', '<=', now)]))
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function setPassword(db: Db, id: UserId, passwordHash: string): Promise<void> {
  await db
    .updateTable('user_account')
    .set({ password_hash: passwordHash, must_change_password: false, wrong_tries: 0, locked_until: null })
    .where('id', '=', id)
    .execute()
}
