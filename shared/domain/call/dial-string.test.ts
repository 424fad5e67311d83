import { expect, test } from 'vitest'
import { dialString, handOnString } from './dial-string.ts'

test('a number without a prefix goes out as it is written', () => {
  expect(dialString('+393312345678', '')).toBe('+393312345678')
  expect(dialString('0815523344', '')).toBe('0815523344')
})

test('behind prefixes only digits go out, in the order of the prefixes', () => {
  expect(dialString('+393312345678', '088')).toBe('088393312345678')
})

test('a call is handed on behind the prefixes, to a short number or an extension as it is', () => {
  expect(handOnString('+390612345678', '088')).toBe('088390612345678')
  expect(handOnString('208', '088')).toBe('208')
})
