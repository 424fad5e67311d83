import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { errorCodes } from '../../shared/std/errors.ts'

const manual = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8')
const rows = [...manual.matchAll(/^\| `([a-z-]+)` +\| (\d+) +\| (\w+) +\| (.+?) +\|$/gm)]

test('the manual has a row for every error code, with its status and whose turn it is', () => {
  const documented = Object.fromEntries(
    rows.map(([, code, status, turn]) => [code, { turn, status: Number(status) }]),
  )
  expect(documented).toEqual(errorCodes)
})

test('each row says what to do', () => {
  expect(rows.filter(([, , , , advice]) => (advice ?? '').length < 12)).toEqual([])
})
