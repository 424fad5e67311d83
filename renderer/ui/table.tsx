import { useMemo, useState } from 'react'
import { useLocale } from 'react-aria-components'
import { cx } from './cx.ts'
import { sortRows, type Sort } from './sort.ts'
import { BodyRow, Head, tableClass, type TableProps } from './table-parts.tsx'

export function useSorted<Row>(table: TableProps<Row>) {
  const { locale } = useLocale()
  const [own, setOwn] = useState<Sort | undefined>(table.initialSort)
  const sort = table.onSort ? table.sort : own
  const sortBy = table.onSort ? undefined : table.columns.find((column) => column.id === sort?.column)?.sortBy
  const rows = useMemo(
    () => (sort && sortBy ? sortRows(table.rows, sortBy, sort.direction, locale) : table.rows),
    [table.rows, sort, sortBy, locale],
  )
  return { rows, sort, onSort: table.onSort ?? setOwn }
}

/** A dense table for up to a few hundred rows. It scrolls in its own box, the header stays. */
export function Table<Row>(props: TableProps<Row>) {
  const { rows, sort, onSort } = useSorted(props)
  return (
    <section
      // scrolled by keyboard, so it takes the focus (axe: scrollable-region-focusable)
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label={props.label}
      className={cx(
        'min-h-0 overflow-auto rounded-[inherit] focus-visible:-outline-offset-2',
        props.className,
      )}
    >
      <table className={tableClass} aria-label={props.label}>
        <Head table={props} sort={sort} onSort={onSort} />
        <tbody className="[&>tr:last-child>*]:border-b-0">
          {rows.map((row) => (
            <BodyRow key={props.rowKey(row)} table={props} row={row} />
          ))}
        </tbody>
      </table>
      {rows.length === 0 && props.empty}
    </section>
  )
}
