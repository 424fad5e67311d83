import { useEffect, useRef } from 'react'
import type { HeadsetKey } from '../../../shared/contract/media.ts'
import { defaultSettings } from '../../../shared/contract/settings.ts'
import type { Event } from '../../../shared/std/event.ts'
import { useView } from '../../client/desktop.ts'
import { useMediaClient, useMediaView } from '../../client/media.ts'
import { useActiveHotkeys } from '../../ui/hotkeys/hotkeys.tsx'
import { actionOf, lampsOf } from './rules.ts'

/** Nothing to see: keys of the headset become actions, the call becomes its lamps, the settings its devices. */
export function HeadsetKeys({ pressed }: { pressed: Event<HeadsetKey> }) {
  const client = useMediaClient()
  const desk = useView('call.desk')
  const { devices } = useView('settings.current') ?? defaultSettings
  const registration = useMediaView('media.state')?.registration
  const active = useActiveHotkeys()
  const latest = useRef({ active, isPhone: false })
  latest.current = { active, isPhone: registration !== undefined && registration !== 'none' }

  // of several windows the one that is the phone; without a phone the one that is looked at
  useEffect(
    () =>
      pressed((key) => {
        const { active: actions, isPhone } = latest.current
        if (isPhone || document.hasFocus()) actionOf(key, actions)?.run()
      }),
    [pressed],
  )
  const lamps = lampsOf(desk ?? { work: null, asked: null })
  const shown = JSON.stringify(lamps)
  useEffect(() => {
    void client.media.lightHeadset(lamps)
    // an object that says the same lights nothing anew
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [client, shown])
  const { input, output, ringer } = devices
  useEffect(() => void client.media.choose({ input, output, ringer }), [client, input, output, ringer])
  return null
}
