/// <reference types="vite/client" />
import { pageClock } from '../../renderer/client/page-clock.ts'
import { createPhone, type Phone } from '../../renderer/media/phone.ts'
import { sipUserAgent } from '../../renderer/media/sip-user-agent.ts'
import type { WebAccount } from '../../shared/contract/media.ts'

/** Many operators' phones in one page, each with its own registration, DTLS, Opus both ways and a loudspeaker. */
const microphone = navigator.mediaDevices.getUserMedia({ audio: true })
const phones: Phone[] = []

async function add(account: WebAccount): Promise<void> {
  const [track] = (await microphone).getAudioTracks()
  const speaker = new Audio()
  const phone = createPhone({
    loadUserAgent: async () => sipUserAgent(pageClock),
    isSupported: true,
    takeTrack: () => track!.clone(),
    hear: (stream) => {
      speaker.srcObject = stream
      if (stream) void speaker.play()
    },
    clock: pageClock,
    random: Math.random,
    makeId: () => crypto.randomUUID(),
  })
  phones.push(phone)
  phone.use(account)
  await new Promise<void>((resolve) => {
    const leave = phone.state.changed(({ registration }) => {
      if (registration !== 'registered') return
      leave()
      resolve()
    })
  })
}

Object.assign(window, { addPhone: add })
