import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'

/** Milliseconds since 1970 with fractions, on the clock that the page's marks can be brought to. */
export const preciseNow = (): number => performance.timeOrigin + performance.now()

export interface Wire {
  url: string
  /** When the first bytes of the offer of an attempt came out of the server. */
  leftAt: ReadonlyMap<string, number>
  close(): void
}

// How the server writes the pushed state of an operator with a record on the desk (shared/crm-api/stream.ts).
const offer = /"stage":"offered","offer":\{"attempt":"([^"]+)"/g

/** A cable between client and server that notes when each offer passes: WebSocket text from a server is not masked. */
export async function tapped(serverUrl: string): Promise<Wire> {
  const { hostname, port } = new URL(serverUrl)
  const leftAt = new Map<string, number>()
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    for (const end of [client, upstream]) end.setNoDelay(true)
    client.pipe(upstream)
    upstream.on('data', (data) => {
      const at = preciseNow()
      client.write(data)
      for (const [, attempt] of data.toString('latin1').matchAll(offer)) {
        if (attempt !== undefined && !leftAt.has(attempt)) leftAt.set(attempt, at)
      }
    })
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leftAt,
    close: () => server.close(),
  }
}
