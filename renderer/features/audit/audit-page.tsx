import { useTranslation } from 'react-i18next'
import { navigate, useRoute } from '../../client/route.ts'
import { Card } from '../../ui/card.tsx'
import { PageBar } from '../../ui/page-bar.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { EntriesTab } from './entries-tab.tsx'
import { SessionsTab } from './sessions-tab.tsx'

const tabs = ['entries', 'sessions'] as const

/** Who did what, from where; and who is signed in at this moment. */
export function AuditPage() {
  const { t } = useTranslation()
  const asked = useRoute().rest[0]
  const selected = tabs.find((tab) => tab === asked) ?? 'entries'
  return (
    <>
      <PageBar title={t('audit.title')}>{t('audit.about')}</PageBar>
      <div className="p-3.5">
        <Card className="overflow-hidden">
          <Tabs
            label={t('audit.title')}
            selected={selected}
            onSelect={(tab) => navigate(['audit', tab])}
            tabs={[
              { id: 'entries', label: t('audit.entries'), content: <EntriesTab /> },
              { id: 'sessions', label: t('audit.sessions'), content: <SessionsTab /> },
            ]}
          />
        </Card>
      </div>
    </>
  )
}
