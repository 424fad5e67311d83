import { Ban, Check, Copy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ImportPreview } from '../../../shared/crm-api/imports.ts'
import { cx } from '../../ui/cx.ts'
import { Select } from '../../ui/select.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { fieldsFor, type MappedField } from './mapping.ts'

type Row = ImportPreview['rows'][number]

/** A field's name; a column of the campaign's own is called by its header. */
export function useFieldName(): (field: MappedField) => string {
  const { t } = useTranslation()
  return (field) =>
    field.startsWith('custom:')
      ? t('imports.ownField', { name: field.slice('custom:'.length) })
      : t(`imports.fields.${field}`)
}

const cellLine = 'border-b border-line px-2.5 align-top'

/** Fields over the headers, and ten real rows: the text of the file, under it how it was understood. */
export function MappingTable({
  preview,
  isReading,
  onField,
}: {
  preview: ImportPreview
  isReading: boolean
  onField: (column: number, field: MappedField) => void
}) {
  const { t } = useTranslation()
  const { number } = useFormat()
  const fieldName = useFieldName()
  const columns = preview.mapping.map((field, column) => ({
    field,
    column,
    header: preview.headers[column] ?? '',
  }))
  // what is about the row as a whole is said at the number to call
  const anchor = Math.max(0, preview.mapping.indexOf('phone1'))
  return (
    <div
      // scrolled by keyboard, so it takes the focus (axe: scrollable-region-focusable)
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="group"
      aria-label={t('imports.rows')}
      className="min-h-0 flex-1 overflow-auto focus-visible:-outline-offset-2"
    >
      <table
        aria-label={t('imports.rows')}
        aria-busy={isReading}
        className="w-full border-separate border-spacing-0"
      >
        <thead className="sticky top-0 z-1 bg-surface">
          <tr>
            <th className={cellLine} scope="col">
              <span className="sr-only">{t('imports.mapping')}</span>
            </th>
            {columns.map(({ field, column, header }) => (
              <th key={column} scope="col" className={cx(cellLine, 'py-2 text-start font-normal')}>
                <Select
                  label={t('imports.fieldOf', { header: header || number(column + 1) })}
                  hideLabel
                  className="w-38"
                  options={fieldsFor(preview.headers, column).map((id) => ({ id, label: fieldName(id) }))}
                  value={field}
                  onChange={(id) => onField(column, id)}
                />
              </th>
            ))}
          </tr>
          <tr>
            <th scope="col" className={cx(cellLine, 'py-1.5 text-end text-small font-semibold text-ink-3')}>
              {t('imports.line')}
            </th>
            {columns.map(({ column, header, field }) => (
              <th
                key={column}
                scope="col"
                className={cx(
                  cellLine,
                  'py-1.5 text-start text-small font-semibold whitespace-nowrap text-ink-3',
                  field === 'ignore' && 'line-through',
                )}
              >
                {header || t('imports.column', { n: number(column + 1) })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.map((row) => (
            <tr key={row.line} className="hover:bg-hover">
              <th
                scope="row"
                className={cx(cellLine, 'py-1 text-end font-normal whitespace-nowrap text-ink-3')}
              >
                <Verdict row={row} /> {number(row.line)}
              </th>
              {columns.map(({ column, field }) => (
                <td key={column} className={cx(cellLine, 'h-10 py-0.5', field === 'ignore' && 'opacity-60')}>
                  <Cell row={row} column={column} field={field} isAnchor={column === anchor} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const verdicts = {
  load: { icon: Check, tone: 'text-ready' },
  duplicate: { icon: Copy, tone: 'text-ring' },
  reject: { icon: Ban, tone: 'text-missed' },
} as const

function Verdict({ row }: { row: Row }) {
  const { t } = useTranslation()
  const { icon: IconPart, tone } = verdicts[row.verdict]
  return (
    <>
      <IconPart className={cx('inline size-3.5', tone)} aria-hidden />
      <span className="sr-only">{t(`imports.verdicts.${row.verdict}`)}</span>
    </>
  )
}

function Cell({
  row,
  column,
  field,
  isAnchor,
}: {
  row: Row
  column: number
  field: MappedField
  isAnchor: boolean
}) {
  const { t } = useTranslation()
  const { isoDate } = useFormat()
  const raw = row.cells[column] ?? ''
  const understood = row.read[column] ?? null
  const read = understood !== null && field === 'birthDate' ? isoDate(understood) : understood
  const problem = row.problems.find((one) => one.column === column || (isAnchor && one.column === null))
  const isBad = problem !== undefined && row.verdict === 'reject'
  return (
    <>
      <span
        className={cx(
          'block max-w-56 truncate',
          raw === '' && !problem && 'text-ink-3',
          problem && 'w-fit rounded-key px-1.25',
          problem && (isBad ? 'bg-missed-weak text-missed' : 'bg-ring-weak text-ring'),
        )}
        title={raw}
      >
        {raw === '' ? t('imports.empty') : raw}
      </span>
      {problem ? (
        <span className="block max-w-56 text-small text-ink-2">
          {t([`imports.problems.${problem.code}`, 'imports.problems.other'], { value: problem.value })}
        </span>
      ) : (
        read !== null &&
        read !== raw && <span className="block max-w-56 truncate text-small text-ink-3">{read}</span>
      )}
    </>
  )
}
