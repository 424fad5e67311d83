import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'

/** Listens on the port until `close`; undefined where it is taken. */
const claim = (port) =>
  new Promise((resolve) => {
    const server = createServer()
    server.unref()
    server.once('error', () => resolve(undefined))
    server.listen(port, '127.0.0.1', () => resolve(server))
  })

const isFreeTcp = async (port) => {
  const server = await claim(port)
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))
  return server !== undefined
}

const isFreeUdp = (port) =>
  new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.once('error', () => resolve(false))
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)))
  })

/** Blocks of 1,000 from here: below the range that systems hand out by themselves. */
const first = 11_000
const last = 29_000
const width = 1000

/**
 * A free block of ports for one instance: http, SIP, carrier, callers (as many SIPp at once), their ears, and ranges for
 * RTP. The last port of the
 * block is listened on until `release`, or our end: two test runs at once never take the same block.
 */
export async function freePorts(random = Math.random) {
  const blocks = (last - first) / width
  const start = Math.floor(random() * blocks)
  for (let step = 0; step < blocks; step++) {
    const base = first + ((start + step) % blocks) * width
    const held = await claim(base + width - 1)
    if (held === undefined) continue
    const release = () => held.close()
    const callers = Array.from({ length: 20 }, (_none, seat) => ({
      sip: base + 10 + seat,
      media: base + 910 + 4 * seat,
    }))
    const ports = { http: base, sip: base + 1, carrier: base + 2, ears: base + 3 }
    const udp = [ports.sip, ports.carrier, ports.ears, ...callers.map(({ sip }) => sip)].map((port) =>
      isFreeUdp(port),
    )
    if ((await Promise.all([isFreeTcp(ports.http), ...udp])).includes(false)) {
      release()
      continue
    }
    return { ...ports, callers, mediaStart: base + 40, rtpStart: base + 200, rtpEnd: base + 899, release }
  }
  throw new Error('no block of free ports was found for a PBX')
}
