import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { OneTimePassword } from '../../../shared/crm-api/users.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

/** The one time that a one-time password is shown; it stays on screen until somebody says that they have it. */
export function PasswordDialog({
  given,
  onClose,
}: {
  given: z.infer<typeof OneTimePassword> | null
  onClose: () => void
}) {
  const { t } = useTranslation()
  const announce = useAnnounce()
  const [isCopied, setCopied] = useState(false)
  useEffect(() => setCopied(false), [given])
  const copy = async () => {
    await navigator.clipboard.writeText(given?.password ?? '')
    setCopied(true)
    announce(t('users.copied'))
  }
  return (
    <Dialog
      title={t('users.passwordTitle', { name: given?.user.displayName ?? '' })}
      isOpen={given !== null}
      onClose={onClose}
      size="small"
      role="alertdialog"
      footer={
        <Button variant="primary" onPress={onClose}>
          {t('users.passwordDone')}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <p>{t('users.passwordWhat', { username: given?.user.username ?? '' })}</p>
        <div className="flex flex-wrap items-center gap-3 rounded-card border border-line-strong bg-surface-2 px-4 py-3">
          <code className="flex-1 font-mono text-name font-semibold break-all select-all">
            {given?.password}
          </code>
          <Button autoFocus icon={isCopied ? Check : Copy} onPress={() => void copy()}>
            {t(isCopied ? 'users.copied' : 'users.copy')}
          </Button>
        </div>
        <p className="text-ink-2">{t('users.passwordOnce')}</p>
      </div>
    </Dialog>
  )
}
