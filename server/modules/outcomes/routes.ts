import type { Kysely } from 'kysely'
import type { outcomes } from '../../../shared/crm-api/outcomes.ts'
import type { Outcome } from '../../../shared/domain/campaign/outcomes.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { OutcomeCode } from '../../../shared/std/ids.ts'
import { jsonb } from '../../db/connect.ts'
import type { Database } from '../../db/schema.ts'
import type { OutcomeTable } from '../../db/tables/work.ts'
import type { Handlers } from '../../http/handlers.ts'
import type { AuditLog } from '../audit/rules.ts'
import { askedBy } from '../audit/rules.ts'
import type { Selectable } from 'kysely'

/** The catalogue. Campaigns copy what they take from it, so a later change here never changes a campaign at work. */
export function outcomesModule(ports: { db: Kysely<Database>; audit: AuditLog }): Handlers<typeof outcomes> {
  const { db, audit } = ports
  return {
    list: async () => {
      const rows = await db.selectFrom('outcomes').selectAll().orderBy('position').orderBy('code').execute()
      return rows.map(toOutcome)
    },
    save: async ({ params, body }, context) => {
      if (params.code !== body.code)
        throw new AppError('invalid-input', 'the code in the path is another one')
      if ((body.effect === 'retry') !== (body.retryAfterMinutes !== null)) {
        throw new AppError('invalid-input', 'a retry, and nothing else, says after how long')
      }
      const columns = {
        label: jsonb(body.label),
        effect: body.effect,
        retry_after_minutes: body.retryAfterMinutes,
        needs_complete_answers: body.needsCompleteAnswers,
      }
      await db.transaction().execute(async (tx) => {
        const { last } = await tx
          .selectFrom('outcomes')
          .select(({ fn }) => fn.max('position').as('last'))
          .executeTakeFirstOrThrow()
        await tx
          .insertInto('outcomes')
          .values({ ...columns, code: body.code, position: (last ?? 0) + 1 })
          .onConflict((conflict) => conflict.column('code').doUpdateSet(columns))
          .execute()
        await audit.add(tx, {
          ...askedBy(context),
          action: 'outcome.saved',
          subject: body.code,
          details: { effect: body.effect },
        })
      })
      return body
    },
  }
}

const toOutcome = (row: Selectable<OutcomeTable>): Outcome => ({
  code: row.code as OutcomeCode,
  label: row.label,
  effect: row.effect,
  retryAfterMinutes: row.retry_after_minutes,
  needsCompleteAnswers: row.needs_complete_answers,
})
