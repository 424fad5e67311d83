import { AudioLines, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Recording } from '../../../shared/crm-api/recordings.ts'
import { useAction } from '../../client/crm.ts'
import { navigate, useRoute } from '../../client/route.ts'
import { EmptyState } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Card, CardHead, KeyValueList } from '../../ui/card.tsx'
import { Tag } from '../../ui/chip.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { durationText } from '../../ui/format.ts'
import { PageBar } from '../../ui/page-bar.tsx'
import { Problem } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/progress.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import type { StateTone } from '../../ui/tone.ts'
import { TextField } from '../../ui/text-field.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { VirtualTable } from '../../ui/virtual-table.tsx'
import { Player } from './player.tsx'
import { useRecordings } from './use-recordings.ts'

const tones: Readonly<Record<Recording['state'], StateTone>> = {
  recording: 'talk',
  ended: 'hold',
  stored: 'ready',
  missing: 'missed',
  'not-recorded': 'missed',
  deleted: 'off',
}

/** For supervisors: every recording, one of them open. */
export function RecordingsPage() {
  const { t } = useTranslation()
  const { number } = useFormat()
  const [asked] = useRoute().rest
  const [search, setSearch] = useState('')
  const { loaded, error, more, reload, retry } = useRecordings(search.trim())
  const columns = useColumns()
  const open = loaded?.items.find(({ id }) => id === asked) ?? null
  return (
    <>
      <PageBar title={t('recordings.title')}>
        {loaded && t('recordings.count', { count: loaded.total, n: number(loaded.total) })}
      </PageBar>
      <div className="flex flex-col gap-2.5 p-2.5">
        {error && <Problem error={error} onRetry={retry} />}
        {open && <OpenRecording key={open.id} recording={open} onGone={reload} />}
        <Card label={t('recordings.title')} className="overflow-hidden">
          <div className="border-b border-line px-3.5 py-2.5">
            <TextField
              label={t('recordings.search')}
              hideLabel
              placeholder={t('recordings.search')}
              className="max-w-80"
              maxLength={80}
              value={search}
              onChange={setSearch}
            />
          </div>
          {loaded === null ? (
            !error && (
              <div className="p-4">
                <Skeleton lines={6} label={t('recordings.loading')} />
              </div>
            )
          ) : (
            <VirtualTable
              label={t('recordings.title')}
              className={
                open ? 'h-[max(16rem,calc(100dvh-20.75rem))]' : 'h-[max(18rem,calc(100dvh-8.25rem))]'
              }
              columns={columns}
              rows={loaded.items}
              rowKey={({ id }) => id}
              rowTone={({ id }) => (id === asked ? 'accent' : undefined)}
              onOpen={({ id }) => navigate(['recordings', id])}
              total={loaded.total}
              onMore={more}
              empty={
                search.trim() === '' ? (
                  <EmptyState icon={AudioLines} title={t('recordings.none')}>
                    {t('recordings.noneDo')}
                  </EmptyState>
                ) : (
                  <p className="px-3.5 py-3 text-ink-2">{t('recordings.noneFound')}</p>
                )
              }
            />
          )}
        </Card>
      </div>
    </>
  )
}

function OpenRecording({ recording, onGone }: { recording: Recording; onGone: () => void }) {
  const { t } = useTranslation()
  const { dateTime, date } = useFormat()
  const [isAsking, setAsking] = useState(false)
  const action = useAction()
  const { id, contact, operator, campaign, startedAt, keptUntil, state } = recording
  const remove = async () => {
    const done = await action.run('remove', (crm) => crm.recordings.remove({ params: { id } }))
    setAsking(false)
    if (done === undefined) return
    navigate(['recordings'], { replace: true })
    onGone()
  }
  return (
    <Card label={t('recordings.open')}>
      <CardHead
        title={contact.name}
        actions={
          state === 'stored' && (
            <Button size="small" icon={Trash2} onPress={() => setAsking(true)}>
              {t('recordings.remove')}
            </Button>
          )
        }
      >
        {dateTime(startedAt)}
      </CardHead>
      <div className="grid gap-x-6 gap-y-2 px-3.5 py-3 md:grid-cols-[minmax(0,1fr)_minmax(14rem,max-content)]">
        <Player id={id} bars={200} />
        <KeyValueList
          items={[
            { key: t('recordings.columns.operator'), value: operator.name },
            { key: t('recordings.columns.campaign'), value: campaign.description },
            ...(keptUntil === null
              ? []
              : [{ key: t('recordings.columns.keptUntil'), value: date(keptUntil) }]),
          ]}
        />
      </div>
      {action.error && <Problem error={action.error} className="mx-3.5 mb-3" />}
      <ConfirmDialog
        title={t('recordings.removeTitle')}
        confirm={t('recordings.removeConfirm', { name: contact.name })}
        isOpen={isAsking}
        isPending={action.pending !== null}
        onConfirm={() => void remove()}
        onClose={() => setAsking(false)}
      >
        {t('recordings.removeWhat')}
      </ConfirmDialog>
    </Card>
  )
}

function useColumns(): readonly Column<Recording>[] {
  const { t } = useTranslation()
  const { dateTime, date } = useFormat()
  return [
    {
      id: 'contact',
      header: t('recordings.columns.contact'),
      isRowHeader: true,
      cell: ({ contact }) => contact.name,
    },
    {
      id: 'when',
      header: t('recordings.columns.when'),
      width: '9.5rem',
      cell: ({ startedAt }) => dateTime(startedAt),
    },
    {
      id: 'lasts',
      header: t('recordings.columns.lasts'),
      width: '5.5rem',
      align: 'end',
      cell: ({ durationMs }) => (durationMs === null ? '–' : durationText(durationMs)),
    },
    {
      id: 'operator',
      header: t('recordings.columns.operator'),
      width: '11rem',
      cell: ({ operator }) => operator.name,
    },
    {
      id: 'campaign',
      header: t('recordings.columns.campaign'),
      width: '13rem',
      cell: ({ campaign }) => campaign.description,
    },
    {
      id: 'state',
      header: t('recordings.columns.state'),
      width: '9.5rem',
      cell: ({ state }) => <Tag tone={tones[state]}>{t(`recordings.states.${state}`)}</Tag>,
    },
    {
      id: 'keptUntil',
      header: t('recordings.columns.keptUntil'),
      width: '8rem',
      cell: ({ keptUntil }) => (keptUntil === null ? '–' : date(keptUntil)),
    },
  ]
}
