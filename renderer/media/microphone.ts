import type { MicrophoneState } from '../../shared/contract/media.ts'
import type { Watchable } from '../../shared/std/event.ts'
import { cell } from '../../shared/std/event.ts'
import type { DeviceLists } from './devices.ts'
import { listDevices, microphoneConstraints, microphoneFailure, pickDevice } from './devices.ts'

export interface MicrophoneView {
  state: MicrophoneState
  devices: DeviceLists
  /** Label of the one in use; '' for the system's own choice. */
  inUse: string
  lost: string | null
}

/** The part of `navigator.mediaDevices` that is used. */
export interface DevicePort {
  enumerateDevices(): Promise<MediaDeviceInfo[]>
  getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream>
  addEventListener(type: 'devicechange', listener: () => void): void
  removeEventListener(type: 'devicechange', listener: () => void): void
}

export interface Microphone {
  view: Watchable<MicrophoneView>
  /** Told with a fresh stream, or null once there is none. */
  stream: Watchable<MediaStream | null>
  open(): Promise<void>
  close(): void
  /** By label; counts at once where it is open. */
  choose(label: string): void
  /** The verdict of the speaking test. */
  judged(verdict: 'heard' | 'silent'): void
  /** Reads the list of devices anew. */
  refresh(): Promise<void>
  stop(): void
}

/**
 * The microphone from the question to its loss. One that is taken away is replaced by what is left, one that comes back
 * is taken again; whoever sends its sound swaps the track and the call goes on.
 */
export function createMicrophone(media: DevicePort): Microphone {
  const view = cell<MicrophoneView>({
    state: 'unknown',
    devices: { inputs: [], outputs: [] },
    inUse: '',
    lost: null,
  })
  const stream = cell<MediaStream | null>(null)
  let wish = ''
  let wanted = false
  /** Only the newest try counts. */
  let tries = 0

  const set = (change: Partial<MicrophoneView>) => view.set({ ...view.current(), ...change })
  const release = () => {
    const before = stream.current()
    stream.set(null)
    for (const track of before?.getTracks() ?? []) track.stop()
  }
  const list = async () => {
    const devices = listDevices(await media.enumerateDevices())
    set({ devices })
    return devices
  }
  const ended = () => {
    set({ state: 'ended' })
    void take()
  }
  const take = async () => {
    const mine = ++tries
    const device = pickDevice(wish, (await list()).inputs)
    if (mine !== tries || !wanted) return
    if (view.current().state === 'unknown') set({ state: 'asking' })
    try {
      const opened = await media.getUserMedia(microphoneConstraints(device.id))
      if (mine !== tries || !wanted) return opened.getTracks().forEach((track) => track.stop())
      use(opened)
      // names are told only once somebody has said yes
      const { lost, label } = pickDevice(wish, (await list()).inputs)
      if (mine === tries) set({ inUse: device.id === '' ? '' : label, lost })
      if (mine === tries && wish !== '' && lost === null && device.id === '') await take()
    } catch (error) {
      if (mine !== tries) return
      release()
      set({ state: microphoneFailure((error as DOMException).name), inUse: '', lost: device.lost })
    }
  }
  const use = (opened: MediaStream) => {
    const before = stream.current()
    opened.getAudioTracks()[0]?.addEventListener('ended', () => stream.current() === opened && ended())
    // listeners take the new track before the old one goes silent
    stream.set(opened)
    for (const track of before?.getTracks() ?? []) track.stop()
    set({ state: 'live' })
  }
  const devicesChanged = async () => {
    const { inputs } = await list()
    if (!wanted) return
    const { label, lost } = pickDevice(wish, inputs)
    const now = view.current()
    const isGone = now.state === 'missing' || now.state === 'ended'
    if (isGone || label !== now.inUse || lost !== now.lost) await take()
  }
  const onChange = () => void devicesChanged()
  media.addEventListener('devicechange', onChange)
  return {
    view,
    stream,
    open: async () => {
      if (wanted && stream.current()) return
      wanted = true
      await take()
    },
    close: () => {
      wanted = false
      tries++
      release()
      set({ state: 'unknown', inUse: '', lost: null })
    },
    choose: (label) => {
      if (label === wish) return
      wish = label
      if (wanted) void take()
    },
    judged: (verdict) => {
      const { state } = view.current()
      if (state === 'live' && verdict === 'silent') set({ state: 'silent' })
      if (state === 'silent' && verdict === 'heard') set({ state: 'live' })
    },
    refresh: async () => void (await list()),
    stop: () => {
      media.removeEventListener('devicechange', onChange)
      wanted = false
      tries++
      release()
    },
  }
}
