import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { RejectedRow } from '../../../shared/crm-api/imports.ts'
import { useCrm } from '../../client/crm.ts'
import { Tag } from '../../ui/chip.tsx'
import { Problem } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/progress.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { VirtualTable } from '../../ui/virtual-table.tsx'

type Row = z.infer<typeof RejectedRow>

/** The rows that were not loaded, each with its reason; the server sends the first thousand, the file has all. */
export function RejectedRows({ id }: { id: string }) {
  const { t } = useTranslation()
  const { number } = useFormat()
  const rows = useCrm(`rejected ${id}`, (crm) => crm.imports.rejected({ params: { id } }))
  if (rows.error) return <Problem error={rows.error} onRetry={rows.reload} className="m-3" />
  if (!rows.value) {
    return (
      <div className="p-4">
        <Skeleton label={t('imports.loading')} />
      </div>
    )
  }
  const reasons = (row: Row) =>
    row.problems
      .map(({ code, value }) => t([`imports.problems.${code}`, 'imports.problems.other'], { value }))
      .join('; ')
  const columns: readonly Column<Row>[] = [
    {
      id: 'line',
      header: t('imports.line'),
      align: 'end',
      width: '5rem',
      isRowHeader: true,
      cell: (row) => number(row.line),
      sortBy: (row) => row.line,
    },
    {
      id: 'verdict',
      header: t('imports.verdict'),
      width: '8rem',
      cell: (row) => (
        <Tag tone={row.verdict === 'reject' ? 'missed' : 'ring'}>{t(`imports.verdicts.${row.verdict}`)}</Tag>
      ),
      sortBy: (row) => row.verdict,
    },
    { id: 'reason', header: t('imports.reason'), width: '24rem', cell: reasons, sortBy: reasons },
    {
      id: 'cells',
      header: t('imports.cells'),
      cell: (row) => (
        <span className="text-ink-2">{row.cells.filter((cell) => cell !== '').join(' · ')}</span>
      ),
    },
  ]
  return (
    <VirtualTable
      label={t('imports.rejectedTitle')}
      className="h-[max(16rem,calc(100dvh-19rem))]"
      columns={columns}
      rows={rows.value}
      rowKey={(row) => String(row.line)}
    />
  )
}
