import { describe, expect, it } from 'vitest'
import { countryName, readNumber } from './rules.ts'

describe('a number on the dial pad', () => {
  it('is read in every form people write, and shown with its country', () => {
    for (const text of ['3312345678', '331 234 5678', '+39 331/2345678', '0039 331-234.5678']) {
      expect(readNumber(text)).toMatchObject({ ok: true, e164: '+393312345678', country: 'IT' })
    }
    expect(readNumber('+44 20 7946 0018')).toMatchObject({ e164: '+442079460018', country: 'GB' })
    expect(countryName('GB', 'it')).toBe('Regno Unito')
    expect(countryName('', 'it')).toBe('')
  })
  it('says what is wrong only once something is there', () => {
    expect(readNumber('  ')).toBeNull()
    expect(readNumber('0815')).toEqual({ ok: false, problem: 'too-short' })
    expect(readNumber('Maria')).toEqual({ ok: false, problem: 'letters' })
  })
})
