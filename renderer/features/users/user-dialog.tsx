import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { roles, type Role } from '../../../shared/crm-api/resource.ts'
import type { Grammar, OneTimePassword, User } from '../../../shared/crm-api/users.ts'
import { useAction } from '../../client/crm.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Problem } from '../../ui/problem.tsx'
import { RadioGroup } from '../../ui/radio.tsx'
import { TextField } from '../../ui/text-field.tsx'

const grammars = ['f', 'm', 'n'] as const
const usernameRule = /^[a-z0-9][a-z0-9._-]{1,39}$/

/** Makes a user, or changes one; a user name stays as it was made, since the audit speaks of it. */
export function UserDialog({
  user,
  isOpen,
  onClose,
  onSaved,
}: {
  user: User | null
  isOpen: boolean
  onClose: () => void
  /** with the one-time password of a new user */
  onSaved: (given: z.infer<typeof OneTimePassword> | null) => void
}) {
  const { t } = useTranslation()
  const action = useAction()
  const [username, setUsername] = useState(user?.username ?? '')
  const [displayName, setDisplayName] = useState(user?.displayName ?? '')
  const [role, setRole] = useState<Role>(user?.role ?? 'operator')
  const [grammar, setGrammar] = useState<Grammar>(user?.grammar ?? 'n')
  const [isTried, setTried] = useState(false)
  const nameIsBad = displayName.trim() === ''
  const usernameIsBad = user === null && !usernameRule.test(username.trim().toLowerCase())

  const save = async () => {
    setTried(true)
    if (nameIsBad || usernameIsBad || action.pending !== null) return
    const body = { displayName: displayName.trim(), role, grammar }
    if (user) {
      const saved = await action.run('save', (crm) =>
        crm.users.change({ params: { id: user.id }, body: { ...body, active: user.active } }),
      )
      if (saved) onSaved(null)
    } else {
      const given = await action.run('save', (crm) =>
        crm.users.create({ body: { ...body, username: username.trim().toLowerCase() } }),
      )
      if (given) onSaved(given)
    }
  }
  return (
    <Dialog
      title={user ? t('users.editTitle', { name: user.displayName }) : t('users.new')}
      isOpen={isOpen}
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" isPending={action.pending !== null} onPress={() => void save()}>
            {t(user ? 'users.save' : 'users.create')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {action.error &&
          (action.error.code === 'conflict' && user === null ? (
            <p role="alert" className="text-danger">
              {t('users.usernameTaken')}
            </p>
          ) : (
            <Problem error={action.error} />
          ))}
        <TextField
          label={t('users.displayName')}
          isRequired
          autoFocus
          maxLength={80}
          value={displayName}
          onChange={setDisplayName}
          onEnter={() => void save()}
          error={isTried && nameIsBad ? t('users.nameMissing') : undefined}
        />
        <TextField
          label={t('users.username')}
          isRequired
          isDisabled={user !== null}
          maxLength={40}
          hint={t(user ? 'users.usernameFixed' : 'users.usernameHint')}
          value={username}
          onChange={setUsername}
          onEnter={() => void save()}
          error={isTried && usernameIsBad ? t('users.usernameBad') : undefined}
        />
        <RadioGroup
          label={t('users.role')}
          options={roles.map((id) => ({
            id,
            label: t(`users.roles.${id}`),
            hint: t(`users.roleHints.${id}`),
          }))}
          value={role}
          onChange={(id) => setRole(id as Role)}
        />
        <RadioGroup
          label={t('users.grammar')}
          isHorizontal
          hint={t('users.grammarHint')}
          options={grammars.map((id) => ({ id, label: t(`users.grammars.${id}`) }))}
          value={grammar}
          onChange={(id) => setGrammar(id as Grammar)}
        />
      </div>
    </Dialog>
  )
}
