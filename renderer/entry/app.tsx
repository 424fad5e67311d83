import type { i18n as I18n } from 'i18next'
import { lazy, Suspense, useEffect, useMemo, type ReactNode } from 'react'
import type { Desktop } from '../../shared/contract/index.ts'
import { defaultSettings } from '../../shared/contract/settings.ts'
import type { User } from '../../shared/crm-api/users.ts'
import type { Connection } from '../client/connection.ts'
import { ClientProvider, useView } from '../client/desktop.ts'
import { MediaProvider } from '../client/media.ts'
import { useRoute } from '../client/route.ts'
import { HostAway } from '../features/shell/host-away.tsx'
import { Shell } from '../features/shell/shell.tsx'
import { ChangePassword } from '../features/sign-in/change-password.tsx'
import { SignIn } from '../features/sign-in/sign-in.tsx'
import { pagesOf } from './pages.tsx'
import type { PagePhone } from './softphone.ts'
import { SafetyNet } from './safety-net.tsx'
import { UiRoot } from './ui-root.tsx'

/** The whole page over one connection; both shells and the preview differ only in how that is made. */
export function App({
  connection,
  phone,
  i18n,
}: {
  connection: Connection<Desktop>
  phone: PagePhone
  i18n: I18n
}) {
  return (
    <ClientProvider connection={connection}>
      <MediaProvider connection={phone.connection}>
        <Frame i18n={i18n}>
          <Door pressed={phone.pressed} />
        </Frame>
      </MediaProvider>
    </ClientProvider>
  )
}

function Frame({ i18n, children }: { i18n: I18n; children: ReactNode }) {
  const settings = useView('settings.current') ?? defaultSettings
  const clockOffset = useView('session.connection')?.clockOffset ?? 0
  const { language, theme, textSize, singleKeys, keys } = settings
  const hotkeys = useMemo(
    () => ({
      singleKeys,
      remap: Object.fromEntries(Object.entries(keys).map(([id, key]) => [id, [key]])),
    }),
    [singleKeys, keys],
  )
  useEffect(() => {
    document.documentElement.style.fontSize = textSize === 100 ? '' : `${textSize}%`
  }, [textSize])
  return (
    <UiRoot
      i18n={i18n}
      language={language}
      theme={theme === 'system' ? 'auto' : theme}
      clockOffset={clockOffset}
      hotkeys={hotkeys}
    >
      {children}
    </UiRoot>
  )
}

/** Nothing of the product is behind it until somebody has signed in with a password of their own. */
function Door({ pressed }: Pick<PagePhone, 'pressed'>) {
  const session = useView('session.current')
  // drawn once the language and the theme are known, so that nothing flashes
  const hasSettings = useView('settings.current') !== undefined
  if (!session || !hasSettings) return <HostAway />
  if (session.status === 'signed-out') return <SignIn loginPage={session.loginPage} />
  const { user } = session
  if (user.mustChangePassword) return <ChangePassword username={user.username} name={user.displayName} />
  return <SignedIn key={user.id} user={user} pressed={pressed} />
}

const operatorParts = () => import('../features/workspace/parts.ts')
const CallBar = lazy(async () => ({ default: (await operatorParts()).CallBar }))
const OperatorStatus = lazy(async () => ({ default: (await operatorParts()).OperatorStatus }))
const PhoneAlarm = lazy(async () => ({
  default: (await import('../features/phone/phone-alarm.tsx')).PhoneAlarm,
}))
const HeadsetKeys = lazy(async () => ({
  default: (await import('../features/headset/headset-keys.tsx')).HeadsetKeys,
}))
const DialPad = lazy(async () => ({ default: (await import('../features/dial-pad/dial-pad.tsx')).DialPad }))
const OperatorDelivery = lazy(async () => ({ default: (await operatorParts()).OperatorDelivery }))

const ListeningBar = lazy(async () => ({
  default: (await import('../features/board/listening/listening-bar.tsx')).ListeningBar,
}))

function SignedIn({ user, pressed }: { user: User } & Pick<PagePhone, 'pressed'>) {
  const own = pagesOf(user.role)
  const { page } = useRoute()
  const current = own.find(({ id }) => id === page) ?? own[0]
  if (!current) return null
  const isOperator = user.role === 'operator'
  return (
    <Suspense>
      <Shell
        user={user}
        pages={own}
        current={current.id}
        {...(isOperator && {
          status: <OperatorStatus />,
          delivery: <OperatorDelivery />,
          top: (
            <div className="px-2.5 pt-2.5">
              <PhoneAlarm />
              <CallBar />
              <DialPad />
            </div>
          ),
        })}
        {...(user.role === 'supervisor' && { top: <ListeningBar /> })}
      >
        <SafetyNet key={current.id}>
          <Suspense>
            <current.View />
          </Suspense>
        </SafetyNet>
        {isOperator && <HeadsetKeys pressed={pressed} />}
      </Shell>
    </Suspense>
  )
}
