import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../tests/support/database.ts'
import { connect, isDatabaseAway, isUniqueViolation, jsonb } from './connect.ts'
import { migrate } from './migrate.ts'
import type { Database } from './schema.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let db: Kysely<Database>

beforeAll(async () => {
  database = await testDatabase()
  db = connect(database.url, { max: 3 })
})
afterAll(async () => {
  await db.destroy()
  await database.drop()
})

const one = async <T>(query: ReturnType<typeof sql<T>>): Promise<T> => {
  const { rows } = await query.execute(db)
  return rows[0]!
}

describe('a connection', () => {
  test('reads bigint as a number', async () => {
    expect(await one(sql`select 1795508627561::bigint as at`)).toEqual({ at: 1_795_508_627_561 })
  })

  test('writes an array into a document as an array', async () => {
    expect(await one(sql`select ${jsonb([{ a: 1 }])} as document`)).toEqual({ document: [{ a: 1 }] })
  })

  test('tells which unique index refused a row', async () => {
    await sql`create table one (id int constraint one_only unique)`.execute(db)
    await sql`insert into one values (1)`.execute(db)
    const error: unknown = await sql`insert into one values (1)`
      .execute(db)
      .catch((caught: unknown) => caught)
    expect(isUniqueViolation(error)).toBe(true)
    expect(isUniqueViolation(error, 'one_only')).toBe(true)
    expect(isUniqueViolation(error, 'another')).toBe(false)
    expect(isDatabaseAway(error)).toBe(false)
  })

  test('whose backend is ended under a query fails it as away, and later ones succeed', async () => {
    const sleeping = sql`select pg_sleep(60)`.execute(db).catch((caught: unknown) => caught)
    // Until it is seen at work.
    for (let ended = 0; ended === 0;) {
      const { rows } = await sql<{ done: boolean }>`
        select pg_terminate_backend(pid) as done from pg_stat_activity
        where datname = current_database() and query = 'select pg_sleep(60)' and state = 'active'`.execute(db)
      ended = rows.length
    }
    expect(isDatabaseAway(await sleeping)).toBe(true)
    // The very next one may still be given the dying connection; it fails as away too, and a later one has a new one.
    const next = () => one(sql`select 1 as up`).catch((error: unknown) => isDatabaseAway(error))
    await expect.poll(next, { timeout: 20_000 }).toEqual({ up: 1 })
  })

  test('survives that its idle connections are cut', async () => {
    const lost: object[] = []
    const other = connect(database.url, { max: 2, log: { warn: (details) => lost.push(details) } })
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(other)
    await sql`select pg_terminate_backend(${rows[0]!.pid})`.execute(db)
    await expect.poll(() => lost, { timeout: 20_000 }).not.toEqual([])
    expect((await sql`select 1 as up`.execute(other)).rows).toEqual([{ up: 1 }])
    await other.destroy()
  })

  test('survives that a connection is cut while it is lent out and between two queries', async () => {
    const lost: object[] = []
    const other = connect(database.url, { max: 1, log: { warn: (details) => lost.push(details) } })
    const work = other.transaction().execute(async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
      await sql`select pg_terminate_backend(${rows[0]!.pid})`.execute(db)
      await expect.poll(() => lost, { timeout: 20_000 }).not.toEqual([])
      await sql`select 1`.execute(tx)
    })
    const error: unknown = await work.catch((caught: unknown) => caught)
    expect(isDatabaseAway(error)).toBe(true)
    expect((await sql`select 1 as up`.execute(other)).rows).toEqual([{ up: 1 }])
    await other.destroy()
  })

  test('to a server that is not there fails as away', async () => {
    const nowhere = connect('postgres://nobody@127.0.0.1:1/none')
    const error: unknown = await sql`select 1`.execute(nowhere).catch((caught: unknown) => caught)
    await nowhere.destroy()
    expect(isDatabaseAway(error)).toBe(true)
  })
})

test('migrating is done once, also when two servers begin together', async () => {
  const steps = await Promise.all([migrate(db), migrate(db)])
  expect(steps.flat()).toContain('0001_identity')
  expect(new Set(steps.flat()).size).toBe(steps.flat().length)
  expect(await migrate(db)).toEqual([])
})
