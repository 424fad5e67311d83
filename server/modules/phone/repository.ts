import type { Kysely } from 'kysely'
import type { PhoneSetup } from '../../../shared/crm-api/phone.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { UserId } from '../../../shared/std/ids.ts'
import type { Database } from '../../db/schema.ts'

export type Db = Kysely<Database>

/** Throws `not-found` where there is no such user. */
export async function setupOf(db: Db, user: UserId): Promise<PhoneSetup> {
  const row = await db
    .selectFrom('user_account')
    .leftJoin('phone_setup', 'phone_setup.user_id', 'user_account.id')
    .select(['dial_prefix', 'desk_phone'])
    .where('id', '=', user)
    .executeTakeFirst()
  if (!row) throw new AppError('not-found', 'no such user')
  return { dialPrefix: row.dial_prefix ?? '', deskPhone: row.desk_phone ?? '' }
}

export async function saveSetup(tx: Db, user: UserId, setup: PhoneSetup): Promise<void> {
  const columns = { dial_prefix: setup.dialPrefix, desk_phone: setup.deskPhone }
  await tx
    .insertInto('phone_setup')
    .values({ user_id: user, ...columns })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(columns))
    .execute()
}
