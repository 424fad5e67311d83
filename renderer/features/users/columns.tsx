import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { User } from '../../../shared/crm-api/users.ts'
import { pageClock } from '../../client/page-clock.ts'
import { Tag } from '../../ui/chip.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { useFormat } from '../../ui/use-format.ts'

export function useUserColumns(): readonly Column<User>[] {
  const { t } = useTranslation()
  const { when, dateTime } = useFormat()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('users.columns.name'),
        isRowHeader: true,
        cell: (user) => user.displayName,
        sortBy: (user) => user.displayName,
      },
      {
        id: 'username',
        header: t('users.columns.username'),
        cell: (user) => <span className="text-ink-2">{user.username}</span>,
        sortBy: (user) => user.username,
      },
      {
        id: 'role',
        header: t('users.columns.role'),
        cell: (user) => t(`users.roles.${user.role}`),
        sortBy: (user) => t(`users.roles.${user.role}`),
      },
      {
        id: 'state',
        header: t('users.columns.state'),
        cell: (user) => (
          <Tag tone={!user.active ? 'off' : user.mustChangePassword ? 'ring' : 'ready'}>
            {t(
              !user.active ? 'users.inactive' : user.mustChangePassword ? 'users.mustChange' : 'users.active',
            )}
          </Tag>
        ),
        sortBy: (user) => Number(!user.active) * 2 + Number(user.mustChangePassword),
      },
      {
        id: 'last',
        header: t('users.columns.last'),
        cell: (user) =>
          user.lastSignInAt === null ? (
            <span className="text-ink-3">{t('users.never')}</span>
          ) : (
            <span title={dateTime(user.lastSignInAt)}>{when(user.lastSignInAt, pageClock.now())}</span>
          ),
        sortBy: (user) => user.lastSignInAt,
      },
    ],
    [t, when, dateTime],
  )
}
