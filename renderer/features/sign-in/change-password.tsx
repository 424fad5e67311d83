import { Circle, CircleCheck, LogOut } from 'lucide-react'
import { useState, type SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorCode } from '../../../shared/std/errors.ts'
import { errorKeys } from '../../../shared/text/keys.ts'
import { useClient } from '../../client/desktop.ts'
import { errorCode } from '../../client/error-code.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Heading } from '../../ui/card.tsx'
import { LoginFrame } from './login-frame.tsx'
import { PasswordField } from './password-field.tsx'
import { passwordMinimum } from '../../../shared/crm-api/users.ts'
import { passwordRules } from './password-rules.ts'

/** The first sign-in: the password made by the server has to give way to one's own (EC-73). */
export function ChangePassword({ username, name }: { username: string; name: string }) {
  const { t } = useTranslation()
  const client = useClient()
  const [typed, setTyped] = useState({ current: '', next: '', again: '' })
  const [problem, setProblem] = useState<ErrorCode | null>(null)
  const [isPending, setPending] = useState(false)
  const rules = passwordRules(username, typed)
  const isReady = typed.current !== '' && rules.every(({ isMet }) => isMet)
  const change = (part: Partial<typeof typed>) => setTyped((old) => ({ ...old, ...part }))

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (isPending || !isReady) return
    setPending(true)
    setProblem(null)
    try {
      await client.session.changePassword({ current: typed.current, next: typed.next })
    } catch (error) {
      setProblem(errorCode(error))
    }
    setPending(false)
  }

  return (
    <LoginFrame foot={<p>{t('session.changeNote')}</p>}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
        <div>
          <Heading level={1} look="name">
            {t('session.changeTitle')}
          </Heading>
          <p className="text-ink-2">{t('session.changeWhy', { name })}</p>
        </div>
        {problem !== null && (
          <Banner
            kind="error"
            title={t(problem === 'wrong-credentials' ? 'session.currentWrong' : errorKeys(problem).what)}
            means={t(errorKeys('password-too-weak').means)}
            {...(problem !== 'wrong-credentials' && { todo: t(errorKeys(problem).do, { reference: '' }) })}
          />
        )}
        <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
        <PasswordField
          label={t('session.currentPassword')}
          value={typed.current}
          onChange={(current) => change({ current })}
          autoComplete="current-password"
          maxLength={128}
          autoFocus
        />
        <PasswordField
          label={t('session.newPassword')}
          value={typed.next}
          onChange={(next) => change({ next })}
          autoComplete="new-password"
          maxLength={128}
        />
        <PasswordField
          label={t('session.newPasswordAgain')}
          value={typed.again}
          onChange={(again) => change({ again })}
          autoComplete="new-password"
          maxLength={128}
        />
        <ul className="flex flex-col gap-1 text-compact" aria-label={t('session.rulesTitle')}>
          {rules.map(({ id, isMet }) => {
            const Mark = isMet ? CircleCheck : Circle
            return (
              <li
                key={id}
                className={
                  isMet ? 'flex items-center gap-2 text-ready' : 'flex items-center gap-2 text-ink-2'
                }
              >
                <Mark className="size-4 shrink-0" aria-hidden />
                {t(`session.rules.${id}`, { least: passwordMinimum })}
                <span className="sr-only">{t(isMet ? 'session.ruleMet' : 'session.ruleOpen')}</span>
              </li>
            )
          })}
        </ul>
        <Button
          type="submit"
          variant="primary"
          size="big"
          isPending={isPending}
          isDisabled={!isReady}
          isWide
          shortcut="Enter"
        >
          {t('session.change')}
        </Button>
        <Button variant="quiet" icon={LogOut} onPress={() => void client.session.signOut()}>
          {t('session.signOut')}
        </Button>
      </form>
    </LoginFrame>
  )
}
