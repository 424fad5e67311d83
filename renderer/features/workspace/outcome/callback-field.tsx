import { CalendarClock } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { describeHelp, parseCallback } from '../../../../shared/domain/campaign/callback-language.ts'
import type { Instant } from '../../../../shared/std/clock.ts'
import { pageClock } from '../../../client/page-clock.ts'
import { TextField } from '../../../ui/text-field.tsx'
import { useFormat } from '../../../ui/use-format.ts'

export interface CallbackFieldProps {
  text: string
  zone: string
  graceMinutes: number
  onText: (text: string) => void
  onSave: (at: Instant) => void
}

/** The instant a text means now, or why none. */
export function useCallbackInstant(text: string, zone: string) {
  const { i18n } = useTranslation()
  return parseCallback(text, { now: pageClock.now(), zone, locale: i18n.language === 'en' ? 'en' : 'it' })
}

/** "d10" and Enter: tomorrow at ten. What the text means is written out while it is typed. */
export function CallbackField({ text, zone, graceMinutes, onText, onSave }: CallbackFieldProps) {
  const { t, i18n } = useTranslation()
  const format = useFormat(zone)
  const field = useRef<HTMLInputElement>(null)
  const parsed = useCallbackInstant(text, zone)
  // opened by the operator's own key, so taking the focus is what was asked for
  useEffect(() => field.current?.focus(), [])
  const examples = describeHelp(i18n.language === 'en' ? 'en' : 'it')
  return (
    <div className="flex flex-col gap-2 px-3 py-2">
      <TextField
        label={t('outcome.when')}
        value={text}
        onChange={onText}
        placeholder={t('outcome.whenPlaceholder', { example: examples[0]?.example ?? '' })}
        maxLength={100}
        size="big"
        ref={field}
        onEnter={() => parsed.ok && onSave(parsed.at)}
        {...(!parsed.ok &&
          parsed.reason !== 'empty' && { error: t(`outcome.callbackProblems.${parsed.reason}`) })}
      />
      <div aria-live="polite">
        {parsed.ok && (
          <>
            <p className="flex items-start gap-1.5 font-semibold first-letter:uppercase">
              <CalendarClock className="mt-0.5 size-4 shrink-0 text-ring" aria-hidden />
              {format.longDateTime(parsed.at)}
            </p>
            <p className="text-compact text-ink-2">
              {graceMinutes === 0
                ? t('outcome.callbackShared')
                : t('outcome.callbackYours', { minutes: graceMinutes })}
            </p>
          </>
        )}
      </div>
      {!parsed.ok && (
        <dl
          className="grid grid-cols-[auto_1fr] gap-x-3 text-small text-ink-2"
          aria-label={t('outcome.examples')}
        >
          {examples.slice(0, 4).map(({ example, key }) => (
            <div key={key} className="contents">
              <dt className="font-medium text-ink">{example}</dt>
              <dd>{t(`outcome.help.${key}`)}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}
