import { expect, test } from 'vitest'
import { dialString } from './dial-string.ts'

test('a number without a prefix goes out as it is written', () => {
  expect(dialString('+393312345678', '')).toBe('+393312345678')
  expect(dialString('0815523344', '')).toBe('0815523344')
})

test('behind prefixes only digits go out, in the order of the prefixes', () => {
  expect(dialString('+393312345678', '088')).toBe('088393312345678')
})
