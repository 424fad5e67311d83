export interface Sort {
  column: string
  direction: 'ascending' | 'descending'
}

export type SortValue = string | number | boolean | null | undefined

function compare(left: SortValue, right: SortValue, collator: Intl.Collator): number {
  if (typeof left === 'string' && typeof right === 'string') return collator.compare(left, right)
  return Number(left) - Number(right)
}

/** A sorted copy; rows without a value stay last in both directions, equal rows keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  valueOf: (row: Row) => SortValue,
  direction: Sort['direction'],
  locale: string,
): readonly Row[] {
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' })
  const isMissing = (value: SortValue) => value === null || value === undefined || value === ''
  const sign = direction === 'ascending' ? 1 : -1
  return rows.toSorted((a, b) => {
    const [left, right] = [valueOf(a), valueOf(b)]
    if (isMissing(left) || isMissing(right)) return Number(isMissing(left)) - Number(isMissing(right))
    return sign * compare(left, right, collator)
  })
}

/** What a press on a column's header asks for. */
export const nextSort = (current: Sort | undefined, column: string): Sort => ({
  column,
  direction: current?.column === column && current.direction === 'ascending' ? 'descending' : 'ascending',
})
