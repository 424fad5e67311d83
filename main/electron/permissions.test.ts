import { expect, test } from 'vitest'
import { isPermitted, pickHeadset } from './permissions.ts'

const from = 'app://cuffia/'

test('our page gets the microphone and headset buttons', () => {
  expect(isPermitted({ permission: 'media', from, media: ['audio'] })).toBe(true)
  expect(isPermitted({ permission: 'hid', from })).toBe(true)
})

test.each([
  { permission: 'media', from, media: ['audio', 'video'] },
  { permission: 'media', from, media: ['video'] },
  { permission: 'media', from, media: [] },
  { permission: 'geolocation', from },
  { permission: 'usb', from },
  { permission: 'openExternal', from },
  { permission: 'media', from: 'https://evil.example/', media: ['audio'] },
  { permission: 'hid', from: 'https://evil.example/' },
])('nobody gets %j', (asked) => {
  expect(isPermitted(asked)).toBe(false)
})

test('of the devices offered only one with telephony buttons is taken', () => {
  const keyboard = { deviceId: 'keyboard', collections: [{ usagePage: 1 }] }
  const headset = { deviceId: 'headset', collections: [{ usagePage: 12 }, { usagePage: 11 }] }
  expect(pickHeadset([keyboard, { deviceId: 'bare' }, headset])).toBe('headset')
  expect(pickHeadset([keyboard])).toBeUndefined()
})
