import { EyeOff } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** Around a question whose answer is nobody's business but the contract's: says so, and tells when it has the focus. */
export function Sensitive({ onFocus, children }: { onFocus: (on: boolean) => void; children: ReactNode }) {
  const { t } = useTranslation()
  const latest = useRef(onFocus)
  latest.current = onFocus
  const hasFocus = useRef(false)
  const set = (on: boolean) => {
    if (hasFocus.current === on) return
    hasFocus.current = on
    latest.current(on)
  }
  // A page of the script that is left takes its field away without a blur.
  useEffect(
    () => () => {
      if (hasFocus.current) latest.current(false)
    },
    [],
  )
  return (
    <div
      data-sensitive
      className="flex flex-col gap-1.5"
      onFocus={() => set(true)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) set(false)
      }}
    >
      {children}
      <p className="flex items-center gap-1.5 text-small text-ink-2">
        <EyeOff className="size-4 shrink-0" strokeWidth={1.9} aria-hidden />
        {t('script.sensitive')}
      </p>
    </div>
  )
}
