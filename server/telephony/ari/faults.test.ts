import { expect, test } from 'vitest'
import { warnOfFaults } from './faults.ts'

test('a switch with a module that can lock it is named in the log, one without is not', async () => {
  const warned: unknown[] = []
  const log = { warn: (details: object) => warned.push(details) }
  const loaded = (status: number) => ({ ask: async () => ({ status, body: null }) })
  await warnOfFaults(loaded(404), log)
  expect(warned).toEqual([])
  await warnOfFaults(loaded(200), log)
  expect(warned).toEqual([{ module: 'res_stasis_device_state.so' }])
})
