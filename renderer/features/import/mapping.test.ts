import { describe, expect, it } from 'vitest'
import { assign, fieldsFor, missingFields, ownField } from './mapping.ts'

const headers = ['COGNOME', 'CELL', 'TEL.1', '']

describe('the mapping of columns', () => {
  it('reads a field from one column only: the other becomes a field of its own', () => {
    expect(assign(['lastName', 'phone1', 'phone2', 'ignore'], 2, 'phone1', headers)).toEqual([
      'lastName',
      'custom:CELL',
      'phone1',
      'ignore',
    ])
  })
  it('may ignore as many columns as it likes', () => {
    expect(assign(['lastName', 'phone1', 'ignore', 'ignore'], 0, 'ignore', headers)).toEqual([
      'ignore',
      'phone1',
      'ignore',
      'ignore',
    ])
  })
  it('names own fields by their header, or by their place', () => {
    expect(ownField(headers, 2)).toBe('custom:TEL 1')
    expect(ownField(headers, 3)).toBe('custom:4')
    expect(fieldsFor(headers, 1)).toContain('custom:CELL')
  })
  it('needs a name and a number', () => {
    expect(missingFields(['lastName', 'phone3'])).toEqual([])
    expect(missingFields(['note'])).toEqual(['phone', 'name'])
    expect(missingFields(['company'])).toEqual(['phone'])
  })
})
