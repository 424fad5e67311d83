import { UserPlus, Users as UsersIcon } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { OneTimePassword, User } from '../../../shared/crm-api/users.ts'
import { useAction, useCrm } from '../../client/crm.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { EmptyState } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { useHotkeys } from '../../ui/hotkeys/hotkeys.tsx'
import { PageBar } from '../../ui/page-bar.tsx'
import { Problem } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/progress.tsx'
import { Table } from '../../ui/table.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { SearchField } from '../../ui/text-field.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { useUserColumns } from './columns.tsx'
import { PasswordDialog } from './password-dialog.tsx'
import { PhoneDialog } from './phone-dialog.tsx'
import { UserDialog } from './user-dialog.tsx'
import { UserMenu } from './user-menu.tsx'

type Given = z.infer<typeof OneTimePassword>
type Asked = { what: 'reset' | 'deactivate'; user: User } | null

/** Everyone who may sign in: made, changed, locked out and let in here. */
export function UsersPage() {
  const { t } = useTranslation()
  const { number } = useFormat()
  const announce = useAnnounce()
  const list = useCrm('users', (crm) => crm.users.list({}))
  const action = useAction()
  const [edited, setEdited] = useState<User | 'new' | null>(null)
  const [phoneOf, setPhoneOf] = useState<User | null>(null)
  const [given, setGiven] = useState<Given | null>(null)
  const [asked, setAsked] = useState<Asked>(null)
  const [filter, setFilter] = useState('')
  const create = () => setEdited('new')
  const keyOf = useHotkeys([
    { id: 'users.new', label: t('users.new'), group: t('users.title'), keys: ['n'], run: create },
  ])

  const change = async (user: User, active: boolean) => {
    const { displayName, role, grammar } = user
    const done = await action.run('change', (crm) =>
      crm.users.change({ params: { id: user.id }, body: { displayName, role, grammar, active } }),
    )
    if (done) announce(t(active ? 'users.activated' : 'users.deactivated', { name: displayName }))
    setAsked(null)
    list.reload()
  }
  const reset = async (user: User) => {
    const answer = await action.run('reset', (crm) => crm.users.resetPassword({ params: { id: user.id } }))
    setAsked(null)
    if (answer) setGiven(answer)
    list.reload()
  }
  const unlock = async (user: User) => {
    const done = await action.run('unlock', (crm) => crm.users.unlock({ params: { id: user.id } }))
    if (done) announce(t('users.unlocked', { name: user.displayName }))
    list.reload()
  }
  const act = (user: User, id: string) => {
    if (id === 'edit') setEdited(user)
    if (id === 'phone') setPhoneOf(user)
    if (id === 'reset') setAsked({ what: 'reset', user })
    if (id === 'unlock') void unlock(user)
    if (id === 'deactivate') setAsked({ what: 'deactivate', user })
    if (id === 'activate') void change(user, true)
  }
  const wanted = filter.trim().toLocaleLowerCase()
  const rows = (list.value ?? []).filter((user) =>
    [user.displayName, user.username, t(`users.roles.${user.role}`)].some((text) =>
      text.toLocaleLowerCase().includes(wanted),
    ),
  )
  const columns: readonly Column<User>[] = [
    ...useUserColumns(),
    {
      id: 'actions',
      header: t('users.actions'),
      hideHeader: true,
      align: 'end',
      cell: (user) => <UserMenu user={user} onAction={(id) => act(user, id)} />,
    },
  ]
  return (
    <>
      <PageBar
        title={t('users.title')}
        actions={
          <Button variant="primary" icon={UserPlus} shortcut={keyOf('users.new')} onPress={create}>
            {t('users.new')}
          </Button>
        }
      >
        {list.value && t('users.count', { count: list.value.length, n: number(list.value.length) })}
      </PageBar>
      <div className="flex flex-col gap-3 p-3.5">
        {(action.error ?? list.error) && (
          <Problem error={(action.error ?? list.error)!} onRetry={list.reload} />
        )}
        <Card className="overflow-hidden">
          <div className="border-b border-line px-3.5 py-2.5">
            <SearchField
              label={t('users.filter')}
              hideLabel
              className="max-w-80"
              placeholder={t('users.filter')}
              value={filter}
              onChange={setFilter}
            />
          </div>
          {list.value === undefined ? (
            !list.error && (
              <div className="p-4">
                <Skeleton lines={6} label={t('users.loading')} />
              </div>
            )
          ) : (
            <Table
              label={t('users.title')}
              columns={columns}
              rows={rows}
              rowKey={(user) => user.id}
              onOpen={(user) => setEdited(user)}
              empty={
                <EmptyState icon={UsersIcon} title={t('users.noMatch')}>
                  {t('users.noMatchDo')}
                </EmptyState>
              }
            />
          )}
        </Card>
      </div>
      <UserDialog
        key={edited === null ? 'closed' : edited === 'new' ? 'new' : edited.id}
        user={edited === 'new' ? null : edited}
        isOpen={edited !== null}
        onClose={() => setEdited(null)}
        onSaved={(answer) => {
          setEdited(null)
          list.reload()
          if (answer) setGiven(answer)
        }}
      />
      {phoneOf && (
        <PhoneDialog
          user={phoneOf}
          onClose={() => setPhoneOf(null)}
          onSaved={() => {
            announce(t('users.phone.saved', { name: phoneOf.displayName }))
            setPhoneOf(null)
          }}
        />
      )}
      <PasswordDialog given={given} onClose={() => setGiven(null)} />
      <ConfirmDialog
        title={t(`users.ask.${asked?.what ?? 'reset'}.title`)}
        confirm={t(`users.ask.${asked?.what ?? 'reset'}.confirm`, { name: asked?.user.displayName ?? '' })}
        tone={asked?.what === 'deactivate' ? 'danger' : 'primary'}
        isOpen={asked !== null}
        isPending={action.pending !== null}
        onClose={() => setAsked(null)}
        onConfirm={() => {
          if (asked) void (asked.what === 'reset' ? reset(asked.user) : change(asked.user, false))
        }}
      >
        {t(`users.ask.${asked?.what ?? 'reset'}.what`)}
      </ConfirmDialog>
    </>
  )
}
