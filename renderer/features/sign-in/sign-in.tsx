import { LogIn } from 'lucide-react'
import { useRef, useState, type SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { SessionView } from '../../../shared/contract/session.ts'
import type { ErrorCode } from '../../../shared/std/errors.ts'
import { errorKeys } from '../../../shared/text/keys.ts'
import { useClient, useView } from '../../client/desktop.ts'
import { errorCode } from '../../client/error-code.ts'
import { pageClock } from '../../client/page-clock.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Heading } from '../../ui/card.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { LoginFrame } from './login-frame.tsx'
import { PasswordField } from './password-field.tsx'

type LoginPage = Extract<SessionView, { status: 'signed-out' }>['loginPage']

export function SignIn({ loginPage }: { loginPage: LoginPage }) {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const isAway = useView('session.connection')?.server === 'down'
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<ErrorCode | null>(null)
  const [isPending, setPending] = useState(false)
  const passwordInput = useRef<HTMLInputElement>(null)

  const submit = async (event?: SubmitEvent) => {
    event?.preventDefault()
    if (isPending || username.trim() === '' || password === '') return
    setPending(true)
    setProblem(null)
    try {
      await client.session.signIn({ username: username.trim(), password })
    } catch (error) {
      setPassword('')
      setProblem(errorCode(error))
      passwordInput.current?.focus()
    }
    setPending(false)
  }

  return (
    <LoginFrame foot={<Notice loginPage={loginPage} />}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
        <div>
          <Heading level={1} look="name">
            {t(greetingKey(new Date(pageClock.now()).getHours()))}
          </Heading>
          <p className="text-ink-2 first-letter:uppercase">
            {format.longDateTime(loginPage?.now ?? pageClock.now()).split(',')[0]}
          </p>
        </div>
        {problem !== null && (
          <Banner
            kind="error"
            title={t(errorKeys(problem).what)}
            means={t(errorKeys(problem).means)}
            todo={t(errorKeys(problem).do, { reference: '' })}
          />
        )}
        {isAway && problem === null && (
          <Banner
            kind="warning"
            title={t('session.away')}
            means={t('session.awayMeans')}
            todo={t('session.awayDo')}
          />
        )}
        <TextField
          label={t('session.username')}
          value={username}
          onChange={setUsername}
          autoComplete="username"
          name="username"
          size="big"
          maxLength={40}
          autoFocus
        />
        <PasswordField
          label={t('session.password')}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          name="password"
          maxLength={128}
          ref={passwordInput}
        />
        <Button
          type="submit"
          variant="primary"
          size="big"
          icon={LogIn}
          isPending={isPending}
          isWide
          shortcut="Enter"
        >
          {t('session.signIn')}
        </Button>
      </form>
    </LoginFrame>
  )
}

const greetingKey = (hour: number) => {
  if (hour < 13) return 'session.goodMorning'
  return hour < 18 ? 'session.goodAfternoon' : 'session.goodEvening'
}

/** Said before anybody signs in: what is recorded, from where, which version (EC-61, EC-63, EC-64). */
function Notice({ loginPage }: { loginPage: LoginPage }) {
  const { t } = useTranslation()
  return (
    <>
      <p>{t('session.privacy')}</p>
      <p className="text-ink-3">
        {loginPage === null
          ? t('session.addressUnknown')
          : `${t('session.address', { address: loginPage.address })} · ${t('session.version', { version: loginPage.version })}`}
      </p>
    </>
  )
}
