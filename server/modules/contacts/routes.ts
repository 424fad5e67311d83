import type { Kysely } from 'kysely'
import type { contacts } from '../../../shared/crm-api/contacts.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { ContactId, UserId } from '../../../shared/std/ids.ts'
import type { Database } from '../../db/schema.ts'
import type { Handlers } from '../../http/handlers.ts'
import { signedIn } from '../../http/handlers.ts'
import { contactReader } from './repository.ts'

export function contactsModule({ db }: { db: Kysely<Database> }): Handlers<typeof contacts> {
  /** An operator sees the people of the campaigns they are enabled for, nobody else. */
  async function maySee(operator: UserId, contact: ContactId): Promise<boolean> {
    const row = await db
      .selectFrom('campaign_records')
      .innerJoin('campaign_operators', 'campaign_operators.campaign_id', 'campaign_records.campaign_id')
      .select('campaign_records.id')
      .where('campaign_records.contact_id', '=', contact)
      .where('campaign_operators.user_id', '=', operator)
      .limit(1)
      .executeTakeFirst()
    return row !== undefined
  }

  return {
    get: async ({ params }, context) => {
      const id = params.id as ContactId
      const user = signedIn(context)
      const contact = await contactReader.get(db, id)
      if (!contact || (user.role === 'operator' && !(await maySee(user.id, id)))) {
        throw new AppError('not-found', 'no such contact')
      }
      const listener = user.role === 'operator' ? user.id : 'all'
      return { contact, history: await contactReader.history(db, id, listener) }
    },
  }
}
