import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'
import { Checkbox } from './checkbox.tsx'
import { cx } from './cx.ts'
import { nextSort, type Sort, type SortValue } from './sort.ts'
import { useWords } from './words.tsx'

export interface Column<Row> {
  id: string
  header: string
  cell: (row: Row) => ReactNode
  /** makes the header a button; the value is compared when the table sorts by itself */
  sortBy?: ((row: Row) => SortValue) | undefined
  align?: 'start' | 'end' | undefined
  /** a CSS width; in VirtualTable every column but one should have it */
  width?: string | undefined
  /** the cell that names the row for screen readers */
  isRowHeader?: boolean | undefined
  /** actions: the header is only read aloud */
  hideHeader?: boolean | undefined
}

export type RowTone = 'missed' | 'ring' | 'accent'

export interface TableProps<Row> {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** given together: the caller sorts; neither: the table sorts by itself, from `initialSort` */
  sort?: Sort | undefined
  onSort?: ((sort: Sort) => void) | undefined
  initialSort?: Sort | undefined
  rowTone?: ((row: Row) => RowTone | undefined) | undefined
  /** opens a row: a click anywhere in it, or the name as a button */
  onOpen?: ((row: Row) => void) | undefined
  selected?: ReadonlySet<string> | undefined
  onSelect?: ((selected: ReadonlySet<string>) => void) | undefined
  /** shown instead of rows */
  empty?: ReactNode
  className?: string | undefined
}

const tones: Readonly<Record<RowTone, string>> = {
  missed: 'bg-missed-weak',
  ring: 'bg-ring-weak',
  accent: 'bg-accent-weak',
}

export const tableClass = 'w-full border-separate border-spacing-0'
const cellLine = 'border-b border-line'

interface HeadProps<Row> {
  table: TableProps<Row>
  sort: Sort | undefined
  onSort: (sort: Sort) => void
}

export function Head<Row>({ table, sort, onSort }: HeadProps<Row>) {
  const words = useWords()
  const keys = table.rows.map(table.rowKey)
  const count = keys.filter((key) => table.selected?.has(key)).length
  return (
    <thead>
      <tr>
        {table.onSelect && (
          <th scope="col" className={cx('sticky top-0 z-1 w-9 bg-surface ps-3', cellLine)}>
            <Checkbox
              label={words.selectAll}
              isSelected={count > 0 && count === keys.length}
              isIndeterminate={count > 0 && count < keys.length}
              onChange={(all) => table.onSelect?.(new Set(all ? keys : []))}
            />
          </th>
        )}
        {table.columns.map((column) => {
          const isSorted = sort?.column === column.id
          const Mark = !isSorted ? ChevronsUpDown : sort.direction === 'ascending' ? ArrowUp : ArrowDown
          return (
            <th
              key={column.id}
              scope="col"
              style={{ width: column.width }}
              className={cx(
                'sticky top-0 z-1 bg-surface px-3 py-1.5 text-small font-semibold whitespace-nowrap text-ink-3',
                column.align === 'end' ? 'text-end' : 'text-start',
                cellLine,
              )}
              {...(column.sortBy && { 'aria-sort': isSorted ? sort.direction : ('none' as const) })}
            >
              {column.sortBy ? (
                <button
                  type="button"
                  className={cx(
                    'group -mx-1.5 inline-flex min-h-6 cursor-default items-center gap-1 rounded-key px-1.5 font-semibold',
                    'hover:bg-hover hover:text-ink aria-pressed:text-ink',
                    column.align === 'end' && 'flex-row-reverse',
                  )}
                  aria-pressed={isSorted}
                  onClick={() => onSort(nextSort(sort, column.id))}
                >
                  {column.header}
                  <Mark
                    aria-hidden
                    className={cx(
                      'size-3.5',
                      !isSorted && 'opacity-0 group-hover:opacity-60 group-focus-visible:opacity-60',
                    )}
                  />
                </button>
              ) : (
                <span className={column.hideHeader ? 'sr-only' : ''}>{column.header}</span>
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

const isControl = (event: MouseEvent) =>
  event.target instanceof Element && event.target.closest('button, a, input, label, [role="button"]') !== null

export function BodyRow<Row>({
  table,
  row,
  rowIndex,
}: {
  table: TableProps<Row>
  row: Row
  rowIndex?: number | undefined
}) {
  const words = useWords()
  const key = table.rowKey(row)
  const isSelected = table.selected?.has(key) ?? false
  const tone = isSelected ? 'accent' : table.rowTone?.(row)
  const open = table.onOpen
  return (
    <tr
      className={cx('group/row', tone ? tones[tone] : 'hover:bg-hover')}
      {...(rowIndex !== undefined && { 'aria-rowindex': rowIndex })}
      // for the pointer only: the keyboard has the button in the row's header
      {...(open && { onClick: (event: MouseEvent) => !isControl(event) && open(row) })}
    >
      {table.onSelect && (
        <td className={cx('h-8 ps-3', cellLine)}>
          <Checkbox
            label={`${words.selectRow} ${key}`}
            isSelected={isSelected}
            onChange={(on) => {
              const next = new Set(table.selected)
              if (on) next.add(key)
              else next.delete(key)
              table.onSelect?.(next)
            }}
          />
        </td>
      )}
      {table.columns.map((column) => {
        const Cell = column.isRowHeader ? 'th' : 'td'
        return (
          <Cell
            key={column.id}
            {...(column.isRowHeader && { scope: 'row' as const })}
            className={cx(
              'h-8 px-3 whitespace-nowrap',
              column.align === 'end' ? 'text-end tabular-nums' : 'text-start',
              column.isRowHeader ? 'font-semibold' : 'font-normal',
              cellLine,
            )}
          >
            {open && column.isRowHeader ? (
              <button
                type="button"
                className="min-h-6 cursor-default rounded-key text-start font-semibold hover:underline"
                onClick={() => open(row)}
              >
                {column.cell(row)}
              </button>
            ) : (
              column.cell(row)
            )}
          </Cell>
        )
      })}
    </tr>
  )
}
