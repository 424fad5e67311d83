import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { cx } from './cx.ts'
import { useSorted } from './table.tsx'
import { BodyRow, Head, tableClass, type TableProps } from './table-parts.tsx'

export interface VirtualTableProps<Row> extends TableProps<Row> {
  /** all rows that exist, when `rows` holds only those loaded so far */
  total?: number | undefined
  /** asked for when the end of `rows` comes near */
  onMore?: (() => void) | undefined
}

const rowRem = 2

/** The same table for thousands of rows: only those in sight exist. Give it a height. */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { rows, sort, onSort } = useSorted(props)
  const box = useRef<HTMLElement>(null)
  // the React Compiler, which could not memoize it, is not used here
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    // rows grow with the text size
    estimateSize: () => rowRem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
    overscan: 12,
  })
  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)
  const before = items[0]?.start ?? 0
  const after = last ? virtualizer.getTotalSize() - last.end : 0
  const isNearEnd = last !== undefined && last.index >= rows.length - 20

  const { onMore } = props
  useEffect(() => {
    if (isNearEnd) onMore?.()
  }, [isNearEnd, rows.length, onMore])

  const columns = props.columns.length + (props.onSelect ? 1 : 0)
  const gap = (height: number) =>
    height > 0 && (
      <tr aria-hidden>
        {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label */}
        <td colSpan={columns} style={{ height, padding: 0 }} />
      </tr>
    )
  return (
    <section
      ref={box}
      // scrolled by keyboard, so it takes the focus (axe: scrollable-region-focusable)
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label={props.label}
      className={cx(
        'min-h-0 overflow-auto rounded-[inherit] focus-visible:-outline-offset-2',
        props.className,
      )}
    >
      <table
        className={cx(tableClass, 'table-fixed')}
        aria-label={props.label}
        aria-rowcount={(props.total ?? rows.length) + 1}
      >
        <Head table={props} sort={sort} onSort={onSort} />
        <tbody className="[&_td]:truncate [&_th]:truncate">
          {gap(before)}
          {items.map((item) => {
            const row = rows[item.index]
            return row === undefined ? null : (
              <BodyRow key={props.rowKey(row)} table={props} row={row} rowIndex={item.index + 2} />
            )
          })}
          {gap(after)}
        </tbody>
      </table>
      {rows.length === 0 && props.empty}
    </section>
  )
}
