import type { phone } from '../../../shared/crm-api/phone.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { UserId } from '../../../shared/std/ids.ts'
import type { Handlers } from '../../http/handlers.ts'
import { signedIn } from '../../http/handlers.ts'
import type { AuditLog } from '../audit/rules.ts'
import { askedBy } from '../audit/rules.ts'
import type { Db } from './repository.ts'
import { saveSetup, setupOf } from './repository.ts'
import type { PhoneAccounts } from './rules.ts'

/** `accounts` is null where the server has no switch: then an account is refused with `line-down`. */
export function phoneModule(ports: {
  db: Db
  audit: AuditLog
  accounts: PhoneAccounts | null
}): Handlers<typeof phone> {
  const { db, audit, accounts } = ports
  return {
    setup: ({ params }) => setupOf(db, params.id as UserId),

    setUp: async ({ params, body }, context) => {
      const user = params.id as UserId
      await db.transaction().execute(async (tx) => {
        await setupOf(tx, user)
        await saveSetup(tx, user, body)
        await audit.add(tx, { ...askedBy(context), action: 'user.phone-set', subject: user, details: body })
      })
      return setupOf(db, user)
    },

    account: async ({ body }, context) => {
      if (accounts === null) throw new AppError('line-down', 'this server has no switch')
      const { id, sessionId, role } = signedIn(context)
      return accounts.open(id, sessionId, body.kind, role === 'supervisor' ? role : 'operator')
    },

    leave: async (_input, context) => {
      await accounts?.close(signedIn(context).id)
      return {}
    },
  }
}
