import type { HIDDevice, Session } from 'electron'
import { isOwnPage } from './window.ts'

/** HID usage page "Telephony Devices" (USB HID Usage Tables 1.5, chapter 14). */
const telephonyUsagePage = 0x0b

export interface Asked {
  permission: string
  /** Address of the page or frame that asks. */
  from: string
  /** For `media`: what it wants to hear or see. */
  media?: readonly (string | undefined)[]
}

/** Only our own page, only the microphone and headset buttons. */
export function isPermitted({ permission, from, media = [] }: Asked): boolean {
  if (!isOwnPage(from)) return false
  if (permission === 'hid') return true
  return permission === 'media' && media.length > 0 && media.every((kind) => kind === 'audio')
}

type Device = { deviceId: string; collections?: readonly { usagePage?: number }[] }

/** The first headset among the devices offered, told by its usage page. */
export function pickHeadset(devices: readonly Device[]): string | undefined {
  const isHeadset = ({ collections = [] }: Device) =>
    collections.some(({ usagePage }) => usagePage === telephonyUsagePage)
  return devices.find(isHeadset)?.deviceId
}

/** Answers every permission question of the session with the rules above. */
export function guardPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const media = 'mediaTypes' in details ? details.mediaTypes : []
    answer(isPermitted({ permission, from: details.requestingUrl, media }))
  })
  session.setPermissionCheckHandler((_contents, permission, from, details) =>
    isPermitted({ permission, from, media: [details.mediaType] }),
  )
  session.setDevicePermissionHandler(
    ({ deviceType, origin, device }) =>
      deviceType === 'hid' && isOwnPage(origin) && pickHeadset([device as HIDDevice]) !== undefined,
  )
  session.on('select-hid-device', (event, { deviceList }, choose) => {
    event.preventDefault()
    choose(pickHeadset(deviceList) ?? null)
  })
}
