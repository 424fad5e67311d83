import type { Kysely } from 'kysely'
import type { crmApi } from '../../../shared/crm-api/index.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { MakeId, UserId } from '../../../shared/std/ids.ts'
import { isUniqueViolation } from '../../db/connect.ts'
import type { Database } from '../../db/schema.ts'
import type { UserTable } from '../../db/tables/identity.ts'
import type { Handlers } from '../../http/handlers.ts'
import { type AuditLog, askedBy } from '../audit/rules.ts'
import type { PasswordHasher, SessionEnder } from '../sessions/rules.ts'
import { insertUser, listUsers, lockAdministrators, lockUser, updateUser } from './repository.ts'
import { changedFields, oneTimePassword, toUser } from './rules.ts'

export interface UserDeps {
  db: Kysely<Database>
  makeId: MakeId
  randomBytes: (count: number) => Uint8Array
  hasher: PasswordHasher
  sessions: SessionEnder
  audit: AuditLog
}

export function usersModule(deps: UserDeps): Handlers<typeof crmApi.users> {
  const { db, audit, sessions } = deps

  async function newPassword(): Promise<{ password: string; hash: string }> {
    const password = oneTimePassword(deps.randomBytes(16))
    return { password, hash: await deps.hasher.hash(password) }
  }

  async function locked(tx: Kysely<Database>, id: string): Promise<UserTable> {
    const row = await lockUser(tx, id as UserId)
    if (row === undefined) throw new AppError('not-found', 'there is no such user')
    return row
  }

  return {
    list: async () => (await listUsers(db)).map(toUser),

    create: async ({ body }, context) => {
      const { password, hash } = await newPassword()
      const id = deps.makeId() as UserId
      try {
        const row = await db.transaction().execute(async (tx) => {
          const { username, role, grammar } = body
          const created = await insertUser(tx, {
            id,
            username,
            role,
            grammar,
            display_name: body.displayName,
            password_hash: hash,
            created_at: context.now,
          })
          const entry = { ...askedBy(context), subject: id, details: { username, role } }
          await audit.add(tx, { ...entry, action: 'user.created' })
          return created
        })
        return { user: toUser(row), password }
      } catch (error) {
        if (!isUniqueViolation(error, 'user_account_username')) throw error
        throw new AppError('conflict', 'this user name is taken', { details: { field: 'username' } })
      }
    },

    change: async ({ params, body }, context) => {
      const { row, ended } = await db.transaction().execute(async (tx) => {
        const administrators = await lockAdministrators(tx)
        const before = await locked(tx, params.id)
        const stays = body.active && body.role === 'administrator'
        if (!stays && administrators.length === 1 && administrators[0] === before.id) {
          throw new AppError('conflict', 'the last administrator must stay one', {
            details: { reason: 'last-administrator' },
          })
        }
        const { displayName, role, grammar, active } = body
        const after = await updateUser(tx, before.id, { display_name: displayName, role, grammar, active })
        const details = changedFields(toUser(before), body)
        await audit.add(tx, { ...askedBy(context), action: 'user.changed', subject: before.id, details })
        // A new role too: whoever is connected was let in with the old one.
        const ends = !active || role !== before.role
        return { row: after, ended: ends ? await sessions.deleteOf(tx, before.id) : [] }
      })
      sessions.announce(ended)
      return toUser(row)
    },

    resetPassword: async ({ params }, context) => {
      const { password, hash } = await newPassword()
      const { row, ended } = await db.transaction().execute(async (tx) => {
        const { id } = await locked(tx, params.id)
        const after = await updateUser(tx, id, {
          password_hash: hash,
          must_change_password: true,
          wrong_tries: 0,
          locked_until: null,
        })
        await audit.add(tx, { ...askedBy(context), action: 'user.password-reset', subject: id, details: {} })
        return { row: after, ended: await sessions.deleteOf(tx, id) }
      })
      sessions.announce(ended)
      return { user: toUser(row), password }
    },

    unlock: async ({ params }, context) => {
      await db.transaction().execute(async (tx) => {
        const { id } = await locked(tx, params.id)
        await updateUser(tx, id, { wrong_tries: 0, locked_until: null })
        await audit.add(tx, { ...askedBy(context), action: 'user.unlocked', subject: id, details: {} })
      })
      return {}
    },
  }
}
