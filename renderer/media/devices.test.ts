import { describe, expect, it } from 'vitest'
import { listDevices, microphoneConstraints, microphoneFailure, pickDevice } from './devices.ts'

const info = (kind: MediaDeviceKind, deviceId: string, label: string) => ({ kind, deviceId, label })

describe('the list of devices', () => {
  it('has each device once, without the names the system has for its own choice', () => {
    const lists = listDevices([
      info('audioinput', 'default', 'Default - Headset'),
      info('audioinput', 'communications', 'Communications - Headset'),
      info('audioinput', 'a', 'Headset'),
      info('videoinput', 'v', 'Camera'),
      info('audiooutput', 'b', 'Loudspeaker'),
    ])
    expect(lists).toEqual({
      inputs: [{ id: 'a', label: 'Headset' }],
      outputs: [{ id: 'b', label: 'Loudspeaker' }],
    })
  })
  it('is empty while the browser tells no names', () => {
    expect(listDevices([info('audioinput', '', ''), info('audiooutput', 'x', '')])).toEqual({
      inputs: [],
      outputs: [],
    })
  })
})

describe('the device for a wish', () => {
  const devices = [
    { id: '1', label: 'Headset' },
    { id: '2', label: 'Camera' },
  ]
  it('is found by its label, whatever its id is today', () => {
    expect(pickDevice('Camera', devices)).toEqual({ id: '2', label: 'Camera', lost: null })
  })
  it('is the choice of the system where it is gone, and says which one is', () => {
    expect(pickDevice('Headset', devices.slice(1))).toEqual({ id: '', label: '', lost: 'Headset' })
  })
  it('is the choice of the system where nothing was asked for', () => {
    expect(pickDevice('', devices)).toEqual({ id: '', label: '', lost: null })
  })
})

describe('the microphone', () => {
  it('is asked for exactly where one was chosen, with the processing that speech wants', () => {
    expect(microphoneConstraints('')).toEqual({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
      video: false,
    })
    expect(microphoneConstraints('1')).toMatchObject({ audio: { deviceId: { exact: '1' } } })
  })
  it.each([
    ['NotAllowedError', 'denied'],
    ['SecurityError', 'denied'],
    ['NotFoundError', 'missing'],
    ['OverconstrainedError', 'missing'],
    ['NotReadableError', 'missing'],
  ] as const)('that fails with %s is %s', (name, state) => {
    expect(microphoneFailure(name)).toBe(state)
  })
})
