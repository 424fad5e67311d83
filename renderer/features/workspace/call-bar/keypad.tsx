import { X } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { useInView } from '../../../ui/use-in-view.ts'
import { useBorrowedFocus } from './use-borrowed-focus.ts'

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const
const isTone = (text: string) => /^[0-9*#]$/.test(text)

/** Opened by the operator; typed and pressed digits go to the line at once. Escape closes it. */
export function Keypad({ onDigit, onClose }: { onDigit: (digit: string) => void; onClose: () => void }) {
  const { t } = useTranslation()
  const [sent, setSent] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const box = useInView()
  useBorrowedFocus(field)
  const press = (digit: string) => {
    setSent((before) => (before + digit).slice(-24))
    onDigit(digit)
  }
  return (
    <div
      ref={box}
      role="dialog"
      aria-label={t('call.keypad')}
      className="absolute end-0 top-full z-20 mt-1 max-h-[calc(100dvh-1rem)] w-60 overflow-y-auto rounded-card border border-line-strong bg-surface p-3 shadow-raised"
    >
      <div className="mb-2 flex items-center gap-2">
        <input
          ref={field}
          aria-label={t('call.keypadField')}
          className="min-h-8 min-w-0 flex-1 rounded-field border border-control bg-surface px-2.5 text-title"
          value={sent}
          readOnly
          onKeyDown={(event) => {
            if (event.key === 'Escape') onClose()
            if (!isTone(event.key) || event.ctrlKey || event.altKey || event.metaKey) return
            event.preventDefault()
            press(event.key)
          }}
        />
        <IconButton label={t('common.close')} icon={X} onPress={onClose} />
      </div>
      <div className="grid grid-cols-3 gap-1.5">
        {keys.map((key) => (
          <Button key={key} size="big" excludeFromTabOrder onPress={() => press(key)}>
            {key}
          </Button>
        ))}
      </div>
    </div>
  )
}
