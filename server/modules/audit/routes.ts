import type { Kysely } from 'kysely'
import type { crmApi } from '../../../shared/crm-api/index.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { Database } from '../../db/schema.ts'
import type { Handlers } from '../../http/handlers.ts'
import { addEntry, listEntries, namesOf } from './repository.ts'
import { textsIn, type AuditLog } from './rules.ts'

export const auditLog: AuditLog = { add: addEntry }

function entryId(after: string | undefined): number | null {
  if (after === undefined) return null
  if (/^\d{1,15}$/.test(after)) return Number(after)
  throw new AppError('invalid-input', 'not a place in the audit', {
    details: [{ path: 'query.after', message: 'must be the `next` of an earlier page' }],
  })
}

export const auditModule = ({ db }: { db: Kysely<Database> }): Handlers<typeof crmApi.audit> => ({
  list: async ({ query }) => {
    // One more than asked for tells whether there is a next page.
    const { rows, total } = await listEntries(db, query, entryId(query.after), query.limit + 1)
    const shown = rows.slice(0, query.limit)
    const known = await namesOf(db, [...new Set(shown.flatMap(textsIn))])
    const items = shown.map((row) => ({
      ...row,
      id: String(row.id),
      names: Object.fromEntries(
        textsIn(row).flatMap((text): [string, string][] => {
          const name = known.get(text)
          return name === undefined ? [] : [[text, name]]
        }),
      ),
    }))
    return { items, next: rows.length > items.length ? (items.at(-1)?.id ?? null) : null, total }
  },
})
