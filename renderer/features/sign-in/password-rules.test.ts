import { describe, expect, it } from 'vitest'
import { passwordRules } from './password-rules.ts'

const broken = (next: string, again = next) =>
  passwordRules('anna', { current: 'vecchia password', next, again })
    .filter(({ isMet }) => !isMet)
    .map(({ id }) => id)

describe('the hints for a new password', () => {
  it('are all met by twelve characters that are neither the name nor the old one, typed twice', () => {
    expect(broken('mare e monti')).toEqual([])
  })
  it('ask for length, counted in characters as people see them', () => {
    expect(broken('corta')).toEqual(['length'])
    expect(broken('🎧'.repeat(12))).toEqual([])
  })
  it('refuse the own user name inside it, however it is written', () => {
    expect(broken('AnNa va al mare')).toEqual(['not-name'])
  })
  it('refuse the old password', () => {
    expect(broken('vecchia password')).toEqual(['not-old'])
  })
  it('notice a slip in the second one', () => {
    expect(broken('mare e monti', 'mare e mont')).toEqual(['same'])
  })
  it('are all open while nothing is typed', () => {
    expect(broken('')).toEqual(['length', 'not-name', 'not-old', 'same'])
  })
})
