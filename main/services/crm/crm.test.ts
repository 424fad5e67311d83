import { describe, expect, test } from 'vitest'
import { crmRoutes } from '../../../shared/crm-api/index.ts'
import { crmService } from './crm.ts'

const passed: string[] = []
const service = crmService({
  names: new Set(crmRoutes.map(({ name }) => name)),
  request: async (name) => {
    passed.push(name)
    return {}
  },
})
const ask = (name: string) =>
  service.request({ name, input: {} }, { window: 'page' }, new AbortController().signal)

describe('what a page may ask of the CRM', () => {
  test.each(['users.list', 'sessions.list', 'sessions.revoke', 'phone.setup', 'phone.setUp'])(
    '%s goes on to the server',
    async (name) => {
      await ask(name)
      expect(passed.at(-1)).toBe(name)
    },
  )

  test.each(['work.start', 'sessions.signIn', 'sessions.signOut', 'phone.account', 'phone.leave'])(
    '%s has a service of its own and is refused',
    async (name) => {
      await expect(ask(name)).rejects.toMatchObject({ code: 'not-allowed' })
      expect(passed).not.toContain(name)
    },
  )

  test('a name that the map lacks is refused', async () => {
    await expect(ask('users.everything')).rejects.toMatchObject({ code: 'unknown-method' })
  })
})
