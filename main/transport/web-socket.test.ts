import { once } from 'node:events'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Channel } from '../../shared/rpc/channel.ts'
import type { Frame } from '../../shared/rpc/frame.ts'
import { largestFrameBytes } from '../../shared/rpc/frame.ts'
import { acceptChannels } from './web-socket.ts'

describe('the WebSocket of the browser shell', () => {
  let server: Server
  let origin: string
  let tasks: (() => void)[]
  let channels: { channel: Channel; window: string; frames: Frame[]; closed: string[] }[]
  let stop: () => void

  beforeEach(async () => {
    server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    tasks = []
    channels = []
    stop = acceptChannels(server, {
      path: '/rpc',
      origins: new Set([origin]),
      session: async ({ headers }) => {
        if (headers.cookie === 'session=broken') throw new Error('store is down')
        return headers.cookie === 'session=good' ? { window: 'operator-1' } : undefined
      },
      clock: {
        now: () => 0,
        after: (_ms, task) => {
          tasks.push(task)
          return () => void (tasks = tasks.filter((other) => other !== task))
        },
      },
      onChannel: (channel, { window }) => {
        const entry = { channel, window, frames: [] as Frame[], closed: [] as string[] }
        channel.received((frame) => entry.frames.push(frame))
        channel.closed(({ reason }) => entry.closed.push(reason))
        channels.push(entry)
      },
    })
  })
  afterEach(async () => {
    stop()
    await new Promise((resolve) => server.close(resolve))
  })

  const dial = (options: { origin?: string; cookie?: string; path?: string } = {}) => {
    const headers: Record<string, string> = { cookie: options.cookie ?? 'session=good' }
    const socket = new WebSocket(origin.replace('http', 'ws') + (options.path ?? '/rpc'), {
      headers,
      ...('origin' in options ? (options.origin ? { origin: options.origin } : {}) : { origin }),
    })
    socket.on('error', () => {})
    return socket
  }
  const refusal = (socket: WebSocket) =>
    new Promise((resolve) =>
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode)),
    )
  const opened = async () => {
    const socket = dial()
    await once(socket, 'open')
    return { socket, entry: channels.at(-1)! }
  }

  test('knows the caller from the session, not from what the page says', async () => {
    expect((await opened()).entry.window).toBe('operator-1')
  })

  test('refuses foreign and missing origins, missing sessions, other paths and broken checks', async () => {
    expect(await refusal(dial({ origin: 'http://evil.example' }))).toBe(403)
    expect(await refusal(dial({ origin: undefined }))).toBe(403)
    expect(await refusal(dial({ cookie: 'session=bad' }))).toBe(401)
    expect(await refusal(dial({ path: '/other' }))).toBe(404)
    expect(await refusal(dial({ cookie: 'session=broken' }))).toBe(500)
    expect(channels).toEqual([])
  })

  test.each([
    ['text that is no frame', '{"t":"nonsense"}', 1008],
    ['binary data', Buffer.from('{"t":"cancel","id":1}'), 1008],
    ['a frame above the limit', 'x'.repeat(largestFrameBytes + 1), 1009],
  ])('closes on %s', async (_name, message, code) => {
    const { socket, entry } = await opened()
    socket.send(message)
    expect((await once(socket, 'close'))[0]).toBe(code)
    await expect.poll(() => entry.closed.length).toBe(1)
    expect(entry.frames).toEqual([])
  })

  test('a page that answers heartbeats stays, one that does not is cut at the second beat', async () => {
    const { socket, entry } = await opened()
    const beat = () => tasks.shift()?.()
    const pinged = once(socket, 'ping')
    beat()
    await pinged
    socket.send(JSON.stringify({ t: 'cancel', id: 1 }))
    await expect.poll(() => entry.frames.length).toBe(1)
    beat()
    expect(entry.closed).toEqual([])
    socket.pause()
    beat()
    expect(entry.closed).toEqual(['no heartbeat'])
    expect(tasks).toEqual([])
  })

  test('a page that does not read makes the channel wait, until it reads again', async () => {
    const { socket, entry } = await opened()
    expect(entry.channel.ready?.()).toBeUndefined()
    socket.pause()
    const value = 'x'.repeat(900_000)
    let waiting: Promise<void> | undefined
    for (let rev = 1; !waiting && rev < 100; rev++) {
      entry.channel.send({ t: 'value', id: 1, rev, value })
      await new Promise((resolve) => setImmediate(resolve))
      waiting = entry.channel.ready?.()
    }
    expect(waiting).toBeInstanceOf(Promise)
    socket.resume()
    await waiting
    expect(entry.closed).toEqual([])
  })
})
