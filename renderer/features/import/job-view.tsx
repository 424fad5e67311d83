import { CircleCheck, CircleX, Download, Undo2 } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { ImportJob } from '../../../shared/crm-api/imports.ts'
import { AppError, isErrorCode } from '../../../shared/std/errors.ts'
import { useAction, useCrm } from '../../client/crm.ts'
import { rejectedRowsUrl } from '../../client/files.ts'
import { navigate } from '../../client/route.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { Card, Heading } from '../../ui/card.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Problem } from '../../ui/problem.tsx'
import { Progress, Skeleton } from '../../ui/progress.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { JobState } from './job-state.tsx'
import type { Campaigns } from './preview-view.tsx'
import { RejectedRows } from './rejected-rows.tsx'

export type Job = z.infer<typeof ImportJob>

const isGoing = (job: Job | undefined) => job?.state === 'waiting' || job?.state === 'running'
const pollMs = 700

/** One import: how far it is, then what came of it. */
export function JobView({
  id,
  campaigns,
  onAnother,
}: {
  id: string
  campaigns: Campaigns
  onAnother: () => void
}) {
  const { t } = useTranslation()
  const announce = useAnnounce()
  const going = useRef(true)
  const loaded = useCrm(`import ${id}`, (crm) => crm.imports.get({ params: { id } }), {
    everyMs: going.current ? pollMs : undefined,
  })
  const action = useAction()
  const job = loaded.value
  const state = job?.state
  going.current = job === undefined || isGoing(job)
  const was = useRef(state)
  useEffect(() => {
    if (state === 'done' && was.current !== undefined && was.current !== 'done') announce(t('imports.done'))
    was.current = state
  }, [state, announce, t])

  const undo = async () => {
    const taken = await action.run('undo', (crm) => crm.imports.undo({ params: { id } }))
    if (taken) loaded.reload()
  }
  if (!job) {
    return (
      <div className="p-3.5">
        {loaded.error ? (
          <Problem error={loaded.error} onRetry={loaded.reload} />
        ) : (
          <Card className="p-4">
            <Skeleton label={t('imports.loading')} />
          </Card>
        )}
      </div>
    )
  }
  const campaign = campaigns.find((one) => one.id === job.campaign)
  return (
    <div className="flex flex-col gap-3 p-3.5">
      {action.error && <Problem error={action.error} />}
      <Card label={t('imports.result')}>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-3">
          <Heading>{job.fileName}</Heading>
          <JobState state={job.state} />
          <span className="min-w-40 flex-1 text-ink-2">
            {campaign && t('imports.intoCampaign', { campaign: campaign.description })}
          </span>
          {job.undoable && (
            <Button
              icon={Undo2}
              isDisabled={job.state !== 'done'}
              isPending={action.pending === 'undo'}
              onPress={() => void undo()}
            >
              {t('imports.undo')}
            </Button>
          )}
          {campaign && job.state === 'done' && (
            <Button onPress={() => navigate(['campaigns', campaign.id, 'records'])}>
              {t('imports.toCampaign')}
            </Button>
          )}
          <Button variant="primary" isDisabled={isGoing(job)} onPress={onAnother}>
            {t('imports.another')}
          </Button>
        </div>
        <JobBody job={job} />
      </Card>
      {job.state === 'done' && job.counts.rejected + job.counts.duplicates > 0 && (
        <Card className="overflow-hidden">
          <div className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-3">
            <div className="min-w-48 flex-1">
              <Heading>{t('imports.rejectedTitle')}</Heading>
              <p className="text-compact text-ink-2">{t('imports.rejectedAbout')}</p>
            </div>
            <LinkButton href={rejectedRowsUrl(job.id)} download icon={Download}>
              {t('imports.downloadRejected')}
            </LinkButton>
          </div>
          <RejectedRows id={job.id} />
        </Card>
      )}
    </div>
  )
}

function JobBody({ job }: { job: Job }) {
  const { t } = useTranslation()
  const { number } = useFormat()
  const { counts } = job
  if (isGoing(job)) {
    return (
      <div className="px-4 py-5">
        <Progress
          label={t(`imports.states.${job.state}`)}
          value={job.state === 'running' && job.rowCount > 0 ? counts.read / job.rowCount : null}
          text={t('imports.progress', { read: number(counts.read), total: number(job.rowCount) })}
        />
      </div>
    )
  }
  const Mark = job.state === 'done' ? CircleCheck : CircleX
  const figure = (count: number, key: 'loaded' | 'duplicates' | 'rejected', tone: string) => (
    <span>
      <b className={`block text-name font-semibold ${tone}`}>{number(count)}</b>
      {t(`imports.counts.${key}`, { count })}
    </span>
  )
  return (
    <div className="flex flex-wrap items-center gap-x-8 gap-y-3 px-4 py-4">
      <Mark
        className={job.state === 'done' ? 'size-7 text-ready' : 'size-7 text-off'}
        strokeWidth={1.7}
        aria-hidden
      />
      {figure(counts.loaded, 'loaded', 'text-ready')}
      {figure(counts.duplicates, 'duplicates', 'text-ring')}
      {figure(counts.rejected, 'rejected', 'text-missed')}
      <p className="min-w-60 flex-1 text-ink-2">
        {job.state === 'failed' ? (
          <Problem
            error={new AppError(isErrorCode(job.failure) ? job.failure : 'internal', job.failure ?? '')}
          />
        ) : (
          t(
            job.state === 'undone'
              ? 'imports.undoneNote'
              : job.undoable
                ? 'imports.undoNow'
                : 'imports.undoTooLate',
          )
        )}
      </p>
    </div>
  )
}
