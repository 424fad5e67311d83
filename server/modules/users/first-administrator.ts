import type { Instant } from '../../../shared/std/clock.ts'
import type { UserId } from '../../../shared/std/ids.ts'
import type { UserDeps } from './routes.ts'
import { insertUser, updateUser } from './repository.ts'
import { oneTimePassword } from './rules.ts'

const username = 'admin'

/**
 * Makes the administrator of an empty database and returns the one-time password to be shown, else null. Until that
 * password has been used a new one is made at each start: the process may have been killed before it was read.
 */
export async function firstAdministrator(
  deps: Pick<UserDeps, 'db' | 'makeId' | 'randomBytes' | 'hasher' | 'audit'> & { now: Instant },
): Promise<{ username: string; password: string } | null> {
  const administrators = await deps.db
    .selectFrom('user_account')
    .select(['id', 'username', 'last_sign_in_at'])
    .where('role', '=', 'administrator')
    .execute()
  const [only] = administrators
  const unused = administrators.length === 1 && only?.username === username && only.last_sign_in_at === null
  if (only !== undefined && !unused) return null

  const password = oneTimePassword(deps.randomBytes(16))
  const password_hash = await deps.hasher.hash(password)
  await deps.db.transaction().execute(async (tx) => {
    const row =
      only === undefined
        ? await insertUser(tx, {
            id: deps.makeId() as UserId,
            username,
            display_name: 'Administrator',
            role: 'administrator',
            grammar: 'n',
            password_hash,
            created_at: deps.now,
          })
        : await updateUser(tx, only.id, { password_hash, wrong_tries: 0, locked_until: null })
    await deps.audit.add(tx, {
      at: deps.now,
      username: null,
      address: 'server',
      action: only === undefined ? 'user.created' : 'user.password-reset',
      subject: row.id,
      details: { username, role: 'administrator' },
    })
  })
  return { username, password }
}
