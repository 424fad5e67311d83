import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { RecordRow } from '../../../shared/crm-api/campaigns.ts'
import type { AppError } from '../../../shared/std/errors.ts'
import { formatPhone } from '../../../shared/std/phone.ts'
import type { Language } from '../../../shared/text/keys.ts'
import { asAppError, useCrmClient } from '../../client/crm.ts'
import { pageClock } from '../../client/page-clock.ts'
import { Tag } from '../../ui/chip.tsx'
import { Problem } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/progress.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import type { StateTone } from '../../ui/tone.ts'
import { useFormat } from '../../ui/use-format.ts'
import { VirtualTable } from '../../ui/virtual-table.tsx'

type Row = z.infer<typeof RecordRow>
interface Loaded {
  rows: readonly Row[]
  next: string | null
  total: number
}

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
  const crm = useCrmClient()
  const columns = useRecordColumns()
  const [loaded, setLoaded] = useState<Loaded | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  const question = useRef(0)

  const read = useCallback(
    async (after: string | null) => {
      const mine = after === null ? ++question.current : question.current
      setError(null)
      try {
        const page = await crm.campaigns.records({
          params: { id: campaignId },
          query: { limit: 100, ...(after !== null && { after }), ...(status !== null && { status }) },
        })
        if (mine !== question.current) return
        setLoaded((before) => ({
          rows: after === null ? page.items : [...(before?.rows ?? []), ...page.items],
          next: page.next,
          total: page.total,
        }))
      } catch (caught) {
        if (mine === question.current) setError(asAppError(caught))
      }
    },
    [crm, campaignId, status],
  )
  useEffect(() => {
    setLoaded(null)
    void read(null)
  }, [read, total])

  const isAsking = useRef<string | null>(null)
  const next = loaded?.next ?? null
  const more = useCallback(() => {
    if (next === null || isAsking.current === next) return
    isAsking.current = next
    void read(next)
  }, [next, read])

  if (error && loaded === null)
    return <Problem error={error} onRetry={() => void read(null)} className="m-3" />
  if (loaded === null) {
    return (
      <div className="p-4">
        <Skeleton lines={5} label={t('campaigns.loading')} />
      </div>
    )
  }
  return (
    <>
      {error && <Problem error={error} onRetry={more} className="m-3" />}
      <VirtualTable
        label={t('campaigns.sections.records')}
        className="h-[max(18rem,calc(100dvh-27rem))] border-t border-line"
        columns={columns}
        rows={loaded.rows}
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
