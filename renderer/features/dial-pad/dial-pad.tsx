import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useView } from '../../client/desktop.ts'
import { askToDial, useDialRequests } from '../../client/dial-request.ts'
import { useHotkeys } from '../../ui/hotkeys/hotkeys.tsx'
import { PadPanel, type PadPanelProps } from './pad-panel.tsx'

/** Hangs under the call bar: opened by key, by a number pressed on any page, or by a tel: link. */
export function DialPad({ onDial }: Pick<PadPanelProps, 'onDial'>) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const [number, setNumber] = useState('')
  const [last, setLast] = useState<string | null>(null)
  const call = useView('call.desk')?.work?.call
  const called = call?.direction === 'out' ? call.peer : null
  useEffect(() => {
    if (called !== null && called !== '') setLast(called)
  }, [called])
  useDialRequests((asked) => {
    setNumber(asked)
    setOpen(true)
  })
  const group = t('call.group')
  useHotkeys([
    {
      id: 'dialPad.open',
      label: t('dialPad.title'),
      group,
      keys: ['N'],
      run: () => (isOpen ? setOpen(false) : askToDial('')),
    },
    {
      id: 'call.redial',
      label: t('dialPad.redial'),
      group,
      keys: ['Shift+N'],
      run: () => last !== null && askToDial(last),
      isEnabled: last !== null,
    },
  ])
  if (!isOpen) return null
  return (
    <div className="relative z-10">
      <PadPanel
        number={number}
        onNumber={setNumber}
        onDial={onDial}
        last={last}
        onClose={() => setOpen(false)}
      />
    </div>
  )
}
