import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import { silentLog } from '../../../shared/std/log.ts'
import { systemClock } from '../../entry/system.ts'
import { ariWire } from './wire.ts'

const replaced = JSON.stringify({
  type: 'ApplicationReplaced',
  application: 'app',
  timestamp: '2026-11-24T13:48:59.119+0000',
  asterisk_id: 'x',
})

test('an opening of ours that is read late takes our place once, and we take it back; a second time it is another server', async () => {
  const state = JSON.stringify({
    system: { entity_id: 'x' },
    status: { startup_time: 'y' },
    config: {},
    build: {},
  })
  const http = createServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(request.url?.includes('/asterisk/info') ? state : '[]')
  })
  const sockets = new WebSocketServer({ noServer: true })
  const accepted: WebSocket[] = []
  const held: Duplex[] = []
  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    // It stands still: the first opening is left unanswered.
    if (held.length === 0) held.push(socket)
    else sockets.handleUpgrade(request, socket, head, (far) => accepted.push(far))
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo
  const settings = { url: `http://127.0.0.1:${port}/ari`, user: 'u', password: 'p', app: 'app', trunk: 't' }
  const wire = ariWire(settings, { clock: systemClock, random: () => 0, log: silentLog })
  const told: string[] = []
  wire.signals((signal) => {
    if (signal.signal !== 'fact') told.push(signal.signal === 'down' ? signal.reason : signal.signal)
  })
  const becomes = (last: string) => expect.poll(() => told.at(-1), { timeout: 15_000 }).toBe(last)
  try {
    wire.open(() => ({ playbacks: [], recordings: [] }))
    await becomes('up')
    accepted[0]?.send(replaced)
    await expect.poll(() => accepted.length, { timeout: 5_000 }).toBe(2)
    await becomes('up')
    expect(told).toContain('an opening of ours was read late')
    accepted[1]?.send(replaced)
    await becomes('replaced')
    expect(accepted).toHaveLength(2)
  } finally {
    await wire.close()
    for (const socket of held) socket.destroy()
    http.closeAllConnections()
    http.close()
  }
})
