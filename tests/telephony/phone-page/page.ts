/// <reference types="vite/client" />
import type { MediaState } from '../../../shared/contract/media.ts'
import { pageClock } from '../../../renderer/client/page-clock.ts'
import { createSoftphone } from '../../../renderer/media/softphone.ts'

/** The product's phone without its page, and an ear for what comes in: for tests on a real switch. */
let heard: MediaStream | undefined
let connection: RTCPeerConnection | undefined
const Connection = window.RTCPeerConnection
window.RTCPeerConnection = class extends Connection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration)
    this.addEventListener('track', ({ track, target }) => {
      heard = new MediaStream([track])
      connection = target as RTCPeerConnection
    })
  }
}

const softphone = createSoftphone({
  page: window,
  devices: navigator.mediaDevices,
  hid: undefined,
  clock: pageClock,
  random: Math.random,
  makeId: () => crypto.randomUUID(),
})
const state = softphone.host.state()

/** Resolves with how long it took; the test's own limit ends what never comes. */
const until = (fits: (now: MediaState) => boolean) =>
  new Promise<number>((resolve) => {
    const from = performance.now()
    const look = () => {
      if (!fits(state.current())) return
      leave()
      resolve(Math.round(performance.now() - from))
    }
    const leave = state.changed(look)
    look()
  })

/** The loudest frequency that comes in now, in hertz, and how loud it is; null while nothing does. */
async function listen(): Promise<{ hertz: number; decibels: number } | null> {
  if (!heard) return null
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  analyser.fftSize = 8192
  analyser.smoothingTimeConstant = 0
  context.createMediaStreamSource(heard).connect(analyser)
  await new Promise((resolve) => pageClock.after(400, () => resolve(null)))
  const bins = new Float32Array(analyser.frequencyBinCount)
  analyser.getFloatFrequencyData(bins)
  const loudest = bins.reduce((best, value, index) => (value > bins[best]! ? index : best), 1)
  await context.close()
  return {
    hertz: (loudest * context.sampleRate) / analyser.fftSize,
    decibels: Math.round(bins[loudest]!),
  }
}

const levels = () =>
  new Promise<number>((resolve) => {
    let loudest = 0
    let rounds = 0
    const leave = softphone.host.levels().changed(({ input }) => {
      loudest = Math.max(loudest, input)
      if (++rounds < 15) return
      leave()
      resolve(loudest)
    })
  })

/** RFC 8445 section 9: a new one tells that ICE was restarted. */
const iceFragment = () => /a=ice-ufrag:(\S+)/.exec(connection?.remoteDescription?.sdp ?? '')?.[1]

const phone = { ...softphone.host, now: state.current, until, listen, levels, iceFragment }
export type PhonePage = typeof phone
Object.assign(window, { phone })
