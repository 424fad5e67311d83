import { describe, expect, test } from 'vitest'
import { commonPasswords } from './common-passwords.ts'
import { passwordProblem } from './rules.ts'

describe('a new password', () => {
  test.each([
    ['nine char', 'too-short'],
    ['è così sì', 'too-short'],
    ['😀😀😀😀😀', 'too-short'],
    ['x'.repeat(50) + 'abcdef'.repeat(14), 'too-long'],
    ['Password123', 'too-common'],
    ['QWERTYUIOP', 'too-common'],
    ['aaaaaaaaaaaaaaaa', 'too-common'],
    ['ababababababab', 'too-common'],
    ['my name is ROSSI ok', 'contains-username'],
  ])('%s is refused: %s', (password, problem) => {
    expect(passwordProblem(password, 'rossi')).toBe(problem)
  })

  test.each([
    'ten chars!',
    'la nonna va al mare',
    'перо и чернила',
    'fx4v-99ab-k2',
    ' leading and trailing ',
  ])('%s is taken, whatever classes of characters it has', (password) => {
    expect(passwordProblem(password, 'rossi')).toBeNull()
  })

  test('may hold a user name so short that it is in many words', () => {
    expect(passwordProblem('la nonna va al mare', 'al')).toBeNull()
  })
})

test('the common passwords are all long enough to matter', () => {
  expect([...commonPasswords].filter((each) => each.length < 10)).toEqual([])
  expect([...commonPasswords].filter((each) => each !== each.toLowerCase())).toEqual([])
})
