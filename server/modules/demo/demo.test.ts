import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer } from '../../../tests/support/server.ts'
import type { TestServer } from '../../../tests/support/server.ts'
import type { DemoUser } from './seed.ts'

let server: TestServer
let first: DemoUser[]

beforeAll(async () => {
  server = await startTestServer()
  first = await server.seedDemo('offer')
})
afterAll(() => server.close())

const counts = async () => {
  const { rows } = await server.db
    .selectFrom('campaigns')
    .select(({ fn, selectFrom }) => [
      'campaigns.description',
      'campaigns.state',
      selectFrom('campaign_records').select(fn.countAll<number>().as('count')).as('records'),
      selectFrom('contacts').select(fn.countAll<number>().as('count')).as('contacts'),
      selectFrom('campaign_operators').select(fn.countAll<number>().as('count')).as('operators'),
    ])
    .execute()
    .then((found) => ({ rows: found }))
  return rows
}

it('makes a campaign that can be worked at once, and people who must change their password', async () => {
  expect(first.map(({ username, role }) => [username, role])).toEqual([
    ['sara', 'supervisor'],
    ['anna', 'operator'],
    ['luca', 'operator'],
  ])
  const [campaign, ...others] = await counts()
  expect(others).toEqual([])
  expect(campaign).toMatchObject({ description: 'Fibra Primavera', state: 'running', operators: 2 })
  expect(campaign?.records).toBeGreaterThan(100)
  expect(campaign?.contacts).toBe(campaign?.records)
  const [sara] = first
  const reply = await server.request('sessions.signIn', {
    body: { username: 'sara', password: sara?.password },
  })
  expect(reply).toMatchObject({ status: 200, body: { user: { mustChangePassword: true } } })
})

it('is offered once only', async () => {
  const before = await counts()
  expect(await server.seedDemo('offer')).toEqual([])
  expect(await counts()).toEqual(before)
})

it('can be made again, with the same people, new passwords and nothing left of the old one', async () => {
  const before = await counts()
  const again = await server.seedDemo('reset')
  expect(again.map(({ username }) => username)).toEqual(['sara', 'anna', 'luca'])
  expect(again[0]?.password).not.toBe(first[0]?.password)
  expect(await counts()).toEqual(before)
})

it('of real calls is a small campaign on the PBX whose first contact answers', async () => {
  expect((await server.seedDemo('real')).map(({ username }) => username)).toEqual(['sara', 'anna', 'luca'])
  const campaign = await server.db.selectFrom('campaigns').select(['code', 'line', 'state']).execute()
  expect(campaign).toEqual([{ code: 'VERE', line: 'pbx', state: 'running' }])
  const phones = await server.db
    .selectFrom('campaign_records as r')
    .innerJoin('contact_phones as p', 'p.contact_id', 'r.contact_id')
    .select('p.e164')
    .orderBy('r.id')
    .execute()
  expect(phones).toHaveLength(16)
  expect(phones[0]?.e164).toMatch(/55$/)
})
