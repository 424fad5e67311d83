import { ArrowRight, Delete, RotateCcw, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatPhone } from '../../../shared/std/phone.ts'
import { errorKeys } from '../../../shared/text/keys.ts'
import { asAppError } from '../../client/crm.ts'
import { pageClock } from '../../client/page-clock.ts'
import { refusalOf, type Refusal } from '../../client/refusal.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { inputClass } from '../../ui/field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { useInView } from '../../ui/use-in-view.ts'
import { countryName, readNumber, type Read } from './rules.ts'

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '0'] as const

export interface PadPanelProps {
  number: string
  onNumber: (number: string) => void
  /** Asks for the record of this number; it comes to the desk, where F2 calls. */
  onDial: (e164: string) => Promise<void>
  /** The number called last, E.164; null while there is none. */
  last: string | null
  onClose: () => void
}

/** A number typed, pasted or taken from a page: read back in full before anything is done with it. */
export function PadPanel({ number, onNumber, onDial, last, onClose }: PadPanelProps) {
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  const box = useInView()
  const [isPending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const read = readNumber(number)
  useEffect(() => {
    const before = document.activeElement
    field.current?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  const change = (next: string) => {
    setRefusal(null)
    onNumber(next)
  }
  const go = () => {
    if (!read?.ok || isPending) return
    setPending(true)
    setRefusal(null)
    onDial(read.e164)
      .then(onClose, (error: unknown) => setRefusal(refusalOf(asAppError(error))))
      .finally(() => setPending(false))
  }
  return (
    <div
      ref={box}
      role="dialog"
      aria-label={t('dialPad.title')}
      className="absolute end-0 top-full z-20 mt-1 max-h-[calc(100dvh-1rem)] w-80 max-w-full overflow-y-auto rounded-card border border-line-strong bg-surface p-3 shadow-raised"
    >
      <div className="flex items-center gap-2">
        <input
          ref={field}
          type="tel"
          autoComplete="off"
          maxLength={60}
          aria-label={t('dialPad.field')}
          aria-describedby="dial-pad-read"
          placeholder={t('dialPad.field')}
          className={cx(inputClass, 'min-h-11 flex-1 text-title')}
          value={number}
          onChange={(event) => change(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onClose()
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) go()
          }}
        />
        <IconButton label={t('common.close')} icon={X} onPress={onClose} />
      </div>
      <div id="dial-pad-read" role="status" className="min-h-11 py-1.5 text-compact">
        {refusal ? <Refused refusal={refusal} /> : <ReadBack read={read} />}
      </div>
      <div className="grid grid-cols-3 gap-1.5">
        {digits.map((digit) => (
          <Button key={digit} size="big" excludeFromTabOrder onPress={() => change(number + digit)}>
            {digit}
          </Button>
        ))}
        <Button
          size="big"
          icon={Delete}
          excludeFromTabOrder
          aria-label={t('dialPad.erase')}
          onPress={() => change(number.slice(0, -1))}
        />
      </div>
      <div className="mt-3 flex flex-col gap-2">
        <Button
          variant="primary"
          size="big"
          isWide
          icon={ArrowRight}
          shortcut="Enter"
          isPending={isPending}
          isDisabled={!read?.ok}
          onPress={go}
        >
          {t('dialPad.go')}
        </Button>
        <p className="text-small text-ink-3">{t('dialPad.goMeans')}</p>
        {last !== null && (
          <Button variant="quiet" icon={RotateCcw} onPress={() => change(formatPhone(last, 'IT'))}>
            {t('dialPad.last', { number: formatPhone(last, 'IT') })}
          </Button>
        )}
      </div>
    </div>
  )
}

function ReadBack({ read }: { read: Read }) {
  const { t, i18n } = useTranslation()
  if (read === null) return <p className="text-ink-3">{t('dialPad.hint')}</p>
  if (!read.ok) return <p className="text-ink-2">{t(`dialPad.problems.${read.problem}`)}</p>
  const about = [t(`call.phoneKinds.${read.kind}`), countryName(read.country, i18n.language)]
  return (
    <p>
      <span className="font-semibold tabular-nums">{read.e164}</span>
      <span className="block text-ink-2">{about.filter(Boolean).join(' · ')}</span>
    </p>
  )
}

function Refused({ refusal }: { refusal: Refusal }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { code, reason, until } = refusal
  const now = pageClock.now()
  const when =
    until === null
      ? null
      : format.date(until) === format.date(now)
        ? format.time(until)
        : format.dateTime(until)
  const own = code === 'conflict' || code === 'not-in-this-state' ? t(`dialPad.refusals.${code}`) : null
  return (
    <p className="text-danger">
      {reason === null ? (own ?? t(errorKeys(code).what)) : t(`call.refusals.${reason}`)}
      {when !== null && ` ${t('call.allowedFrom', { when })}`}
    </p>
  )
}
