import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../tests/support/server.ts'
import { auditLog } from './routes.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const entry = (subject: string, username: string | null = 'rossi') => ({
  at: 1_000,
  username,
  address: '192.0.2.1',
  action: 'demo.made' as const,
  subject,
  details: { list: [1, 2] },
})

interface Page {
  items: { id: string; subject: string; details: object; names: object }[]
  next: string | null
  total: number
}
const list = async (query: object) => (await server.request<Page>('audit.list', { query }, server.admin)).body

describe('the audit', () => {
  test('is read page by page, newest first, each entry once, though more come in between', async () => {
    for (const subject of ['a', 'b', 'c', 'd', 'e']) await auditLog.add(server.db, entry(subject))
    const first = await list({ action: 'demo.made' as const, limit: 2 })
    await auditLog.add(server.db, entry('f'))
    const second = await list({ action: 'demo.made' as const, limit: 2, after: first.next })
    const third = await list({ action: 'demo.made' as const, limit: 2, after: second.next })
    const subjects = [first, second, third].map((page) => page.items.map((item) => item.subject))
    expect(subjects).toEqual([['e', 'd'], ['c', 'b'], ['a']])
    expect([first.total, second.total, third.next]).toEqual([5, 6, null])
    expect(first.items[0]?.details).toEqual({ list: [1, 2] })
  })

  test('is filtered by user name', async () => {
    await auditLog.add(server.db, entry('of verdi', 'verdi'))
    expect((await list({ username: 'verdi' })).items.map((item) => item.subject)).toEqual(['of verdi'])
  })

  test('calls users by their names of now, and leaves ids of nobody alone', async () => {
    const me = await server.db
      .selectFrom('user_account')
      .select(['id', 'display_name'])
      .where('role', '=', 'administrator')
      .executeTakeFirstOrThrow()
    const details = { users: [me.id, 'nobody'], count: 1 }
    await auditLog.add(server.db, { ...entry('of nobody', 'bianchi'), details })
    await auditLog.add(server.db, entry(me.id, 'bianchi'))
    const name = { [me.id]: me.display_name }
    expect((await list({ username: 'bianchi' })).items.map(({ names }) => names)).toEqual([name, name])
  })

  test('refuses a page that is none', async () => {
    const reply = await server.request('audit.list', { query: { after: "1' or '1'='1" } }, server.admin)
    expect(reply).toMatchObject({ status: 400, body: { code: 'invalid-input' } })
  })

  test('stands or falls with the deed it tells of', async () => {
    const work = server.db.transaction().execute(async (tx) => {
      await auditLog.add(tx, entry('undone'))
      throw new Error('the deed failed')
    })
    await expect(work).rejects.toThrow('the deed failed')
    expect((await list({ action: 'demo.made' })).items.map((item) => item.subject)).not.toContain('undone')
  })

  test.each(['update audit_entry set at = 0', 'delete from audit_entry', 'truncate audit_entry'])(
    'cannot be rewritten: %s',
    async (statement) => {
      await auditLog.add(server.db, entry('kept'))
      await expect(sql.raw(statement).execute(server.db)).rejects.toThrow('the audit is append-only')
    },
  )
})
