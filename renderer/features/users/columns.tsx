import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { User } from '../../../shared/crm-api/users.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import { pageClock } from '../../client/page-clock.ts'
import { Tag } from '../../ui/chip.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { useFormat } from '../../ui/use-format.ts'

const states = ['active', 'mustChange', 'locked', 'inactive'] as const
const tones = { active: 'ready', mustChange: 'ring', locked: 'missed', inactive: 'off' } as const

/** What keeps somebody from signing in comes first. */
function stateOf(user: User, now: Instant): (typeof states)[number] {
  if (!user.active) return 'inactive'
  if (user.lockedUntil !== null && user.lockedUntil > now) return 'locked'
  return user.mustChangePassword ? 'mustChange' : 'active'
}

export function useUserColumns(): readonly Column<User>[] {
  const { t } = useTranslation()
  const { when, time, dateTime } = useFormat()
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
        cell: (user) => {
          const state = stateOf(user, pageClock.now())
          return (
            <Tag tone={tones[state]}>
              {state === 'locked'
                ? t('users.locked', { time: time(user.lockedUntil ?? 0) })
                : t(`users.${state}`)}
            </Tag>
          )
        },
        sortBy: (user) => states.indexOf(stateOf(user, pageClock.now())),
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
    [t, when, time, dateTime],
  )
}
