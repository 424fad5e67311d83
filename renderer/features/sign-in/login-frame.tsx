import { Headphones } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useView } from '../../client/desktop.ts'
import { defaultSettings, type Settings } from '../../../shared/contract/settings.ts'
import { Button } from '../../ui/button.tsx'

/** The frame of what is shown before anybody works: name, language and theme, the notice below. */
export function LoginFrame({ children, foot }: { children: ReactNode; foot?: ReactNode }) {
  return (
    <div className="grid min-h-dvh grid-rows-[auto_1fr_auto] gap-4 p-4">
      <header className="flex flex-wrap items-center justify-between gap-3">
        <span className="inline-flex items-center gap-2 text-title font-semibold">
          <Headphones className="size-5 text-accent" strokeWidth={1.9} aria-hidden />
          Cuffia
        </span>
        <Switches />
      </header>
      <main id="main" className="grid place-items-center">
        <div className="w-full max-w-100 rounded-card border border-line bg-surface p-7 shadow-raised">
          {children}
        </div>
      </main>
      <footer className="mx-auto max-w-160 text-center text-small text-ink-2">{foot}</footer>
    </div>
  )
}

const themes = ['system', 'light', 'dark'] as const

function Switches() {
  const { t } = useTranslation()
  const client = useClient()
  const settings = useView('settings.current') ?? defaultSettings
  const save = (change: Partial<Settings>) => void client.settings.save({ ...settings, ...change })
  return (
    <div className="flex flex-wrap gap-4">
      <div role="group" aria-label={t('settings.language')} className="flex gap-1">
        {(['it', 'en'] as const).map((language) => (
          <Button
            key={language}
            size="small"
            variant="quiet"
            isOn={settings.language === language}
            onPress={() => save({ language })}
          >
            {language === 'it' ? 'Italiano' : 'English'}
          </Button>
        ))}
      </div>
      <div role="group" aria-label={t('settings.theme')} className="flex gap-1">
        {themes.map((theme) => (
          <Button
            key={theme}
            size="small"
            variant="quiet"
            isOn={settings.theme === theme}
            onPress={() => save({ theme })}
          >
            {t(`settings.themes.${theme}`)}
          </Button>
        ))}
      </div>
    </div>
  )
}
