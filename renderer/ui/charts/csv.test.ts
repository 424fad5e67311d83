import { describe, expect, it } from 'vitest'
import { toCsv } from './csv.ts'

describe('a chart as a file for spreadsheets', () => {
  it('uses semicolon and decimal comma in Italian, comma and point in English', () => {
    expect(toCsv(['ora', 'valore'], [['09:00', 2.5]], 'it-IT')).toBe('ora;valore\r\n09:00;2,5')
    expect(toCsv(['time', 'value'], [['09:00', 2.5]], 'en-GB')).toBe('time,value\r\n09:00,2.5')
  })
  it('quotes what would break a cell and leaves an empty one for a missing value', () => {
    expect(toCsv(['a', 'b'], [['di "Rossi"; figli', null]], 'it-IT')).toBe('a;b\r\n"di ""Rossi""; figli";')
  })
  it('never lets a text run as a formula', () => {
    expect(toCsv(['a'], [['=1+1']], 'en-GB')).toBe("a\r\n'=1+1")
  })
})
