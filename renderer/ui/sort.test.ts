import { describe, expect, it } from 'vitest'
import { nextSort, sortRows } from './sort.ts'

describe('sorting rows', () => {
  it('follows the language: accents and capitals do not matter, numbers in a text count', () => {
    const rows = ['Élite 10', 'zeta', 'elite 9', 'Àncora']
    expect(sortRows(rows, (row) => row, 'ascending', 'it')).toEqual(['Àncora', 'elite 9', 'Élite 10', 'zeta'])
  })
  it('keeps rows without a value last in both directions', () => {
    const rows = [{ n: 2 }, { n: null }, { n: 10 }]
    expect(sortRows(rows, (row) => row.n, 'ascending', 'it').map((row) => row.n)).toEqual([2, 10, null])
    expect(sortRows(rows, (row) => row.n, 'descending', 'it').map((row) => row.n)).toEqual([10, 2, null])
  })
  it('turns round at the second press and starts upwards on another column', () => {
    const first = nextSort(undefined, 'name')
    expect(first).toEqual({ column: 'name', direction: 'ascending' })
    expect(nextSort(first, 'name').direction).toBe('descending')
    expect(nextSort(nextSort(first, 'name'), 'calls')).toEqual({ column: 'calls', direction: 'ascending' })
  })
})
