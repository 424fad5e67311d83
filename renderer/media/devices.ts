import type { MediaDevice } from '../../shared/contract/media.ts'

export interface DeviceLists {
  inputs: readonly MediaDevice[]
  outputs: readonly MediaDevice[]
}

/** Chromium lists the system's own choice a second and third time under these ids. */
const aliases = new Set(['default', 'communications', ''])

/** Devices with a name, in the browser's order. Without permission browsers tell no names: then there is nothing to choose. */
export function listDevices(
  infos: readonly Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'>[],
): DeviceLists {
  const of = (kind: MediaDeviceKind) =>
    infos
      .filter((info) => info.kind === kind && !aliases.has(info.deviceId) && info.label !== '')
      .map(({ deviceId, label }) => ({ id: deviceId, label }))
  return { inputs: of('audioinput'), outputs: of('audiooutput') }
}

export interface PickedDevice {
  /** '' is the system's own choice. */
  id: string
  label: string
  /** The one that was asked for and is not there. */
  lost: string | null
}

/**
 * The device for a wish by label. A device that comes back is taken again by itself; two of the same name are told
 * apart by nobody, the first counts.
 */
export function pickDevice(wish: string, devices: readonly MediaDevice[]): PickedDevice {
  const found = devices.find(({ label }) => label === wish)
  if (found) return { ...found, lost: null }
  return { id: '', label: '', lost: wish === '' ? null : wish }
}

/** Speech for a telephone: the browser's own processing, one channel. */
export const microphoneConstraints = (id: string): MediaStreamConstraints => ({
  audio: {
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    channelCount: 1,
    ...(id !== '' && { deviceId: { exact: id } }),
  },
  video: false,
})

/** What a failed `getUserMedia` means (Media Capture and Streams, section 10.2). */
export function microphoneFailure(name: string): 'denied' | 'missing' {
  return name === 'NotAllowedError' || name === 'SecurityError' ? 'denied' : 'missing'
}
