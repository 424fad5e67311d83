import { Volume2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { DeviceChoice, MediaDevice } from '../../../shared/contract/media.ts'
import { useMediaClient } from '../../client/media.ts'
import { Button } from '../../ui/button.tsx'
import type { Option } from '../../ui/options.tsx'
import { Select } from '../../ui/select.tsx'
import type { PhoneAtHand } from './use-phone.ts'

/** Select takes no empty id. */
const system = 'system'

/** Which microphone, which loudspeaker, where it rings. It counts at once, also in the middle of a call. */
export function Devices({ media, settings, save }: PhoneAtHand) {
  const { t } = useTranslation()
  const client = useMediaClient()
  const { inputs, outputs } = media.devices
  const choose = (change: Partial<DeviceChoice>) => save({ devices: { ...settings.devices, ...change } })
  const selectOf = (name: keyof DeviceChoice, devices: readonly MediaDevice[]) => (
    <Select
      label={t(`phone.devices.${name}`)}
      className="min-w-56 flex-1"
      value={settings.devices[name] || system}
      onChange={(label) => choose({ [name]: label === system ? '' : label })}
      options={optionsOf(devices, settings.devices[name], t('phone.systemChoice'), t('phone.notThere'))}
    />
  )
  return (
    <div className="flex flex-col gap-3">
      {selectOf('input', inputs)}
      <div className="flex flex-wrap items-end gap-2">
        {selectOf('output', outputs)}
        <Button icon={Volume2} onPress={() => void client.media.testTone({ on: 'output' })}>
          {t('phone.testOutput')}
        </Button>
      </div>
      <div className="flex flex-wrap items-end gap-2">
        {selectOf('ringer', outputs)}
        <Button icon={Volume2} onPress={() => void client.media.testTone({ on: 'ringer' })}>
          {t('phone.testRinger')}
        </Button>
      </div>
    </div>
  )
}

/** One line for each name; the one that was chosen stays in the list while it is unplugged. */
function optionsOf(
  devices: readonly MediaDevice[],
  chosen: string,
  ofSystem: string,
  notThere: string,
): Option[] {
  const labels = [...new Set(devices.map(({ label }) => label))]
  const gone = chosen !== '' && !labels.includes(chosen)
  return [
    { id: system, label: ofSystem },
    ...labels.map((label) => ({ id: label, label })),
    ...(gone ? [{ id: chosen, label: chosen, hint: notThere }] : []),
  ]
}
