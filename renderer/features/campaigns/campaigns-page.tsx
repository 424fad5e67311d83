import { Megaphone, Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCrm } from '../../client/crm.ts'
import { navigate } from '../../client/route.ts'
import { EmptyState } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { useHotkeys } from '../../ui/hotkeys/hotkeys.tsx'
import { PageBar } from '../../ui/page-bar.tsx'
import { Problem } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/progress.tsx'
import { Table } from '../../ui/table.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { useCampaignColumns } from './columns.tsx'

const open = (id: string) => navigate(['campaigns', id, 'general'])

/** All campaigns, running ones first. */
export function CampaignsPage() {
  const { t } = useTranslation()
  const { number } = useFormat()
  const list = useCrm('campaigns', (crm) => crm.campaigns.list({}))
  const columns = useCampaignColumns()
  const create = () => navigate(['campaigns', 'new', 'general'])
  const keyOf = useHotkeys([
    { id: 'campaigns.new', label: t('campaigns.new'), group: t('campaigns.title'), keys: ['n'], run: create },
  ])
  const isEmpty = list.value?.length === 0
  return (
    <>
      <PageBar
        title={t('campaigns.title')}
        actions={
          <Button variant="primary" icon={Plus} shortcut={keyOf('campaigns.new')} onPress={create}>
            {t('campaigns.new')}
          </Button>
        }
      >
        {list.value && t('campaigns.count', { count: list.value.length, n: number(list.value.length) })}
      </PageBar>
      <div className="flex flex-col gap-3 p-3.5">
        {list.error && <Problem error={list.error} onRetry={list.reload} />}
        <Card className="overflow-hidden">
          {list.value === undefined ? (
            !list.error && (
              <div className="p-4">
                <Skeleton lines={6} label={t('campaigns.loading')} />
              </div>
            )
          ) : isEmpty ? (
            <EmptyState
              icon={Megaphone}
              title={t('campaigns.none')}
              action={
                <>
                  <Button variant="primary" icon={Plus} onPress={create}>
                    {t('campaigns.new')}
                  </Button>
                  <Button onPress={() => navigate(['imports'])}>{t('campaigns.importFirst')}</Button>
                </>
              }
            >
              {t('campaigns.noneDo')}
            </EmptyState>
          ) : (
            <Table
              label={t('campaigns.title')}
              columns={columns}
              rows={list.value}
              rowKey={(row) => row.id}
              onOpen={(row) => open(row.id)}
            />
          )}
        </Card>
      </div>
    </>
  )
}
