import type { i18n as I18n } from 'i18next'
import { useEffect, useMemo, type ReactNode } from 'react'
import { I18nProvider } from 'react-aria-components'
import { I18nextProvider, useTranslation } from 'react-i18next'
import { languages, type Language } from '../../shared/text/keys.ts'
import { AnnouncerProvider } from '../ui/announcer.tsx'
import { HotkeysProvider } from '../ui/hotkeys/hotkeys.tsx'
import type { HotkeySettings } from '../ui/hotkeys/match.ts'
import { applyTheme, type Theme } from '../ui/theme.ts'
import { ClockOffsetProvider } from '../ui/timer.tsx'
import { WordsProvider } from '../ui/words.tsx'
import { uiWords } from './ui-words.ts'

export interface UiRootProps {
  i18n: I18n
  language: Language
  theme: Theme
  /** server's clock minus this machine's, in milliseconds */
  clockOffset?: number | undefined
  hotkeys?: HotkeySettings | undefined
  children: ReactNode
}

function Inside({ language, theme, clockOffset = 0, hotkeys, children }: Omit<UiRootProps, 'i18n'>) {
  const { t, i18n } = useTranslation()
  useEffect(() => {
    document.documentElement.lang = language
    void i18n.changeLanguage(language)
  }, [i18n, language])
  useEffect(() => applyTheme(theme), [theme])
  const words = useMemo(() => uiWords(t), [t])
  return (
    <I18nProvider locale={languages[language]}>
      <WordsProvider words={words}>
        <ClockOffsetProvider value={clockOffset}>
          <HotkeysProvider settings={hotkeys}>
            <AnnouncerProvider>{children}</AnnouncerProvider>
          </HotkeysProvider>
        </ClockOffsetProvider>
      </WordsProvider>
    </I18nProvider>
  )
}

/** Language, theme, clock, keys and announcements for everything inside. Both entries wrap the page in it. */
export function UiRoot({ i18n, ...rest }: UiRootProps) {
  return (
    <I18nextProvider i18n={i18n}>
      <Inside {...rest} />
    </I18nextProvider>
  )
}
