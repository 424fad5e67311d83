import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PhoneSetup } from '../../../shared/crm-api/phone.ts'
import type { User } from '../../../shared/crm-api/users.ts'
import { useAction, useCrm } from '../../client/crm.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Problem } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/progress.tsx'
import { TextField } from '../../ui/text-field.tsx'

const { deskPhone: deskPhoneRule, dialPrefix: dialPrefixRule } = PhoneSetup.shape

/** How one person telephones: the phone on their desk, and what goes before each number they dial. */
export function PhoneDialog({
  user,
  onClose,
  onSaved,
}: {
  user: User
  onClose: () => void
  onSaved: () => void
}) {
  const { t } = useTranslation()
  const noted = useCrm(`phone ${user.id}`, (crm) => crm.phone.setup({ params: { id: user.id } }))
  const action = useAction()
  const [typed, setTyped] = useState<PhoneSetup | null>(null)
  const [isTried, setTried] = useState(false)
  const setup = typed ?? noted.value
  const body = setup && { deskPhone: setup.deskPhone.trim(), dialPrefix: setup.dialPrefix.trim() }
  const deskPhoneIsBad = !deskPhoneRule.safeParse(body?.deskPhone).success
  const dialPrefixIsBad = !dialPrefixRule.safeParse(body?.dialPrefix).success

  const save = async () => {
    setTried(true)
    if (!body || deskPhoneIsBad || dialPrefixIsBad || action.pending !== null) return
    const saved = await action.run('save', (crm) => crm.phone.setUp({ params: { id: user.id }, body }))
    if (saved) onSaved()
  }
  const error = action.error ?? noted.error
  return (
    <Dialog
      title={t('users.phone.title', { name: user.displayName })}
      isOpen
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="primary"
            isDisabled={setup === undefined}
            isPending={action.pending !== null}
            onPress={() => void save()}
          >
            {t('users.save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {error && <Problem error={error} {...(!action.error && { onRetry: noted.reload })} />}
        {setup === undefined ? (
          !error && <Skeleton lines={4} label={t('users.loading')} />
        ) : (
          <>
            <TextField
              label={t('users.phone.deskPhone')}
              autoFocus
              hint={t('users.phone.deskPhoneHint')}
              value={setup.deskPhone}
              onChange={(deskPhone) => setTyped({ ...setup, deskPhone })}
              onEnter={() => void save()}
              error={isTried && deskPhoneIsBad ? t('users.phone.deskPhoneBad') : undefined}
            />
            <TextField
              label={t('users.phone.dialPrefix')}
              inputMode="tel"
              hint={t('users.phone.dialPrefixHint')}
              value={setup.dialPrefix}
              onChange={(dialPrefix) => setTyped({ ...setup, dialPrefix })}
              onEnter={() => void save()}
              error={isTried && dialPrefixIsBad ? t('users.phone.dialPrefixBad') : undefined}
            />
          </>
        )}
      </div>
    </Dialog>
  )
}
