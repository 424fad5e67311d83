import { FileClock, Undo2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useAction, useCrm } from '../../client/crm.ts'
import { navigate } from '../../client/route.ts'
import { EmptyState } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Card, CardHead } from '../../ui/card.tsx'
import { Problem } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/progress.tsx'
import { Table } from '../../ui/table.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { JobState } from './job-state.tsx'
import type { Job } from './job-view.tsx'
import type { Campaigns } from './preview-view.tsx'

/** Earlier imports, newest first; what nobody has called yet can still be taken back. */
export function Earlier({ campaigns }: { campaigns: Campaigns }) {
  const { t } = useTranslation()
  const { number, dateTime } = useFormat()
  const list = useCrm('imports', (crm) => crm.imports.list({}))
  const action = useAction()
  const undo = async (id: string) => {
    await action.run(id, (crm) => crm.imports.undo({ params: { id } }))
    list.reload()
  }
  const count = (id: 'loaded' | 'duplicates' | 'rejected'): Column<Job> => ({
    id,
    header: t(`imports.columns.${id}`),
    align: 'end',
    cell: (job) => number(job.counts[id]),
    sortBy: (job) => job.counts[id],
  })
  const columns: readonly Column<Job>[] = [
    {
      id: 'file',
      header: t('imports.columns.file'),
      isRowHeader: true,
      cell: (job) => job.fileName,
      sortBy: (job) => job.fileName,
    },
    { id: 'state', header: t('imports.columns.state'), cell: (job) => <JobState state={job.state} /> },
    {
      id: 'when',
      header: t('imports.columns.when'),
      cell: (job) => dateTime(job.createdAt),
      sortBy: (job) => job.createdAt,
    },
    {
      id: 'by',
      header: t('imports.columns.by'),
      cell: (job) => <span className="text-ink-2">{job.startedBy}</span>,
    },
    {
      id: 'campaign',
      header: t('imports.columns.campaign'),
      cell: (job) => (
        <span className="text-ink-2">
          {campaigns.find(({ id }) => id === job.campaign)?.description ?? '–'}
        </span>
      ),
    },
    count('loaded'),
    count('duplicates'),
    count('rejected'),
    {
      id: 'undo',
      header: t('imports.undo'),
      hideHeader: true,
      align: 'end',
      cell: (job) =>
        job.undoable && (
          <Button
            size="small"
            variant="quiet"
            icon={Undo2}
            aria-label={t('imports.undoNamed', { file: job.fileName })}
            isPending={action.pending === job.id}
            onPress={() => void undo(job.id)}
          >
            {t('imports.undo')}
          </Button>
        ),
    },
  ]
  return (
    <Card className="overflow-hidden">
      <CardHead title={t('imports.earlier')} />
      {(action.error ?? list.error) && (
        <Problem error={(action.error ?? list.error)!} onRetry={list.reload} className="m-3" />
      )}
      {list.value === undefined ? (
        !list.error && (
          <div className="p-4">
            <Skeleton label={t('imports.loading')} />
          </div>
        )
      ) : (
        <Table
          label={t('imports.earlier')}
          columns={columns}
          rows={list.value}
          rowKey={(job) => job.id}
          onOpen={(job) => navigate(['imports', 'job', job.id])}
          empty={
            <EmptyState icon={FileClock} title={t('imports.noEarlier')}>
              {t('imports.noEarlierDo')}
            </EmptyState>
          }
        />
      )}
    </Card>
  )
}
