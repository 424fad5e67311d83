import { ScrollText } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { AuditEntry } from '../../../shared/crm-api/audit.ts'
import type { AppError } from '../../../shared/std/errors.ts'
import { asAppError, useCrmClient } from '../../client/crm.ts'
import { EmptyState } from '../../ui/banner.tsx'
import { Tag } from '../../ui/chip.tsx'
import { Problem } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/progress.tsx'
import { Select } from '../../ui/select.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { VirtualTable } from '../../ui/virtual-table.tsx'
import { actionKey, detailText, filters, isRefusal } from './rules.ts'

type Entry = z.infer<typeof AuditEntry>
interface Loaded {
  items: readonly Entry[]
  next: string | null
  total: number
}

export function EntriesTab() {
  const { t } = useTranslation()
  const [filter, setFilter] = useState('all')
  const [username, setUsername] = useState('')
  const columns = useEntryColumns()
  const { loaded, error, more, reload } = useEntries(filter === 'all' ? '' : filter, username.trim())
  return (
    <div className="flex flex-col">
      <div className="flex flex-wrap items-end gap-3 px-4 py-3">
        <Select
          label={t('audit.filter')}
          className="w-64"
          options={[
            { id: 'all', label: t('audit.all') },
            ...filters.map((action) => ({ id: action, label: t(`audit.actions.${actionKey(action)}`) })),
          ]}
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
      {error && <Problem error={error} onRetry={reload} className="mx-4 mb-3" />}
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

/** Entries a page at a time; a change of the filter begins again. */
function useEntries(action: string, username: string) {
  const crm = useCrmClient()
  const [loaded, setLoaded] = useState<Loaded | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  const question = useRef(0)
  const isAsking = useRef<string | null>(null)
  const read = useCallback(
    async (after: string | null) => {
      const mine = after === null ? ++question.current : question.current
      setError(null)
      try {
        const page = await crm.audit.list({
          query: {
            limit: 100,
            ...(after !== null && { after }),
            ...(action !== '' && { action }),
            ...(username !== '' && { username }),
          },
        })
        if (mine !== question.current) return
        setLoaded((before) => ({
          ...page,
          items: after === null ? page.items : [...(before?.items ?? []), ...page.items],
        }))
      } catch (caught) {
        if (mine === question.current) setError(asAppError(caught))
      }
    },
    [crm, action, username],
  )
  useEffect(() => void read(null), [read])
  const next = loaded?.next ?? null
  const more = useCallback(() => {
    if (next === null || isAsking.current === next) return
    isAsking.current = next
    void read(next)
  }, [next, read])
  return { loaded, error, more, reload: () => void read(null) }
}

function useEntryColumns(): readonly Column<Entry>[] {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  return [
    { id: 'at', header: t('audit.columns.at'), width: '10rem', cell: (entry) => dateTime(entry.at) },
    {
      id: 'who',
      header: t('audit.columns.who'),
      width: '11rem',
      isRowHeader: true,
      cell: (entry) => entry.username ?? t('audit.nobody'),
    },
    {
      id: 'action',
      header: t('audit.columns.action'),
      width: '16rem',
      cell: (entry) => (
        <Tag tone={isRefusal(entry.action) ? 'missed' : 'off'}>
          {t([`audit.actions.${actionKey(entry.action)}`, 'audit.otherAction'], { action: entry.action })}
        </Tag>
      ),
    },
    { id: 'address', header: t('audit.columns.address'), width: '10rem', cell: (entry) => entry.address },
    {
      id: 'details',
      header: t('audit.columns.details'),
      cell: (entry) => (
        <span className="text-ink-2">
          {[detailText(entry.details), entry.subject].filter(Boolean).join(' · ') || '–'}
        </span>
      ),
    },
  ]
}
