import { createSocket } from 'node:dgram'
import { setTimeout as wait } from 'node:timers/promises'
import { linear, rate } from './audio.mjs'

const muLawType = 0
/** What the scenarios offer for telephone-event. */
const eventType = 101
const keys = '0123456789*#ABCD'

/**
 * RTP, RFC 3550 section 5.1: the payload of a packet of that type, mu-law (RFC 3551) where none is said; undefined for
 * others.
 */
export function payloadOf(packet, type = muLawType) {
  if (packet.length < 12 || packet[0] >> 6 !== 2 || (packet[1] & 0x7f) !== type) return undefined
  const sources = 12 + (packet[0] & 0x0f) * 4
  const hasExtension = (packet[0] & 0x10) !== 0 && packet.length >= sources + 4
  const start = hasExtension ? sources + 4 + packet.readUInt16BE(sources + 2) * 4 : sources
  const padding = (packet[0] & 0x20) === 0 ? 0 : packet.at(-1)
  return packet.subarray(start, packet.length - padding)
}

/**
 * How much of a tone is in the sound, by Goertzel's algorithm: its amplitude, where 1 is the loudest sine there is.
 * @param {Int16Array} samples 8,000 a second
 * @param {number} hz
 */
export function level(samples, hz) {
  if (samples.length === 0) return 0
  const factor = 2 * Math.cos((2 * Math.PI * hz) / rate)
  let before = 0
  let last = 0
  for (const sample of samples) {
    const next = sample + factor * last - before
    before = last
    last = next
  }
  const power = last * last + before * before - factor * last * before
  return (2 * Math.sqrt(Math.max(0, power))) / samples.length / 32_767
}

/** The key of a telephone event (RFC 4733 section 2.3): all packets of one press have one RTP timestamp. */
function pressOf(packet) {
  const event = payloadOf(packet, eventType)
  return event === undefined ? undefined : { key: keys[event[0]] ?? '', at: packet.readUInt32BE(4) }
}

/**
 * Where everybody outside hears: one port, each call told by the port of Asterisk that it comes from.
 * @param {number} port UDP on the loopback address
 */
export async function openEars(port) {
  const socket = createSocket('udp4')
  /** @type {Map<number, Buffer[]> | undefined} */
  let heard
  /** @type {Map<number, { pressed: string, at: number }>} keys pressed, by call */
  const presses = new Map()
  socket.on('message', (packet, { port: from }) => {
    const press = pressOf(packet)
    const before = presses.get(from)
    if (press !== undefined && press.at !== before?.at)
      presses.set(from, { pressed: `${before?.pressed ?? ''}${press.key}`, at: press.at })
    const payload = heard && payloadOf(packet)
    if (payload === undefined) return
    heard.set(from, [...(heard.get(from) ?? []), payload])
  })
  await new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(port, '127.0.0.1', () => resolve(undefined))
  })
  return {
    /**
     * Listens for so long, one listening at a time. One entry a call that was sent any sound; `level` measures it.
     * @param {number} ms
     * @returns {Promise<{ from: number, samples: Int16Array }[]>} `from`: Asterisk's RTP port of that call
     */
    async listen(ms) {
      heard = new Map()
      await wait(ms)
      const calls = [...heard].map(([from, parts]) => ({
        from,
        samples: Int16Array.from(Buffer.concat(parts), linear),
      }))
      heard = undefined
      return calls
    },
    /** The keys pressed for everybody outside so far, one text a call. */
    pressed: () => [...presses.values()].map(({ pressed }) => pressed),
    close: () => new Promise((resolve) => socket.close(() => resolve(undefined))),
  }
}
