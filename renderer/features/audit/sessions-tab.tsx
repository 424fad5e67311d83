import { LogOut, MonitorSmartphone } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { SessionInfo } from '../../../shared/crm-api/sessions.ts'
import { useAction, useCrm } from '../../client/crm.ts'
import { pageClock } from '../../client/page-clock.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { EmptyState } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Tag } from '../../ui/chip.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Problem } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/progress.tsx'
import { Table } from '../../ui/table.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { useFormat } from '../../ui/use-format.ts'

type Session = z.infer<typeof SessionInfo>

export function SessionsTab() {
  const { t } = useTranslation()
  const { when } = useFormat()
  const announce = useAnnounce()
  const list = useCrm('sessions', (crm) => crm.sessions.list({}))
  const action = useAction()
  const [asked, setAsked] = useState<Session | null>(null)
  const at = (instant: number) => when(instant, pageClock.now())
  const columns: readonly Column<Session>[] = [
    {
      id: 'username',
      header: t('audit.columns.who'),
      isRowHeader: true,
      cell: (session) => session.username,
      sortBy: (session) => session.username,
    },
    { id: 'address', header: t('audit.columns.address'), cell: (session) => session.address },
    {
      id: 'started',
      header: t('audit.columns.started'),
      cell: (session) => at(session.startedAt),
      sortBy: (session) => session.startedAt,
    },
    {
      id: 'seen',
      header: t('audit.columns.seen'),
      cell: (session) => at(session.lastSeenAt),
      sortBy: (session) => session.lastSeenAt,
    },
    {
      id: 'revoke',
      header: t('audit.revoke'),
      hideHeader: true,
      align: 'end',
      cell: (session) =>
        session.current ? (
          <Tag tone="ready">{t('audit.current')}</Tag>
        ) : (
          <Button
            size="small"
            icon={LogOut}
            aria-label={t('audit.revokeNamed', { name: session.username })}
            onPress={() => setAsked(session)}
          >
            {t('audit.revoke')}
          </Button>
        ),
    },
  ]
  const revoke = async (session: Session) => {
    const done = await action.run('revoke', (crm) => crm.sessions.revoke({ params: { id: session.id } }))
    setAsked(null)
    list.reload()
    if (done) announce(t('audit.revoked', { name: session.username }))
  }
  return (
    <div className="flex flex-col">
      {(action.error ?? list.error) && (
        <Problem error={(action.error ?? list.error)!} onRetry={list.reload} className="m-4" />
      )}
      {list.value === undefined ? (
        !list.error && (
          <div className="p-4">
            <Skeleton label={t('audit.loading')} />
          </div>
        )
      ) : (
        <Table
          label={t('audit.sessions')}
          columns={columns}
          rows={list.value}
          rowKey={(session) => session.id}
          empty={<EmptyState icon={MonitorSmartphone} title={t('audit.noSessions')} />}
        />
      )}
      <ConfirmDialog
        title={t('audit.revokeTitle')}
        confirm={t('audit.revokeConfirm', { name: asked?.username ?? '' })}
        isOpen={asked !== null}
        isPending={action.pending !== null}
        onClose={() => setAsked(null)}
        onConfirm={() => asked && void revoke(asked)}
      >
        {t('audit.revokeWhat')}
      </ConfirmDialog>
    </div>
  )
}
