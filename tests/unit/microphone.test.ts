import { beforeEach, describe, expect, it } from 'vitest'
import type { DevicePort } from '../../renderer/media/microphone.ts'
import { createMicrophone } from '../../renderer/media/microphone.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))

/** Microphones in memory, by label; the first is the system's own choice. */
function fakeDevices() {
  let labels = ['Laptop', 'Headset']
  let refusal: string | null = null
  let told = () => {}
  const opened: { label: string; end: () => void; stopped: boolean }[] = []
  const port: DevicePort = {
    enumerateDevices: async () =>
      labels.map((label) => ({ kind: 'audioinput', deviceId: `id of ${label}`, label }) as MediaDeviceInfo),
    getUserMedia: async ({ audio }) => {
      if (refusal !== null) throw new DOMException('no', refusal)
      const asked = (audio as { deviceId?: { exact: string } }).deviceId?.exact
      const label = labels.find((each) => asked === undefined || asked === `id of ${each}`)
      if (label === undefined) throw new DOMException('none', 'NotFoundError')
      let ended = () => {}
      const one = { label, end: () => ended(), stopped: false }
      opened.push(one)
      const track = {
        addEventListener: (_type: string, run: () => void) => {
          ended = run
        },
        stop: () => {
          one.stopped = true
        },
      }
      return { getTracks: () => [track], getAudioTracks: () => [track] } as unknown as MediaStream
    },
    addEventListener: (_type, listener) => {
      told = listener
    },
    removeEventListener: () => {
      told = () => {}
    },
  }
  return {
    port,
    opened,
    refuse: (name: string | null) => {
      refusal = name
    },
    /** What is plugged in from now on; those gone end. */
    plug: async (...next: string[]) => {
      const gone = labels.filter((label) => !next.includes(label))
      labels = next
      for (const one of opened) if (!one.stopped && gone.includes(one.label)) one.end()
      told()
      await settled()
    },
  }
}

let devices: ReturnType<typeof fakeDevices>
let microphone: ReturnType<typeof createMicrophone>
const state = () => microphone.view.current()
const inUse = () => devices.opened.findLast(({ stopped }) => !stopped)?.label

beforeEach(() => {
  devices = fakeDevices()
  microphone = createMicrophone(devices.port)
})

describe('the microphone', () => {
  it('is closed until it is wanted, then live, then closed again', async () => {
    expect(state().state).toBe('unknown')
    const opening = microphone.open()
    await opening
    expect(state().state).toBe('live')
    microphone.close()
    expect(state().state).toBe('unknown')
    expect(devices.opened.every(({ stopped }) => stopped)).toBe(true)
  })
  it('is the one that was chosen, also when that is chosen while it is open', async () => {
    microphone.choose('Headset')
    await microphone.open()
    expect(inUse()).toBe('Headset')
    microphone.choose('')
    await settled()
    expect(inUse()).toBe('Laptop')
    expect(devices.opened[0]!.stopped).toBe(true)
  })
  it('that is unplugged gives way to another, says so, and is taken back when it returns', async () => {
    microphone.choose('Headset')
    await microphone.open()
    await devices.plug('Laptop')
    expect(inUse()).toBe('Laptop')
    expect(state()).toMatchObject({ state: 'live', inUse: '', lost: 'Headset' })
    await devices.plug('Laptop', 'Headset')
    expect(inUse()).toBe('Headset')
    expect(state()).toMatchObject({ state: 'live', inUse: 'Headset', lost: null })
  })
  it('is missing when the last one is unplugged, and live again by itself', async () => {
    await microphone.open()
    await devices.plug()
    expect(state().state).toBe('missing')
    await devices.plug('Headset')
    expect(state().state).toBe('live')
  })
  it('is denied when the person says no', async () => {
    devices.refuse('NotAllowedError')
    await microphone.open()
    expect(state().state).toBe('denied')
    devices.refuse(null)
    await microphone.open()
    expect(state().state).toBe('live')
  })
  it('is silent by the verdict of the speaking test until something is heard', async () => {
    await microphone.open()
    microphone.judged('silent')
    expect(state().state).toBe('silent')
    microphone.judged('heard')
    expect(state().state).toBe('live')
  })
  it('opened while it is closed again stays closed', async () => {
    const opening = microphone.open()
    microphone.close()
    await opening
    expect(state().state).toBe('unknown')
    expect(devices.opened.every(({ stopped }) => stopped)).toBe(true)
  })
})
