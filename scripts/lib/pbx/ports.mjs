import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'

const tcp = (port) =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })

const udp = (port) =>
  new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.once('error', () => resolve(false))
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)))
  })

/** Blocks of 1,000 from here: below the range that systems hand out by themselves. */
const first = 11_000
const last = 29_000
const width = 1000
const taken = new Set()

/**
 * A free block of ports for one instance: http, SIP, carrier and callers, and a range for RTP. Another process may
 * still take one before it is used; the start then fails and says which.
 */
export async function freePorts(random = Math.random) {
  const blocks = (last - first) / width
  const start = Math.floor(random() * blocks)
  for (let step = 0; step < blocks; step++) {
    const base = first + ((start + step) % blocks) * width
    if (taken.has(base)) continue
    const ports = { http: base, sip: base + 1, carrier: base + 2, caller: base + 3 }
    const free = await Promise.all([tcp(ports.http), udp(ports.sip), udp(ports.carrier), udp(ports.caller)])
    if (free.includes(false)) continue
    taken.add(base)
    const release = () => taken.delete(base)
    return { ...ports, rtpStart: base + 200, rtpEnd: base + 899, mediaStart: base + 10, release }
  }
  throw new Error('no block of free ports was found for a PBX')
}
