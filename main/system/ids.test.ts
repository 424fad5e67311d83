import { expect, test } from 'vitest'
import { makeId, makeSecret } from './ids.ts'

test('ids and secrets do not repeat', () => {
  const made = Array.from({ length: 1_000 }, () => [makeId(), makeSecret()]).flat()
  expect(new Set(made).size).toBe(made.length)
})
