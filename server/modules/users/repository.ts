import type { Kysely, Updateable } from 'kysely'
import type { UserId } from '../../../shared/std/ids.ts'
import type { Database } from '../../db/schema.ts'
import type { UserTable } from '../../db/tables/identity.ts'

type Db = Kysely<Database>

export const listUsers = (db: Db): Promise<UserTable[]> =>
  db.selectFrom('user_account').selectAll().orderBy('username').execute()

/** The row, locked until the transaction ends. */
export const lockUser = (db: Db, id: UserId): Promise<UserTable | undefined> =>
  db.selectFrom('user_account').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

/**
 * Ids of all who may administer, locked in the same order by everyone: two administrators who demote each other
 * at the same moment wait for one another here.
 */
export async function lockAdministrators(db: Db): Promise<UserId[]> {
  const rows = await db
    .selectFrom('user_account')
    .select('id')
    .where('role', '=', 'administrator')
    .where('active', '=', true)
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map((row) => row.id)
}

export const insertUser = (
  db: Db,
  row: Omit<
    UserTable,
    'active' | 'must_change_password' | 'wrong_tries' | 'locked_until' | 'last_sign_in_at'
  >,
): Promise<UserTable> =>
  db
    .insertInto('user_account')
    .values({
      ...row,
      active: true,
      must_change_password: true,
      wrong_tries: 0,
      locked_until: null,
      last_sign_in_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()

export const updateUser = (db: Db, id: UserId, values: Updateable<UserTable>): Promise<UserTable> =>
  db.updateTable('user_account').set(values).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
