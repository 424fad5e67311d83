import { KeyRound, LockOpen, MoreVertical, Pencil, Phone, UserCheck, UserX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { User } from '../../../shared/crm-api/users.ts'
import { useView } from '../../client/desktop.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'

/** What may be done with one user; `onAction` hears which. */
export function UserMenu({ user, onAction }: { user: User; onAction: (id: string) => void }) {
  const { t } = useTranslation()
  const session = useView('session.current')
  const isSelf = session?.status === 'signed-in' && session.user.id === user.id
  // the server gives an administrator no phone
  const telephones = user.role !== 'administrator'
  const label = t('users.actionsOf', { name: user.displayName })
  return (
    <Menu
      label={label}
      onAction={onAction}
      items={[
        { id: 'edit', label: t('users.edit'), icon: Pencil },
        ...(telephones ? [{ id: 'phone', label: t('users.phone.open'), icon: Phone }] : []),
        { id: 'reset', label: t('users.reset'), icon: KeyRound, hint: t('users.resetHint') },
        { id: 'unlock', label: t('users.unlock'), icon: LockOpen, hint: t('users.unlockHint') },
        user.active
          ? {
              id: 'deactivate',
              label: t('users.deactivate'),
              icon: UserX,
              isDanger: true,
              // nobody locks themselves out
              isDisabled: isSelf,
              hint: isSelf ? t('users.notSelf') : t('users.deactivateHint'),
            }
          : { id: 'activate', label: t('users.activate'), icon: UserCheck },
      ]}
    >
      <IconButton label={label} icon={MoreVertical} size="small" />
    </Menu>
  )
}
