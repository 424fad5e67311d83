import { Download, FileSpreadsheet, Image as ImageIcon, Table as TableIcon } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useLocale } from 'react-aria-components'
import { IconButton } from '../icon-button.tsx'
import { Menu } from '../menu.tsx'
import { Table } from '../table.tsx'
import { useFormat } from '../use-format.ts'
import { useWords } from '../words.tsx'
import { toCsv } from './csv.ts'

export interface ChartTable {
  header: readonly string[]
  rows: readonly (readonly (string | number | null)[])[]
}

function download(name: string, blob: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

export interface ChartFrameProps {
  title: string
  table: ChartTable
  children: ReactNode
  /** how a number reads in the table */
  format?: ((value: number) => string) | undefined
  /** the picture, where the chart can make one */
  image?: (() => Promise<Blob | null>) | undefined
}

/** A chart with the same figures as a table behind it and as files. */
export function ChartFrame({ title, table, children, format, image }: ChartFrameProps) {
  const words = useWords()
  const { locale } = useLocale()
  const { number } = useFormat()
  const [isTable, setIsTable] = useState(false)
  const write = (value: string | number | null | undefined) =>
    typeof value === 'number' ? (format ?? number)(value) : (value ?? '–')
  const act = (id: string) => {
    if (id === 'table') setIsTable((shown) => !shown)
    // the mark at the start tells spreadsheets that the text is UTF-8
    if (id === 'csv')
      download(
        `${title}.csv`,
        new Blob([`\ufeff${toCsv(table.header, table.rows, locale)}`], { type: 'text/csv' }),
      )
    if (id === 'image') void image?.().then((blob) => blob && download(`${title}.png`, blob))
  }
  return (
    <figure className="relative min-w-0">
      <figcaption className="flex items-center justify-between gap-2 text-compact font-semibold">
        {title}
        <Menu
          label={`${words.actions}: ${title}`}
          onAction={act}
          items={[
            { id: 'table', label: isTable ? words.hideTable : words.showTable, icon: TableIcon },
            { id: 'csv', label: words.exportCsv, icon: FileSpreadsheet },
            ...(image && !isTable ? [{ id: 'image', label: words.exportImage, icon: ImageIcon }] : []),
          ]}
        >
          <IconButton label={`${words.actions}: ${title}`} icon={Download} size="small" />
        </Menu>
      </figcaption>
      {isTable ? (
        <Table<{ key: string; cells: ChartTable['rows'][number] }>
          label={title}
          className="max-h-72"
          rows={table.rows.map((cells, index) => ({ key: String(index), cells }))}
          rowKey={(row) => row.key}
          columns={table.header.map((header, index) => ({
            id: String(index),
            header,
            isRowHeader: index === 0,
            align: index === 0 ? ('start' as const) : ('end' as const),
            cell: (row) => write(row.cells[index]),
          }))}
        />
      ) : (
        children
      )}
    </figure>
  )
}
