import { ScrollText } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { auditActions } from '../../../shared/crm-api/audit.ts'
import { usePages } from '../../client/pages.ts'
import { EmptyState } from '../../ui/banner.tsx'
import { Tag } from '../../ui/chip.tsx'
import { Problem } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/progress.tsx'
import { Select } from '../../ui/select.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { VirtualTable } from '../../ui/virtual-table.tsx'
import { actionKey, isOfServer, isRefusal, type Entry } from './rules.ts'
import { useDetailText } from './use-detail-text.ts'

export function EntriesTab() {
  const { t, i18n } = useTranslation()
  const [filter, setFilter] = useState('all')
  const [username, setUsername] = useState('')
  const columns = useEntryColumns()
  const { loaded, error, more, retry } = useEntries(filter === 'all' ? '' : filter, username.trim())
  const actions = auditActions
    .map((action) => ({ id: action, label: t(`audit.actions.${actionKey(action)}`) }))
    .toSorted((one, other) => one.label.localeCompare(other.label, i18n.language))
  return (
    <div className="flex flex-col">
      <div className="flex flex-wrap items-end gap-3 px-4 py-3">
        <Select
          label={t('audit.filter')}
          className="w-64"
          options={[{ id: 'all', label: t('audit.all') }, ...actions]}
          value={filter}
          onChange={setFilter}
        />
        <TextField
          label={t('audit.username')}
          className="w-56"
          placeholder={t('audit.anyone')}
          maxLength={40}
          value={username}
          onChange={setUsername}
        />
      </div>
      {error && <Problem error={error} onRetry={retry} className="mx-4 mb-3" />}
      {loaded === null ? (
        !error && (
          <div className="p-4">
            <Skeleton lines={6} label={t('audit.loading')} />
          </div>
        )
      ) : (
        <VirtualTable
          label={t('audit.entries')}
          className="h-[max(18rem,calc(100dvh-13.5rem))] border-t border-line"
          columns={columns}
          rows={loaded.items}
          rowKey={(entry) => entry.id}
          rowTone={(entry) => (isRefusal(entry.action) ? 'missed' : undefined)}
          total={loaded.total}
          onMore={more}
          empty={
            <EmptyState icon={ScrollText} title={t('audit.none')}>
              {t('audit.noneDo')}
            </EmptyState>
          }
        />
      )}
    </div>
  )
}

/** Who did what, newest first; '' asks for every action, every user. */
const useEntries = (action: string, username: string) =>
  usePages(`${action} ${username}`, (crm, page) =>
    crm.audit.list({
      query: { ...page, ...(action !== '' && { action }), ...(username !== '' && { username }) },
    }),
  )

function useEntryColumns(): readonly Column<Entry>[] {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const detailText = useDetailText()
  return [
    { id: 'at', header: t('audit.columns.at'), width: '10rem', cell: (entry) => dateTime(entry.at) },
    {
      id: 'who',
      header: t('audit.columns.who'),
      width: '11rem',
      isRowHeader: true,
      cell: (entry) => entry.username ?? t(isOfServer(entry) ? 'audit.server' : 'audit.nobody'),
    },
    {
      id: 'action',
      header: t('audit.columns.action'),
      width: '13.5rem',
      cell: (entry) => (
        <Tag tone={isRefusal(entry.action) ? 'missed' : 'off'}>
          {t([`audit.actions.${actionKey(entry.action)}`, 'audit.otherAction'], { action: entry.action })}
        </Tag>
      ),
    },
    { id: 'address', header: t('audit.columns.address'), width: '9rem', cell: (entry) => entry.address },
    {
      id: 'details',
      header: t('audit.columns.details'),
      cell: (entry) => {
        const text = detailText(entry)
        return (
          <span className="text-ink-2" title={text}>
            {text}
          </span>
        )
      },
    },
  ]
}
