import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MessageChannel as NodeMessageChannel } from 'node:worker_threads'
import { WebSocket } from 'ws'
import { electronPortChannel } from '../../main/transport/electron-port.ts'
import { acceptChannels } from '../../main/transport/web-socket.ts'
import { openSocket } from '../../renderer/client/browser-socket.ts'
import { portChannel } from '../../renderer/client/port.ts'
import type { Channel } from '../../shared/rpc/channel.ts'
import { memoryChannels } from '../../shared/rpc/channel.ts'
import type { Clock } from '../../shared/std/clock.ts'
import { channelContract } from './channel.contract.ts'

const still: Clock = { now: () => 0, after: () => () => {} }

channelContract('memory', async () => {
  const { left, right } = memoryChannels()
  return { page: left, host: right, dispose: async () => left.close() }
})

channelContract('a WebSocket', async () => {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  let stop = () => {}
  const host = new Promise<Channel>((resolve) => {
    stop = acceptChannels(server, {
      path: '/rpc',
      origins: new Set([origin]),
      session: async () => ({ window: 'w' }),
      clock: still,
      onChannel: resolve,
    })
  })
  const socket = (url: string) => new WebSocket(url, { origin }) as unknown as globalThis.WebSocket
  const page = await openSocket(`ws://127.0.0.1:${port}/rpc`, still, socket)
  const dispose = async () => {
    stop()
    await new Promise((resolve) => server.close(resolve))
  }
  return { page, host: await host, dispose }
})

// Node's port stands in for Electron's: same structured clone, same `close` at the far end; only `data` is wrapped.
channelContract('a MessagePort', async () => {
  const { port1, port2 } = new NodeMessageChannel()
  const host = electronPortChannel({
    on: (name: 'message' | 'close', listener: (event: { data: unknown }) => void) =>
      port1.on(name, (data: unknown) => listener({ data })),
    postMessage: (frame: unknown) => port1.postMessage(frame),
    start: () => port1.start(),
    close: () => port1.close(),
  })
  const page = portChannel(port2 as unknown as MessagePort)
  return {
    page,
    host,
    dispose: async () => {
      page.close()
      host.close()
    },
  }
})
