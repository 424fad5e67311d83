import type { AuditAction } from '../../../shared/crm-api/audit.ts'
import type { crmApi } from '../../../shared/crm-api/index.ts'
import type { User } from '../../../shared/crm-api/users.ts'
import { AppError } from '../../../shared/std/errors.ts'
import { type Handlers, signedIn } from '../../http/handlers.ts'
import type { UserTable } from '../../db/tables/identity.ts'
import { askedBy } from '../audit/rules.ts'
import { deleteSession, listOpen, userById } from './repository.ts'
import type { SessionDeps, SessionService } from './service.ts'

export interface SessionsModuleDeps extends Pick<SessionDeps, 'db' | 'audit'> {
  service: SessionService
  version: string
  /** Of the phones' WebSocket, its origin alone; null where there is no switch. */
  gateway: string | null
  /** A user as others see it; from the users module. */
  toUser: (row: UserTable) => User
}

export function sessionsModule(deps: SessionsModuleDeps): Handlers<typeof crmApi.sessions> {
  const { db, audit, service, toUser } = deps

  async function end(id: string, action: AuditAction, entry: ReturnType<typeof askedBy>): Promise<void> {
    const ended = await db.transaction().execute(async (tx) => {
      const row = await deleteSession(tx, id)
      if (row === undefined) return false
      await audit.add(tx, { ...entry, action, subject: id, details: { userId: row.user_id } })
      return true
    })
    if (!ended) throw new AppError('not-found', 'there is no such open session')
    service.announce([id])
  }

  return {
    loginPage: (_input, { address, now }) =>
      Promise.resolve({ version: deps.version, address, now, gateway: deps.gateway }),
    signIn: async ({ body }, { address }) => {
      const { user, ...session } = await service.signIn(body.username, body.password, address)
      return { ...session, user: toUser(user) }
    },
    current: async (_input, context) => toUser(await userById(db, signedIn(context).id)),
    signOut: async (_input, context) => {
      await end(signedIn(context).sessionId, 'session.signed-out', askedBy(context))
      return {}
    },
    changePassword: async ({ body }, context) =>
      toUser(await service.changePassword(signedIn(context), body.current, body.next, context.address)),
    list: async (_input, context) =>
      (await listOpen(db, context.now)).map((row) => ({
        id: row.id,
        userId: row.user_id,
        username: row.username,
        address: row.address,
        startedAt: row.started_at,
        lastSeenAt: row.last_seen_at,
        current: row.id === context.user?.sessionId,
      })),
    revoke: async ({ params }, context) => {
      await end(params.id, 'session.revoked', askedBy(context))
      return {}
    },
  }
}
