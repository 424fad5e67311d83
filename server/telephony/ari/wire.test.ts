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
const info = JSON.stringify({ system: { entity_id: 'x' }, status: { startup_time: 'y' } })

test('who takes our place keeps it, and once nobody has it we are back by ourselves', async () => {
  let owner: 'ours' | 'theirs' | 'nobody' = 'ours'
  const asked: string[] = []
  const http = createServer((request, response) => {
    const url = request.url ?? ''
    const isAboutUs = url.includes('/applications/app')
    if (isAboutUs) asked.push(owner)
    response.statusCode = isAboutUs && owner === 'nobody' ? 404 : 200
    response.setHeader('content-type', 'application/json')
    response.end(url.includes('/asterisk/info') ? info : '[]')
  })
  const sockets = new WebSocketServer({ noServer: true })
  const accepted: WebSocket[] = []
  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
    sockets.handleUpgrade(request, socket, head, (far) => accepted.push(far)),
  )
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo
  const settings = { url: `http://127.0.0.1:${port}/ari`, user: 'u', password: 'p', app: 'app', trunk: 't' }
  const wire = ariWire(settings, { clock: systemClock, random: () => 0, log: silentLog })
  const told: string[] = []
  wire.signals((signal) => {
    if (signal.signal !== 'fact') told.push(signal.signal === 'down' ? signal.reason : signal.signal)
  })
  const becomes = (words: string[]) => expect.poll(() => told, { timeout: 15_000 }).toEqual(words)
  try {
    wire.open(() => ({ playbacks: [], recordings: [] }))
    await becomes(['up'])
    owner = 'theirs'
    accepted[0]?.send(replaced)
    await becomes(['up', 'replaced'])
    await expect.poll(() => asked.includes('theirs'), { timeout: 15_000 }).toBe(true)
    expect(accepted).toHaveLength(1)
    owner = 'nobody'
    await expect.poll(() => accepted.length, { timeout: 15_000 }).toBe(2)
    await becomes(['up', 'replaced', 'up'])
  } finally {
    await wire.close()
    http.closeAllConnections()
    http.close()
  }
})
