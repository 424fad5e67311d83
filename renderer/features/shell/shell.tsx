import { Keyboard, Search } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { User } from '../../../shared/crm-api/users.ts'
import type { MessageKey } from '../../../shared/text/keys.ts'
import { useClient } from '../../client/desktop.ts'
import { navigate } from '../../client/route.ts'
import { AppFrame, type NavItem } from '../../ui/app-frame.tsx'
import { useHotkeys } from '../../ui/hotkeys/hotkeys.tsx'
import type { Icon } from '../../ui/icon.ts'
import { Kbd } from '../../ui/kbd.tsx'
import { PageBarSlot } from '../../ui/page-bar.tsx'
import { Palette } from '../../ui/palette.tsx'
import { ShortcutHelp } from '../../ui/shortcut-help.tsx'
import { HostAway } from './host-away.tsx'
import { UserMenu } from './user-menu.tsx'

export interface ShellPage {
  id: string
  title: MessageKey
  icon: Icon
  /** stands at the bottom of the rail */
  isEnd?: boolean
}

export interface ShellProps {
  user: User
  pages: readonly ShellPage[]
  current: string
  /** start and end of the status bar */
  status?: ReactNode
  delivery?: ReactNode
  /** stays on top of every page: the call bar */
  top?: ReactNode
  children: ReactNode
}

/** Status bar, pages, palette and key map: what is there whoever works and whatever they look at. */
export function Shell({ user, pages, current, status, delivery, top, children }: ShellProps) {
  const { t } = useTranslation()
  const client = useClient()
  const [open, setOpen] = useState<'palette' | 'help' | null>(null)
  const [slot, setSlot] = useState<HTMLElement | null>(null)
  const close = () => setOpen(null)
  const group = t('session.group')
  const key = useHotkeys([
    {
      id: 'page.palette',
      label: t('common.commandSearch'),
      group,
      keys: ['Ctrl+K'],
      run: () => setOpen('palette'),
    },
    { id: 'page.help', label: t('common.shortcuts'), group, keys: ['?'], run: () => setOpen('help') },
    ...pages.map(({ id, title }) => ({
      id: `page.${id}`,
      label: t(title),
      group: t('common.navigation'),
      keys: [],
      run: () => navigate([id]),
    })),
    {
      id: 'page.signOut',
      label: t('session.signOut'),
      group,
      keys: [],
      run: () => void client.session.signOut().catch(() => {}),
    },
  ])
  const nav: NavItem[] = [
    ...pages.map(({ id, title, icon, isEnd }) => ({ id, label: t(title), icon, isEnd: isEnd ?? false })),
    { id: 'help', label: t('common.shortcuts'), icon: Keyboard, shortcut: key('page.help'), isEnd: true },
  ]
  return (
    <>
      <AppFrame
        nav={nav}
        current={current}
        onNavigate={(id) => (id === 'help' ? setOpen('help') : navigate([id]))}
        bar={
          <>
            {status}
            <div ref={setSlot} className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1" />
            <AriaButton
              onPress={() => setOpen('palette')}
              aria-keyshortcuts="Control+K"
              className="flex min-h-7.5 min-w-60 cursor-default items-center gap-2 rounded-field border border-line-strong bg-surface-2 ps-2.5 pe-2 text-ink-3 data-hovered:bg-hover max-md:min-w-0"
            >
              <Search className="size-4.5 shrink-0" strokeWidth={1.9} aria-hidden />
              <span className="flex-1 text-start">{t('common.commandSearch')}</span>
              <span aria-hidden className="inline-flex">
                <Kbd keys={key('page.palette') ?? ''} />
              </span>
            </AriaButton>
            {delivery}
            <UserMenu user={user} />
          </>
        }
        notice={
          <>
            <HostAway />
            {top}
          </>
        }
      >
        <PageBarSlot value={slot}>{children}</PageBarSlot>
      </AppFrame>
      {/* closed they would still follow every change of every key */}
      {open === 'palette' && <Palette isOpen onClose={close} />}
      {open === 'help' && <ShortcutHelp isOpen onClose={close} note={t('session.helpNote')} />}
    </>
  )
}
