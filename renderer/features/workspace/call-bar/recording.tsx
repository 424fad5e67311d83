import { Circle, CircleDashed, CirclePause } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { cx } from '../../../ui/cx.ts'
import { withShortcut } from '../../../ui/hotkeys/aria.tsx'
import type { Keys } from '../../../ui/hotkeys/keys.ts'
import { Kbd } from '../../../ui/kbd.tsx'
import { Spinner } from '../../../ui/spinner.tsx'
import type { Look } from './looks.ts'
import { isByItself, type RecordingWord } from './recording-words.ts'

const marks = {
  on: { icon: Circle, look: 'text-missed [&>svg]:fill-current' },
  off: { icon: CircleDashed, look: 'text-ink-2' },
  paused: { icon: CirclePause, look: 'text-ring' },
} as const

/** Whether the call is being recorded: a word, a shape and a colour. */
export function RecordingMark({ word }: { word: RecordingWord }) {
  const { t } = useTranslation()
  const { icon: IconPart, look } = marks[word === 'on' || word === 'off' ? word : 'paused']
  return (
    <span className={cx('flex items-center gap-1.5 text-compact whitespace-nowrap', look)}>
      <IconPart className="keep-colours size-3.5 shrink-0" strokeWidth={2.4} aria-hidden />
      <span>
        {t(`call.record.state.${word}`)}
        {isByItself(word) && <span className="block text-small text-ink-2">{t('call.record.byItself')}</span>}
      </span>
    </span>
  )
}

/** The mark and, under it, what its key would do now: one target of a call key's height. */
export function RecordingButton(props: {
  word: RecordingWord
  look: Look
  shortcut: Keys | undefined
  isPending: boolean
  onPress: () => void
}) {
  const { t } = useTranslation()
  const { word, look, shortcut, isPending, onPress } = props
  return (
    <AriaButton
      onPress={onPress}
      {...withShortcut(shortcut)}
      className={cx(
        'flex min-h-11 cursor-default flex-col items-start justify-center rounded-field border px-3 transition-colors data-hovered:bg-hover',
        isPending ? 'border-dashed border-control' : 'border-line-strong bg-surface',
      )}
    >
      <RecordingMark word={word} />
      <span className="flex items-center gap-1.5 text-small text-ink-2">
        {isPending && <Spinner />}
        {t(look.label)}
        {shortcut !== undefined && (
          <span aria-hidden>
            <Kbd keys={shortcut} />
          </span>
        )}
      </span>
    </AriaButton>
  )
}
