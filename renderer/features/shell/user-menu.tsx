import { LogOut, Settings } from 'lucide-react'
import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { User } from '../../../shared/crm-api/users.ts'
import { useClient } from '../../client/desktop.ts'
import { errorCode } from '../../client/error-code.ts'
import { navigate } from '../../client/route.ts'
import { Menu } from '../../ui/menu.tsx'

const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => part.charAt(0).toUpperCase())
    .join('')

/** Who is signed in. Leaving is refused while a call is open, and says so. */
export function UserMenu({ user }: { user: User }) {
  const { t } = useTranslation()
  const client = useClient()
  const [isRefused, setRefused] = useState(false)
  const act = (id: string) => {
    if (id === 'settings') return navigate(['settings'])
    setRefused(false)
    client.session.signOut().catch((error: unknown) => setRefused(errorCode(error) === 'conflict'))
  }
  return (
    <>
      {isRefused && (
        <span role="alert" className="text-danger">
          {t('session.callOpen')}
        </span>
      )}
      <Menu
        label={user.displayName}
        groups={[
          {
            title: `${user.displayName} · ${t(`session.roles.${user.role}`)}`,
            items: [
              { id: 'settings', label: t('settings.title'), icon: Settings },
              { id: 'sign-out', label: t('session.signOut'), icon: LogOut },
            ],
          },
        ]}
        onAction={act}
      >
        <AriaButton className="relative grid h-7 min-w-8 cursor-default place-items-center rounded-full bg-off-weak px-2 text-compact font-semibold text-off data-hovered:bg-hover">
          <span aria-hidden>{initialsOf(user.displayName)}</span>
          <span className="sr-only">{t('session.account', { name: user.displayName })}</span>
        </AriaButton>
      </Menu>
    </>
  )
}
