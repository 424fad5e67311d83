import { Upload } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { CampaignSummary } from '../../../shared/crm-api/campaigns.ts'
import type { FileFormat, ImportPreview, Mapping } from '../../../shared/crm-api/imports.ts'
import type { CampaignId } from '../../../shared/std/ids.ts'
import { useAction } from '../../client/crm.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Problem } from '../../ui/problem.tsx'
import { Select } from '../../ui/select.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { FileCard } from './file-card.tsx'
import { assign, missingFields, sampleCounts } from './mapping.ts'
import { MappingTable } from './mapping-table.tsx'

export type Campaigns = readonly z.infer<typeof CampaignSummary>[]

const nowhere = 'none'

/** The file as it reads: format on top, fields over their columns, ten rows, and what comes of it at the bottom. */
export function PreviewView({
  first,
  campaigns,
  campaign,
  onAnother,
  onStarted,
}: {
  first: ImportPreview
  campaigns: Campaigns
  /** the one to load into, where the person came from */
  campaign: string | null
  onAnother: () => void
  onStarted: (job: string) => void
}) {
  const { t } = useTranslation()
  const action = useAction()
  const [preview, setPreview] = useState(first)
  const [into, setInto] = useState(campaign ?? nowhere)
  const isReading = action.pending === 'preview'

  const read = async (format: FileFormat, mapping: Mapping | null) => {
    // what was chosen shows at once; how it reads follows
    if (mapping) setPreview((old) => ({ ...old, mapping }))
    const fresh = await action.run('preview', (crm) =>
      crm.imports.preview({ params: { id: first.id }, body: { format, mapping } }),
    )
    if (fresh) setPreview(fresh)
  }
  const start = async () => {
    const { format, mapping } = preview
    const job = await action.run('start', (crm) =>
      crm.imports.start({
        params: { id: first.id },
        body: { format, mapping, campaign: into === nowhere ? null : (into as CampaignId) },
      }),
    )
    if (job) onStarted(job.id)
  }
  return (
    <div className="flex h-full min-h-120 flex-col gap-3 p-3.5">
      <FileCard
        preview={preview}
        isReading={isReading}
        onFormat={(format) => void read(format, null)}
        onAnother={onAnother}
      />
      {action.error && <Problem error={action.error} />}
      <Card className="flex min-h-60 flex-1 flex-col overflow-hidden">
        <MappingTable
          preview={preview}
          isReading={isReading}
          onField={(column, field) =>
            void read(preview.format, assign(preview.mapping, column, field, preview.headers))
          }
        />
      </Card>
      <Card label={t('imports.load')} className="flex flex-wrap items-center gap-x-7 gap-y-3 px-4 py-3">
        <Counts preview={preview} />
        <Select
          label={t('imports.into')}
          className="w-68"
          options={[
            { id: nowhere, label: t('imports.noCampaign') },
            ...campaigns
              .filter(({ state }) => state !== 'closed')
              .map(({ id, description, state }) => ({
                id,
                label: description,
                hint: t(`campaigns.states.${state}`),
              })),
          ]}
          value={into}
          onChange={setInto}
        />
        <StartButton preview={preview} isPending={action.pending === 'start'} onStart={() => void start()} />
      </Card>
    </div>
  )
}

function Counts({ preview }: { preview: ImportPreview }) {
  const { t } = useTranslation()
  const { number } = useFormat()
  const { load, duplicate, reject } = sampleCounts(preview.rows)
  const missing = missingFields(preview.mapping)
  const figure = (count: number, key: 'load' | 'duplicate' | 'reject', tone: string) => (
    <span>
      <b className={`block text-name font-semibold ${tone}`}>{number(count)}</b>
      {t(`imports.sample.${key}`, { count })}
    </span>
  )
  return (
    <div className="flex min-w-60 flex-1 flex-wrap items-center gap-x-7 gap-y-2">
      <span>
        <b className="block text-name font-semibold">{number(preview.rowCount)}</b>
        {t('imports.rowsInFile', { count: preview.rowCount })}
      </span>
      {figure(load, 'load', 'text-ready')}
      {figure(duplicate, 'duplicate', 'text-ring')}
      {figure(reject, 'reject', 'text-missed')}
      <p className="min-w-48 flex-1 text-ink-2">
        {missing.length > 0 ? (
          <span role="status" className="text-danger">
            {missing.map((what) => t(`imports.missing.${what}`)).join(' ')}
          </span>
        ) : (
          t('imports.undoNote', { n: number(preview.rows.length) })
        )}
      </p>
    </div>
  )
}

function StartButton({
  preview,
  isPending,
  onStart,
}: {
  preview: ImportPreview
  isPending: boolean
  onStart: () => void
}) {
  const { t } = useTranslation()
  const { number } = useFormat()
  const isBlocked = missingFields(preview.mapping).length > 0 || preview.rowCount === 0
  return (
    <Button
      variant="primary"
      size="big"
      icon={Upload}
      isDisabled={isBlocked}
      isPending={isPending}
      onPress={onStart}
    >
      {t('imports.start', { count: preview.rowCount, n: number(preview.rowCount) })}
    </Button>
  )
}
