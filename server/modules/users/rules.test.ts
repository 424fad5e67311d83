import { expect, test } from 'vitest'
import { oneTimePassword } from './rules.ts'

test('a one-time password is four groups of four characters that are not mistaken for others', () => {
  const all = Array.from({ length: 256 }, (_value, byte) => oneTimePassword(new Uint8Array(16).fill(byte)))
  for (const each of all) expect(each).toMatch(/^([a-km-np-z2-9]{4}-){3}[a-km-np-z2-9]{4}$/)
  expect(new Set(all).size).toBe(32)
})

test('each random byte decides one character', () => {
  const bytes = Uint8Array.from({ length: 16 }, (_value, index) => index)
  expect(oneTimePassword(bytes)).toBe('abcd-efgh-ijkm-npqr')
})

test('too little randomness makes no password', () => {
  expect(() => oneTimePassword(new Uint8Array(15))).toThrow(RangeError)
})
