import { EventEmitter, once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import type { Log } from '../../../shared/std/log.ts'
import { testClock } from '../../../tests/support/clock.ts'
import { eventSocket } from './socket.ts'

const password = 'a-very-secret-word'
const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A log that keeps everything as text. */
function keptLog() {
  const lines: string[] = []
  const keep = (fields: object, message: string) =>
    void lines.push(`${message} ${JSON.stringify(fields)} ${Object.values(fields).map(String).join(' ')}`)
  const log: Log = { info: keep, warn: keep, error: keep }
  return { log, lines }
}

async function server() {
  const http = createServer()
  const sockets = new Set<Socket>()
  http.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  closers.push(() => {
    for (const socket of sockets) socket.destroy()
    http.close()
  })
  const { port } = http.address() as AddressInfo
  return {
    http,
    settings: { url: `http://127.0.0.1:${port}/ari`, user: 'cuffia', password, app: 'app' },
  }
}

async function connected({ autoPong = true } = {}) {
  const { http, settings } = await server()
  const sockets = new WebSocketServer({ server: http, autoPong })
  const clock = testClock()
  const { log, lines } = keptLog()
  const told: string[] = []
  const looks = new EventEmitter()
  const heard = async (count: number) => {
    while (told.length < count) await once(looks, 'look')
  }
  const closed = Promise.withResolvers<string>()
  const opened = Promise.withResolvers<void>()
  const arrived = once(sockets, 'connection') as Promise<[WebSocket, { url: string }]>
  const own = eventSocket(
    settings,
    { clock, log },
    {
      opened: opened.resolve,
      event: ({ type }) => {
        told.push(type)
        looks.emit('look')
      },
      closed: (reason) => {
        told.push('closed')
        closed.resolve(reason)
      },
    },
  )
  const [far, { url }] = await arrived
  await opened.promise
  closers.push(() => own.drop('the test is over'))
  return { clock, far, url, own, told, heard, lines, closed: closed.promise }
}

test('a socket that hears nothing for fifteen seconds is dead, though nobody closed it', async () => {
  const { clock, far, closed } = await connected({ autoPong: false })
  const pinged = once(far, 'ping')
  clock.advance(5_000)
  await pinged
  clock.advance(10_000)
  expect(await closed).toBe('the switch went silent')
})

test('a socket that is answered lives on, however long nothing happens', async () => {
  const { clock, far, told } = await connected()
  for (let round = 0; round < 12; round++) {
    const pinged = once(far, 'ping')
    clock.advance(5_000)
    await pinged
    // Its answer to ours comes after it has read the answer to its own.
    far.ping()
    await once(far, 'pong')
  }
  expect(told).toEqual([])
})

test('a socket says each event once, passes over those that it does not know, and names one that is not as it should be', async () => {
  const { far, told, heard, lines, own, closed } = await connected()
  const destroyed = JSON.stringify({
    type: 'BridgeDestroyed',
    bridge: { id: 'b', creator: '', channels: [] },
  })
  const texts = [
    destroyed,
    destroyed,
    '{"type":"RestOfTheWorld"}',
    '{"type":"ChannelHold","who":"+393331234567"}',
    'no json',
  ]
  for (const text of texts) far.send(text)
  far.send(JSON.stringify({ type: 'BridgeDestroyed', bridge: { id: 'last', creator: '', channels: [] } }))
  await heard(2)
  own.drop('the test is over')
  await closed
  expect(told).toEqual(['BridgeDestroyed', 'BridgeDestroyed', 'closed'])
  expect(lines.join('\n')).toContain('ChannelHold')
  expect(lines.join('\n')).not.toContain('+393331234567')
  expect(lines.at(-1)).toContain('"events":{"used":2,"unused":1,"twice":1,"unreadable":2}')
})

test('a socket that another server took says so', async () => {
  const { far, closed, told } = await connected()
  far.send(JSON.stringify({ type: 'ApplicationReplaced', application: 'app' }))
  expect(await closed).toBe('replaced')
  expect(told).toEqual(['closed'])
})

test('a socket has its password in no address and no line of the log', async () => {
  const { url, own, closed, lines } = await connected()
  own.drop('the test is over')
  await closed
  expect(url).toBe('/ari/events?app=app&subscribeAll=true')
  expect(lines).not.toEqual([])
  expect(lines.join('\n')).not.toContain(password)
})

test.each([
  [401, 'the switch refuses our password'],
  [503, 'the switch answered 503'],
])('a socket that the switch refuses with %i never opened and says why', async (status, why) => {
  const { http, settings } = await server()
  http.on('upgrade', (_request, socket) => socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`))
  const { log, lines } = keptLog()
  const { promise: closed, resolve } = Promise.withResolvers<string>()
  const opened = () => resolve('opened')
  eventSocket(settings, { clock: testClock(), log }, { opened, event: () => {}, closed: resolve })
  expect(await closed).toBe(why)
  expect(lines.join('\n')).not.toContain(password)
})

test('a switch that is not there closes it once and says why', async () => {
  const { http, settings } = await server()
  http.close()
  await once(http, 'close')
  const { promise: closed, resolve } = Promise.withResolvers<string>()
  const own = { opened: () => resolve('opened'), event: () => {}, closed: resolve }
  eventSocket(settings, { clock: testClock(), log: keptLog().log }, own)
  expect(await closed).toContain('ECONNREFUSED')
})
