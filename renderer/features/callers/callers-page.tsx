import { PhoneMissed } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { AbandonedCaller, WaitingCaller } from '../../../shared/crm-api/callers.ts'
import { pageClock } from '../../client/page-clock.ts'
import { EmptyState } from '../../ui/banner.tsx'
import { Card, CardHead } from '../../ui/card.tsx'
import { StateChip, Tag } from '../../ui/chip.tsx'
import { counted } from '../../ui/counted.ts'
import { PageBar } from '../../ui/page-bar.tsx'
import { Problem } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/progress.tsx'
import { Table } from '../../ui/table.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { Timer } from '../../ui/timer.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { useAbandoned, useWaiting } from './use-callers.ts'
import { callerName, numberText } from './words.ts'

/** For supervisors: who waits now, and whom nobody has called back yet. */
export function CallersPage() {
  const { t } = useTranslation()
  const { number } = useFormat()
  const abandoned = useAbandoned()
  const waiting = useWaiting()
  return (
    <>
      <PageBar title={t('callers.title')}>{abandoned.value && number(abandoned.value.total)}</PageBar>
      <div className="flex flex-col gap-3 p-3.5">
        {abandoned.error && <Problem error={abandoned.error} onRetry={abandoned.reload} />}
        <Card label={t('callers.queue')} className="flex flex-col">
          <CardHead title={t('callers.queue')} />
          {waiting.value && <Waiting list={waiting.value} />}
        </Card>
        <Card label={t('callers.title')} className="flex min-h-0 flex-col">
          <CardHead title={t('callers.title')} />
          {abandoned.value ? (
            <Abandoned list={abandoned.value.items} />
          ) : (
            !abandoned.error && (
              <div className="p-4">
                <Skeleton label={t('callers.loading')} />
              </div>
            )
          )}
        </Card>
      </div>
    </>
  )
}

function Waiting({ list }: { list: readonly WaitingCaller[] }) {
  const { t } = useTranslation()
  if (list.length === 0) return <p className="px-3.5 py-3 text-ink-2">{t('callers.nobodyWaiting')}</p>
  return (
    <ul className="flex flex-col px-3.5 py-1.5">
      {list.map((caller) => (
        <li key={caller.id} className="flex min-h-8 flex-wrap items-center gap-x-3">
          <StateChip tone="ring" size="small" isCalm detail={<Timer since={caller.cameAt} />}>
            {t('callers.since')}
          </StateChip>
          <span className="font-medium">{callerName(caller, t)}</span>
          {caller.number !== null && <span className="tabular-nums">{numberText(caller.number)}</span>}
          <span className="flex-1 text-ink-2">{caller.campaign.description}</span>
          {caller.ringing !== null && (
            <span className="text-ink-2">{t('callers.ringsAt', { name: caller.ringing })}</span>
          )}
        </li>
      ))}
    </ul>
  )
}

function Abandoned({ list }: { list: readonly AbandonedCaller[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const columns: readonly Column<AbandonedCaller>[] = [
    {
      id: 'who',
      header: t('callers.columns.who'),
      isRowHeader: true,
      cell: (caller) => callerName(caller, t),
      sortBy: (caller) => callerName(caller, t),
    },
    {
      id: 'number',
      header: t('callers.columns.number'),
      cell: ({ number }) => (number === null ? '–' : numberText(number)),
    },
    {
      id: 'campaign',
      header: t('callers.columns.campaign'),
      cell: ({ campaign }) => campaign.description,
      sortBy: ({ campaign }) => campaign.description,
    },
    {
      id: 'gone',
      header: t('callers.columns.gone'),
      cell: ({ goneAt }) => format.when(goneAt, pageClock.now()),
      sortBy: ({ goneAt }) => goneAt,
    },
    { id: 'why', header: t('callers.columns.why'), cell: ({ reason }) => t(`callers.gone.${reason}`) },
    {
      id: 'times',
      header: t('callers.columns.times'),
      cell: ({ times }) => t('callers.times', counted(times, format.number)),
      sortBy: ({ times }) => times,
    },
    {
      id: 'now',
      header: t('callers.columns.now'),
      cell: ({ callBack }) =>
        callBack ? (
          <Tag tone="talk">{callBack.name}</Tag>
        ) : (
          <span className="text-ink-2">{t('callers.open')}</span>
        ),
    },
  ]
  return (
    <Table
      label={t('callers.title')}
      columns={columns}
      rows={list}
      rowKey={({ id }) => id}
      empty={
        <EmptyState icon={PhoneMissed} title={t('callers.none')}>
          {t('callers.noneMeans')}
        </EmptyState>
      }
    />
  )
}
