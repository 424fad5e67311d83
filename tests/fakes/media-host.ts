import type { HeadsetKey, HeadsetReport, Levels, MediaState, Page } from '../../shared/contract/media.ts'
import { silentMedia } from '../../shared/contract/media.ts'
import type { Host } from '../../shared/rpc/contract.ts'
import { cell, emitter } from '../../shared/std/event.ts'

const headset: MediaState['headset'] = {
  name: 'Headset 40',
  keys: ['hook-off', 'hook-on', 'mute', 'flash'],
  lamps: ['offHook', 'ring', 'mute'],
}

/** The phone of a page without sound: two microphones, two loudspeakers, a headset that can be paired. */
export function mediaHost(initial: Partial<MediaState> = {}) {
  const state = cell<MediaState>({
    ...silentMedia,
    devices: {
      inputs: [
        { id: '1', label: 'Headset 40' },
        { id: '2', label: 'Microfono del portatile' },
      ],
      outputs: [
        { id: '3', label: 'Headset 40' },
        { id: '4', label: 'Altoparlanti' },
      ],
    },
    canPairHeadset: true,
    ...initial,
  })
  const levels = cell<Levels>({ input: 0.6, output: 0 })
  const reports = cell<HeadsetReport[]>([])
  const pressed = emitter<HeadsetKey>()
  const asked: string[] = []
  const set = (change: Partial<MediaState>) => state.set({ ...state.current(), ...change })
  const host: Host<Page> = {
    media: {
      state: () => state,
      levels: () => levels,
      headsetReports: () => reports,
      use: async ({ account }) => set({ registration: account ? 'registered' : 'none' }),
      mute: async ({ on }) => set({ muted: on }),
      ring: async ({ on }) => set({ ringing: on }),
      askMicrophone: async () => set({ microphone: 'live' }),
      choose: async (change) => set({ chosen: { ...state.current().chosen, ...change } }),
      testTone: async ({ on }) => void asked.push(`tone ${on}`),
      startEcho: async () => set({ echo: 'up' }),
      stopEcho: async () => set({ echo: 'none' }),
      pairHeadset: async () => {
        set({ headset })
        return true
      },
      forgetHeadset: async () => set({ headset: null }),
      lightHeadset: async (lamps) => void asked.push(`lamps ${JSON.stringify(lamps)}`),
    },
  }
  return {
    host,
    set,
    state,
    asked,
    pressed: pressed.event,
    press: (key: HeadsetKey, report: Omit<HeadsetReport, 'key'>) => {
      reports.set([...reports.current(), { ...report, key }])
      pressed.emit(key)
    },
  }
}
