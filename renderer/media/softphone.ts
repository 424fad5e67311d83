import type { HeadsetKey, HeadsetReport, Levels, MediaState, media } from '../../shared/contract/media.ts'
import { silentMedia } from '../../shared/contract/media.ts'
import type { Clock, Random } from '../../shared/std/clock.ts'
import { AppError } from '../../shared/std/errors.ts'
import type { Event, Watchable } from '../../shared/std/event.ts'
import { cell } from '../../shared/std/event.ts'
import { pickDevice } from './devices.ts'
import { createHeadset } from './headset/driver.ts'
import type { HidPort } from './headset/hid.ts'
import { watchLevels } from './levels.ts'
import type { DevicePort } from './microphone.ts'
import { createMicrophone } from './microphone.ts'
import { createPhone } from './phone.ts'
import { createRinger, createSpeaker, silentTrack } from './sound.ts'

type Inputs = {
  [K in keyof typeof media]: (typeof media)[K] extends { input: { parse(raw: unknown): infer I } } ? I : never
}
type Outputs = {
  [K in keyof typeof media]: (typeof media)[K] extends { output: { parse(raw: unknown): infer O } }
    ? O
    : never
}
/** What `serve()` takes as the host of `media`, without the wire. */
export type MediaHost = {
  [K in keyof typeof media]: (typeof media)[K] extends { kind: 'view' }
    ? () => Watchable<K extends 'levels' ? Levels : K extends 'headsetReports' ? HeadsetReport[] : MediaState>
    : (input: Inputs[K]) => Promise<Outputs[K]>
}

export interface SoftphonePorts {
  page: Window
  /** Absent where the page is not from a secure address (Secure Contexts, section 3). */
  devices: MediaDevices | undefined
  hid: HidPort | undefined
  clock: Clock
  random: Random
  makeId: () => string
}

export interface Softphone {
  host: MediaHost
  pressed: Event<HeadsetKey>
  stop(): void
}

/** The operator's phone, microphone, loudspeaker, ringer and headset: everything in a page that makes or takes sound. */
export function createSoftphone(ports: SoftphonePorts): Softphone {
  const { page, clock } = ports
  const state = cell<MediaState>(silentMedia)
  let context: AudioContext | undefined
  /** One for the page, and only once there is something to hear: browsers count them. */
  const audio = () => {
    context ??= new AudioContext()
    if (context.state === 'suspended') void context.resume().catch(() => undefined)
    return context
  }
  const microphone = createMicrophone(ports.devices ?? noDevices)
  const headset = createHeadset(ports.hid, clock)
  const speaker = createSpeaker()
  const ringer = createRinger(audio, clock)
  const testing = createRinger(audio, clock)
  const remote = cell<MediaStream | null>(null)

  const phone = createPhone({
    loadUserAgent: async () => (await import('./sip-user-agent.ts')).sipUserAgent(clock),
    isSupported: ports.devices !== undefined && typeof RTCPeerConnection === 'function',
    takeTrack: () => microphone.stream.current()?.getAudioTracks()[0]?.clone() ?? silentTrack(audio()),
    hear: (stream) => {
      speaker.play(stream)
      remote.set(stream)
    },
    clock,
    random: ports.random,
    makeId: ports.makeId,
  })
  const levels = watchLevels({
    input: microphone.stream,
    output: remote,
    context: audio,
    judged: microphone.judged,
    // opened for a look only
    unwatched: () => phone.account() ?? microphone.close(),
    clock,
  })

  const set = (change: Partial<MediaState>) => state.set({ ...state.current(), ...change })
  /** Where sound comes out, by the present wishes and devices. */
  const route = () => {
    const { outputs } = microphone.view.current().devices
    const { chosen } = state.current()
    const output = pickDevice(chosen.output, outputs)
    speaker.to(output.id)
    ringer.to(pickDevice(chosen.ringer, outputs).id)
    return output
  }
  const refresh = () => {
    const heard = microphone.view.current()
    const output = route()
    const now = phone.state.current()
    set({
      registration: now.registration,
      problem: now.problem,
      leg: now.leg.name === 'up' ? 'up' : 'none',
      echo: now.echo.name,
      echoNumber: phone.account()?.echoNumber ?? null,
      microphone: heard.state,
      devices: { inputs: [...heard.devices.inputs], outputs: [...heard.devices.outputs] },
      inUse: { input: heard.inUse, output: output.label },
      lost: heard.lost ?? output.lost,
      headset: headset.state.current(),
      canPairHeadset: headset.canPair,
    })
  }
  const focused = () => set({ focusedAt: clock.now() })
  const stops = [
    phone.state.changed(refresh),
    microphone.view.changed(refresh),
    microphone.stream.changed(() => phone.refreshTracks()),
    headset.state.changed(refresh),
    listen(page, 'focus', focused),
    listen(page, 'offline', phone.networkLost),
    listen(page, 'online', phone.networkBack),
    listen(page, 'pagehide', phone.leave),
  ]
  if (page.document.hasFocus()) focused()
  refresh()
  void microphone.refresh().catch(() => undefined)

  const host: MediaHost = {
    state: () => state,
    levels: () => levels,
    headsetReports: () => headset.reports,
    use: async ({ account }) => {
      phone.use(account)
      refresh()
      if (account) void microphone.open()
      else microphone.close()
    },
    mute: async ({ on }) => {
      phone.mute(on)
      set({ muted: on })
    },
    ring: async ({ on, kind }) => {
      if (on) ringer.start(kind)
      else ringer.stop()
      set({ ringing: on && kind === 'call' })
    },
    askMicrophone: async () => {
      await microphone.open()
    },
    choose: async (change) => {
      set({ chosen: { ...state.current().chosen, ...change } })
      microphone.choose(state.current().chosen.input)
      refresh()
    },
    testTone: async ({ on }) => {
      const { outputs } = microphone.view.current().devices
      testing.to(pickDevice(state.current().chosen[on], outputs).id)
      testing.start('test')
    },
    startEcho: async () => {
      if (!phone.startEcho()) throw new AppError('not-in-this-state', 'no test call now')
    },
    stopEcho: async () => phone.stopEcho(),
    pairHeadset: () => headset.pair(),
    forgetHeadset: () => headset.forget(),
    lightHeadset: async (lamps) => headset.light(lamps),
  }
  return {
    host,
    pressed: headset.pressed,
    stop: () => {
      for (const stop of stops) stop()
      phone.use(null)
      microphone.stop()
      headset.stop()
      ringer.stop()
      testing.stop()
      void context?.close()
    },
  }
}

const noDevices: DevicePort = {
  enumerateDevices: async () => [],
  getUserMedia: () => Promise.reject(new DOMException('no devices for this page', 'NotFoundError')),
  addEventListener: () => {},
  removeEventListener: () => {},
}

function listen(page: Window, name: string, run: () => void): () => void {
  page.addEventListener(name, run)
  return () => page.removeEventListener(name, run)
}
