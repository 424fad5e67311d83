import { FilePlus2, Inbox, Upload } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../../shared/crm-api/campaigns.ts'
import { navigate } from '../../client/route.ts'
import { EmptyState } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Figure } from '../../ui/card.tsx'
import { Select } from '../../ui/select.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { AddRecordsDialog } from './add-records-dialog.tsx'
import { RecordsTable } from './records-table.tsx'
import { Section } from './section.tsx'
import type { Editor } from './use-editor.ts'

const waiting = ['new', 'retry', 'callback'] as const
const statuses = [
  ...waiting,
  'reserved',
  'working',
  'positive',
  'negative',
  'wrong-number',
  'do-not-call',
  'attempts-used-up',
  'removed',
] as const

export function RecordsSection({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const { campaign } = editor
  if (campaign === null) {
    return (
      <Section title={t('campaigns.sections.records')}>
        <EmptyState icon={Inbox} title={t('campaigns.recordsPage.saveFirst')}>
          {t('campaigns.recordsPage.saveFirstDo')}
        </EmptyState>
      </Section>
    )
  }
  return <Records editor={editor} campaign={campaign} />
}

function Records({ editor, campaign }: { editor: Editor; campaign: Campaign }) {
  const { t } = useTranslation()
  const { number } = useFormat()
  const [isAdding, setAdding] = useState(false)
  const [status, setStatus] = useState('all')
  const [said, setSaid] = useState<string | null>(null)
  const { records } = campaign
  const isClosed = campaign.state === 'closed'
  const closed = Object.values(records.closed).reduce((sum, count) => sum + count, 0)
  const actions = (
    <>
      <Button icon={FilePlus2} isDisabled={isClosed} onPress={() => setAdding(true)}>
        {t('campaigns.recordsPage.add')}
      </Button>
      <Button
        variant="primary"
        icon={Upload}
        isDisabled={isClosed}
        onPress={() => navigate(['imports', 'new', campaign.id])}
      >
        {t('campaigns.recordsPage.import')}
      </Button>
    </>
  )
  return (
    <>
      <Section
        title={t('campaigns.sections.records')}
        about={t('campaigns.recordsPage.about')}
        actions={actions}
        isFlush
      >
        {said !== null && (
          <p role="status" className="border-b border-line bg-ready-weak px-4 py-2 text-ready">
            {said}
          </p>
        )}
        {records.total === 0 ? (
          <EmptyState icon={Inbox} title={t('campaigns.recordsPage.none')}>
            {t('campaigns.recordsPage.noneDo')}
          </EmptyState>
        ) : (
          <>
            <div className="grid grid-cols-[repeat(auto-fit,minmax(8rem,1fr))] border-b border-line">
              <Figure value={number(records.total)} label={t('campaigns.recordsPage.total')} />
              {waiting.map((kind) => (
                <Figure key={kind} value={number(records[kind])} label={t(`campaigns.records.${kind}`)} />
              ))}
              <Figure
                value={number(records.reserved + records.working)}
                label={t('campaigns.records.inHand')}
              />
              <Figure value={number(closed)} label={t('campaigns.recordsPage.closed')} />
            </div>
            <div className="px-4 py-2.5">
              <Select
                label={t('campaigns.recordsPage.filter')}
                className="max-w-64"
                options={[
                  { id: 'all', label: t('campaigns.recordsPage.all') },
                  ...statuses.map((id) => ({ id, label: t(`campaigns.records.${id}`) })),
                ]}
                value={status}
                onChange={setStatus}
              />
            </div>
            <RecordsTable
              key={campaign.id}
              campaignId={campaign.id}
              status={status === 'all' ? null : status}
              total={records.total}
            />
          </>
        )}
      </Section>
      <AddRecordsDialog
        campaignId={campaign.id}
        isOpen={isAdding}
        onClose={() => setAdding(false)}
        onAdded={({ added, alreadyIn }) => {
          setAdding(false)
          setSaid(
            `${t('campaigns.recordsPage.added', { count: added, n: number(added) })} ${t('campaigns.recordsPage.alreadyIn', { count: alreadyIn, n: number(alreadyIn) })}`,
          )
          editor.refresh()
        }}
      />
    </>
  )
}
