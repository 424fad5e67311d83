import { z } from 'zod'
import { phoneKinds } from '../crm-api/phone.ts'
import { method, view } from '../rpc/contract.ts'
import { DeviceChoice, systemDevices } from './media.ts'

/** Settings of this desktop. */
export const Settings = z.strictObject({
  language: z.enum(['it', 'en']),
  theme: z.enum(['system', 'light', 'dark']),
  /** Root font size in percent; 200 must stay usable (WCAG 1.4.4). */
  textSize: z.number().int().min(80).max(200),
  /** Single-letter and digit keys; may be switched off (WCAG 2.1.4). */
  singleKeys: z.boolean(),
  /** Action -> key, where it differs from the default. */
  keys: z.record(z.string().max(60), z.string().max(20)),
  /** `web`: this page is the phone. `desk`: the SIP phone that is noted with the user. */
  phoneKind: z.enum(phoneKinds),
  devices: DeviceChoice,
})
export type Settings = z.infer<typeof Settings>

export const defaultSettings: Settings = {
  language: 'it',
  theme: 'system',
  textSize: 100,
  singleKeys: true,
  keys: {},
  phoneKind: 'web',
  devices: systemDevices,
}

export const settings = {
  current: view(Settings),
  save: method(Settings, z.void(), { repeat: 'safe' }),
}
