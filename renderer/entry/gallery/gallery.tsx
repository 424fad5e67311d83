import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorCodes, type ErrorCode } from '../../../shared/std/errors.ts'
import { languages, type Gender, type Language } from '../../../shared/text/keys.ts'
import { Banner } from '../../ui/banner.tsx'
import { RadioGroup } from '../../ui/radio.tsx'
import { errorKeys } from '../../../shared/text/keys.ts'
import type { Theme } from '../../ui/theme.ts'
import { createI18n } from '../i18n.ts'
import { UiRoot } from '../ui-root.tsx'
import { Buttons } from './buttons.tsx'
import { Charts } from './charts.tsx'
import { Fields } from './fields.tsx'
import { Feedback } from './feedback.tsx'
import { Lists } from './lists.tsx'
import { OperatorScreen } from './operator-screen.tsx'
import { Overlays } from './overlays.tsx'
import { States } from './states.tsx'
import { Part } from './part.tsx'

const asked = new URLSearchParams(location.search)
const pick = <T extends string>(name: string, allowed: readonly T[], otherwise: T): T =>
  allowed.find((value) => value === asked.get(name)) ?? otherwise

const themes: readonly Theme[] = ['light', 'dark', 'auto']
const genders = ['f', 'm', 'none'] as const

function Errors() {
  const { t } = useTranslation()
  return (
    <Part title="Errors">
      {(Object.keys(errorCodes) as ErrorCode[]).map((code) => (
        <Banner
          key={code}
          kind="warning"
          title={t(errorKeys(code).what)}
          means={t(errorKeys(code).means)}
          todo={t(errorKeys(code).do, { reference: 'k3f9' })}
        />
      ))}
    </Part>
  )
}

/** Development only: every component in every state. ?theme=dark&lang=en&page=operator chooses what is shown. */
export function Gallery() {
  const [theme, setTheme] = useState(() => pick('theme', themes, 'light'))
  const [language, setLanguage] = useState(() => pick('lang', Object.keys(languages) as Language[], 'it'))
  const [gender, setGender] = useState<(typeof genders)[number]>(() => pick('gender', genders, 'f'))
  const i18n = useMemo(() => createI18n(pick('lang', Object.keys(languages) as Language[], 'it')), [])
  const isOperator = asked.get('page') === 'operator'
  const who: Gender | null = gender === 'none' ? null : gender

  useEffect(() => {
    // the tests look at the page with text at 200 %
    document.documentElement.style.fontSize = `${asked.get('size') ?? '100'}%`
  }, [])

  return (
    <UiRoot i18n={i18n} language={language} theme={theme}>
      {isOperator ? (
        <OperatorScreen gender={who} />
      ) : (
        <main className="mx-auto flex max-w-320 flex-col gap-4 p-4">
          <header className="flex flex-wrap items-end justify-between gap-4">
            <h1 className="text-name font-semibold">Cuffia · gallery</h1>
            <div className="flex flex-wrap gap-6">
              <RadioGroup
                isHorizontal
                label="Theme"
                value={theme}
                onChange={(value) => setTheme(themes.find((name) => name === value) ?? 'auto')}
                options={themes.map((id) => ({ id, label: id }))}
              />
              <RadioGroup
                isHorizontal
                label="Language"
                value={language}
                onChange={(value) => setLanguage(value === 'en' ? 'en' : 'it')}
                options={Object.keys(languages).map((id) => ({ id, label: id }))}
              />
              <RadioGroup
                isHorizontal
                label="Gender"
                value={gender}
                onChange={(value) => setGender(genders.find((name) => name === value) ?? 'none')}
                options={genders.map((id) => ({ id, label: id }))}
              />
            </div>
          </header>
          <Buttons />
          <States gender={who} />
          <Fields />
          <Lists />
          <Charts />
          <Feedback />
          <Overlays />
          <Errors />
        </main>
      )}
    </UiRoot>
  )
}
