import { build } from 'esbuild'
import { EventEmitter, once } from 'node:events'
import { builtinModules } from 'node:module'
import { runInNewContext } from 'node:vm'
import { MessageChannel as NodeMessageChannel } from 'node:worker_threads'
import { beforeAll, expect, test } from 'vitest'
import { electronPortChannel } from '../../main/transport/electron-port.ts'
import { openPort } from '../../renderer/client/port.ts'
import { portNames } from '../../shared/rpc/port-names.ts'

let bundle: string

beforeAll(async () => {
  const built = await build({
    entryPoints: ['preload/index.ts'],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'browser',
    external: ['electron', ...builtinModules, 'node:*'],
  })
  bundle = built.outputFiles[0]!.text
})

test('the bundled preload needs electron and nothing of Node', () => {
  const required = [...bundle.matchAll(/\b(?:require|import)\(["']([^"']+)["']\)/g)].map(([, name]) => name)
  expect(required).toEqual(['electron'])
  expect(bundle).not.toMatch(/\bprocess\b|\bBuffer\b|__dirname|contextBridge/)
})

/** The page's window, as far as the preload and the client know it. */
function pageWindow() {
  const listeners = new Set<(event: unknown) => void>()
  const page = {
    location: { origin: 'app://cuffia' },
    addEventListener: (_name: string, listener: (event: unknown) => void) => void listeners.add(listener),
    removeEventListener: (_name: string, listener: (event: unknown) => void) =>
      void listeners.delete(listener),
    postMessage: (data: unknown, origin: string, ports: unknown[] = []) => {
      if (origin !== 'app://cuffia') throw new Error(`sent to ${origin}`)
      page.tell({ source: page, data, ports })
    },
    tell: (event: unknown) => {
      for (const listener of listeners) listener(event)
    },
  }
  return page
}

test('the page asks, main hands a port over, and frames pass', async () => {
  const page = pageWindow()
  const { port1, port2 } = new NodeMessageChannel()
  const ipc = Object.assign(new EventEmitter(), {
    send: (name: string) => void (name === portNames.wanted && ipc.emit(portNames.given, { ports: [port2] })),
  })
  runInNewContext(bundle, { window: page, require: () => ({ ipcRenderer: ipc }) })
  const host = electronPortChannel({
    on: (name: string, listener: (event: { data: unknown }) => void) =>
      port1.on(name, (data: unknown) => listener({ data })),
    postMessage: (frame: unknown) => port1.postMessage(frame),
    start: () => port1.start(),
    close: () => port1.close(),
  })
  const channel = await openPort(page as unknown as Window)
  const received = new Promise((resolve) => host.received(resolve))
  channel.send({ t: 'cancel', id: 7 })
  expect(await received).toEqual({ t: 'cancel', id: 7 })
  channel.close()
  await once(port1, 'close')
})

test('a message of another window asks for nothing', () => {
  const page = pageWindow()
  const asked: string[] = []
  const ipc = Object.assign(new EventEmitter(), { send: (name: string) => asked.push(name) })
  runInNewContext(bundle, { window: page, require: () => ({ ipcRenderer: ipc }) })
  page.tell({ source: {}, data: portNames.wanted, ports: [] })
  expect(asked).toEqual([])
})
