import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { defaultSettings, type Settings } from '../../../shared/contract/settings.ts'
import { useClient, useView } from '../../client/desktop.ts'
import { Card, CardHead, CardSection, Heading } from '../../ui/card.tsx'
import { Switch } from '../../ui/checkbox.tsx'
import { RadioGroup } from '../../ui/radio.tsx'
import { KeyRemap } from './key-remap.tsx'

const textSizes = [80, 90, 100, 110, 125, 150, 175, 200] as const

/** Everything works at once; there is nothing to save. */
export function SettingsPage({ phone }: { phone?: ReactNode }) {
  const { t } = useTranslation()
  const client = useClient()
  const settings = useView('settings.current') ?? defaultSettings
  const session = useView('session.current')
  const grammar = session?.status === 'signed-in' ? session.user.grammar : 'n'
  const save = (change: Partial<Settings>) => void client.settings.save({ ...settings, ...change })
  return (
    <div className="mx-auto flex max-w-240 flex-col gap-2.5 p-2.5">
      <Card>
        <CardHead title={t('settings.title')} level={1} />
        <CardSection>
          <RadioGroup
            label={t('settings.language')}
            isHorizontal
            value={settings.language}
            onChange={(id) => save({ language: id === 'en' ? 'en' : 'it' })}
            options={[
              { id: 'it', label: 'Italiano' },
              { id: 'en', label: 'English' },
            ]}
          />
        </CardSection>
        <CardSection>
          <RadioGroup
            label={t('settings.theme')}
            isHorizontal
            value={settings.theme}
            onChange={(id) => save({ theme: id === 'light' || id === 'dark' ? id : 'system' })}
            options={(['system', 'light', 'dark'] as const).map((id) => ({
              id,
              label: t(`settings.themes.${id}`),
            }))}
          />
        </CardSection>
        <CardSection>
          <RadioGroup
            label={t('settings.textSize')}
            isHorizontal
            value={String(settings.textSize)}
            onChange={(id) => save({ textSize: Number(id) })}
            options={textSizes.map((size) => ({ id: String(size), label: `${size} %` }))}
          />
        </CardSection>
        <CardSection>
          <Heading level={2} look="label">
            {t('settings.grammar')}
          </Heading>
          <p>{t(`settings.grammars.${grammar}`)}</p>
          <p className="text-compact text-ink-2">{t('settings.grammarMeans')}</p>
        </CardSection>
      </Card>
      {phone}
      <Card>
        <CardHead title={t('settings.keys')} />
        <CardSection>
          <Switch isSelected={settings.singleKeys} onChange={(singleKeys) => save({ singleKeys })}>
            {t('settings.singleKeys')}
          </Switch>
          <p className="mt-1 text-compact text-ink-2">{t('settings.singleKeysMeans')}</p>
        </CardSection>
        <KeyRemap keys={settings.keys} onChange={(keys) => save({ keys })} />
      </Card>
    </div>
  )
}
