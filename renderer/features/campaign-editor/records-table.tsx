import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { RecordRow } from '../../../shared/crm-api/campaigns.ts'
import { formatPhone } from '../../../shared/std/phone.ts'
import type { Language } from '../../../shared/text/keys.ts'
import { usePages } from '../../client/pages.ts'
import { pageClock } from '../../client/page-clock.ts'
import { Tag } from '../../ui/chip.tsx'
import { Problem } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/progress.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import type { StateTone } from '../../ui/tone.ts'
import { useFormat } from '../../ui/use-format.ts'
import { VirtualTable } from '../../ui/virtual-table.tsx'

type Row = z.infer<typeof RecordRow>

const tones: Readonly<Record<string, StateTone>> = {
  new: 'hold',
  retry: 'ring',
  callback: 'wrap',
  reserved: 'talk',
  working: 'talk',
  positive: 'ready',
  'do-not-call': 'missed',
}

/** Records of a campaign, a page at a time while the table is scrolled. */
export function RecordsTable({
  campaignId,
  status,
  total,
}: {
  campaignId: string
  status: string | null
  /** records in the campaign: when it changes, the list is read again */
  total: number
}) {
  const { t } = useTranslation()
  const columns = useRecordColumns()
  const { loaded, error, more, retry } = usePages(`${status ?? ''} ${total}`, (crm, page) =>
    crm.campaigns.records({
      params: { id: campaignId },
      query: { ...page, ...(status !== null && { status }) },
    }),
  )

  if (error && loaded === null) return <Problem error={error} onRetry={retry} className="m-3" />
  if (loaded === null) {
    return (
      <div className="p-4">
        <Skeleton lines={5} label={t('campaigns.loading')} />
      </div>
    )
  }
  return (
    <>
      {error && <Problem error={error} onRetry={retry} className="m-3" />}
      <VirtualTable
        label={t('campaigns.sections.records')}
        className="h-[max(18rem,calc(100dvh-27rem))] border-t border-line"
        columns={columns}
        rows={loaded.items}
        rowKey={(row) => row.id}
        total={loaded.total}
        onMore={more}
        empty={<p className="px-4 py-3 text-ink-2">{t('campaigns.recordsPage.noMatch')}</p>}
      />
    </>
  )
}

function useRecordColumns(): readonly Column<Row>[] {
  const { t, i18n } = useTranslation()
  const { number, when, dateTime } = useFormat()
  return useMemo(() => {
    const now = pageClock.now()
    const at = (instant: number | null) =>
      instant === null ? (
        '–'
      ) : (
        <span title={dateTime(instant)}>{instant > now ? dateTime(instant) : when(instant, now)}</span>
      )
    return [
      { id: 'name', header: t('campaigns.recordColumns.name'), isRowHeader: true, cell: (row) => row.name },
      {
        id: 'phone',
        header: t('campaigns.recordColumns.phone'),
        width: '8.5rem',
        cell: (row) => formatPhone(row.phone, 'IT'),
      },
      {
        id: 'status',
        header: t('campaigns.recordColumns.status'),
        width: '9rem',
        cell: (row) => (
          <Tag tone={tones[row.status] ?? 'off'}>{t(`campaigns.recordStates.${row.status}`)}</Tag>
        ),
      },
      { id: 'due', header: t('campaigns.recordColumns.due'), width: '9rem', cell: (row) => at(row.dueAt) },
      {
        id: 'attempts',
        header: t('campaigns.recordColumns.attempts'),
        width: '5.5rem',
        align: 'end',
        cell: (row) => number(row.attempts),
      },
      {
        id: 'outcome',
        header: t('campaigns.recordColumns.outcome'),
        width: '8.5rem',
        cell: (row) => row.lastOutcome?.[i18n.language as Language] ?? '–',
      },
      {
        id: 'last',
        header: t('campaigns.recordColumns.last'),
        width: '6.5rem',
        cell: (row) => at(row.lastAttemptAt),
      },
      {
        id: 'operator',
        header: t('campaigns.recordColumns.operator'),
        width: '8rem',
        cell: (row) => row.operator ?? '–',
      },
    ]
  }, [t, i18n.language, number, when, dateTime])
}
