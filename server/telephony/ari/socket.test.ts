import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import type { Log } from '../../../shared/std/log.ts'
import { testClock } from '../../../tests/support/clock.ts'
import { eventSocket } from './socket.ts'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

/** A switch that only tells events; it answers pings unless it is `deaf`. */
async function listening({ deaf = false, refuses = false } = {}) {
  const server = createServer()
  const sockets = new WebSocketServer({
    server,
    autoPong: !deaf,
    verifyClient: (_info, done) => done(!refuses, 401),
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ari`
  const connected = new Promise<{ far: WebSocket; path: string }>((resolve) =>
    sockets.once('connection', (far, { url: path = '' }) => resolve({ far, path })),
  )
  stops.push(() => {
    for (const each of sockets.clients) each.terminate()
    server.close()
  })
  return { url, connected, server }
}

function listen(url: string) {
  const clock = testClock()
  const lines: string[] = []
  const write = (fields: object, message: string) => void lines.push(`${message} ${JSON.stringify(fields)}`)
  const log: Log = { info: write, warn: write, error: write }
  const events: string[] = []
  const looks = new Set<() => void>()
  const opened = Promise.withResolvers<void>()
  const closed = Promise.withResolvers<string>()
  let closings = 0
  const socket = eventSocket(
    { url, user: 'cuffia', password: 'segreto', app: 'cuffia' },
    { clock, log },
    {
      opened: opened.resolve,
      event: ({ type }) => {
        events.push(type)
        for (const look of looks) look()
      },
      closed: (reason) => {
        closings++
        closed.resolve(reason)
      },
    },
  )
  const counted = (count: number) =>
    new Promise<void>((resolve) => {
      const look = () => events.length >= count && resolve()
      looks.add(look)
      look()
    })
  return {
    clock,
    lines,
    events,
    socket,
    opened: opened.promise,
    closed: closed.promise,
    counted,
    closings: () => closings,
  }
}

const channel = { id: 'a', name: 'PJSIP/x-1', state: 'Up', caller: { name: '', number: '' }, dialplan: {} }
const up = (timestamp: string) => JSON.stringify({ type: 'ChannelStateChange', timestamp, channel })

test('it asks for everything of our application, and its password is in no log', async () => {
  const { url, connected } = await listening()
  const near = listen(url)
  const { path } = await connected
  await near.opened
  expect(path).toBe('/ari/events?app=cuffia&subscribeAll=true')
  near.socket.drop('enough')
  expect(await near.closed).toBe('enough')
  expect(near.lines.join('\n')).not.toContain('segreto')
})

test('events that we know come through, each once, however often and with whatever between they are sent', async () => {
  const { url, connected } = await listening()
  const near = listen(url)
  const { far } = await connected
  for (const text of [
    up('1'),
    JSON.stringify({ type: 'ChannelVarset', channel }),
    up('1'),
    'no JSON at all',
    JSON.stringify({ type: 'ChannelStateChange', channel: 'what is this' }),
    JSON.stringify(['type']),
    up('2'),
  ])
    far.send(text)
  await near.counted(2)
  near.socket.drop('enough')
  await near.closed
  expect(near.events).toEqual(['ChannelStateChange', 'ChannelStateChange'])
  expect(near.lines.at(-1)).toContain('"events":{"used":2,"unused":1,"twice":1,"unreadable":3}')
})

test('who is replaced leaves and says so', async () => {
  const { url, connected } = await listening()
  const near = listen(url)
  const { far } = await connected
  far.send(JSON.stringify({ type: 'ApplicationReplaced', application: 'cuffia' }))
  expect(await near.closed).toBe('replaced')
})

test('a link that answers no ping for fifteen seconds is dead, also where nobody closes it', async () => {
  const { url, connected } = await listening({ deaf: true })
  const near = listen(url)
  const { far } = await connected
  await near.opened
  for (let second = 0; second < 15; second += 5) {
    const asked = new Promise((resolve) => far.once('ping', resolve))
    near.clock.advance(5_000)
    if (second < 10) await asked
  }
  expect(await near.closed).toBe('the switch went silent')
})

test('a link that answers its pings lives on, however quiet it is', async () => {
  const { url, connected } = await listening()
  const near = listen(url)
  const { far } = await connected
  await near.opened
  for (let round = 0; round < 10; round++) {
    const asked = new Promise((resolve) => far.once('ping', resolve))
    near.clock.advance(5_000)
    await asked
    // What the switch sends after its pong is read after it.
    far.send(up(String(round)))
    await near.counted(round + 1)
  }
  expect(near.closings()).toBe(0)
  near.socket.drop('enough')
  await near.closed
})

test('a switch that refuses our password, or is not there, closes it once and says why', async () => {
  const strict = await listening({ refuses: true })
  const refused = listen(strict.url)
  expect(await refused.closed).toBe('the switch refuses our password')
  const gone = await listening()
  await new Promise((resolve) => gone.server.close(resolve))
  const alone = listen(gone.url)
  expect(await alone.closed).toContain('ECONNREFUSED')
  expect([refused.closings(), alone.closings()]).toEqual([1, 1])
})
