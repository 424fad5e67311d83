import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { CardSection } from '../../ui/card.tsx'
import { pressName } from '../../ui/hotkeys/keys.ts'
import { Kbd } from '../../ui/kbd.tsx'
import { remappable } from './remappable.ts'

export interface KeyRemapProps {
  keys: Readonly<Record<string, string>>
  onChange: (keys: Record<string, string>) => void
}

/** One line per action: press it, then the new key. Escape leaves the old one. */
export function KeyRemap({ keys, onChange }: KeyRemapProps) {
  const { t } = useTranslation()
  const [listening, setListening] = useState<string | null>(null)
  const [clash, setClash] = useState<string | null>(null)
  const keyOf = (id: string) => keys[id] ?? remappable.find((action) => action.id === id)?.keys ?? ''

  const set = (id: string, key: string) => {
    setListening(null)
    const other = remappable.find((action) => action.id !== id && keyOf(action.id) === key)
    setClash(other ? t(other.label) : null)
    if (other) return
    onChange({ ...keys, [id]: key })
  }
  const reset = (id: string) => {
    const { [id]: _old, ...others } = keys
    setClash(null)
    onChange(others)
  }
  return (
    <CardSection title={t('settings.remap')}>
      {clash !== null && (
        <p role="alert" className="text-compact text-danger">
          {t('settings.clash', { action: clash })}
        </p>
      )}
      <ul className="columns-[20rem] gap-8">
        {remappable.map(({ id, label }) => (
          <li
            key={id}
            className="flex min-h-9 break-inside-avoid items-center gap-3 border-b border-line py-1"
          >
            <span className="flex-1">{t(label)}</span>
            {keys[id] !== undefined && (
              <Button variant="quiet" size="small" icon={RotateCcw} onPress={() => reset(id)}>
                {t('settings.resetKey')}
              </Button>
            )}
            <AriaButton
              // while it waits it owns the keyboard, as an open list would
              {...(listening === id && { 'aria-expanded': true })}
              onPress={() => setListening(id)}
              onBlur={() => setListening(null)}
              onKeyDown={(event) => {
                if (listening !== id || event.key === 'Tab') return
                event.preventDefault()
                if (event.key === 'Escape') return setListening(null)
                const name = pressName({
                  key: event.key,
                  ctrl: event.ctrlKey,
                  alt: event.altKey,
                  shift: event.shiftKey,
                  meta: event.metaKey,
                })
                if (name !== '') set(id, name)
              }}
              className="relative min-h-7 min-w-16 cursor-default rounded-field border border-control px-2 text-compact data-hovered:bg-hover"
            >
              <span className="sr-only">{t('settings.changeKey', { action: t(label) })} </span>
              {listening === id ? t('settings.pressKey') : <Kbd keys={keyOf(id)} />}
            </AriaButton>
          </li>
        ))}
      </ul>
    </CardSection>
  )
}
