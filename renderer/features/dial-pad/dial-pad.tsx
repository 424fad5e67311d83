import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useView } from '../../client/desktop.ts'
import { askToDial, useDialRequests } from '../../client/dial-request.ts'
import { useHotkeys } from '../../ui/hotkeys/hotkeys.tsx'
import { PadPanel } from './pad-panel.tsx'
import { readNumber } from './rules.ts'

/** Hangs under the call bar: opened by key, by a number pressed on any page, or by a tel: link. */
export function DialPad() {
  const { t } = useTranslation()
  const client = useClient()
  const [isOpen, setOpen] = useState(false)
  const [number, setNumber] = useState('')
  const [last, setLast] = useState<string | null>(null)
  const call = useView('call.desk')?.work?.call
  const called = call?.direction === 'out' ? call.peer : null
  useEffect(() => {
    if (called !== null && called !== '') setLast(called)
  }, [called])
  useDialRequests((asked) => {
    const read = readNumber(asked)
    setNumber(read?.ok ? read.shown : asked)
    setOpen(true)
  })
  const requested = useView('call.requested')
  useEffect(() => {
    if (!requested) return
    askToDial(requested.number)
    void client.call.requestSeen({ at: requested.at }).catch(() => {})
  }, [client, requested])
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
        onDial={(phone) => client.call.dialNumber({ phone })}
        last={last}
        onClose={() => setOpen(false)}
      />
    </div>
  )
}
