import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { defaultDataFolder } from '../system/paths.ts'

export interface ClientOptions {
  port: number
  dataFolder: string
  serverUrl: string
  /** Folder of the built page. */
  page: string
  simulator: { speed: number; seed: number }
}

const text = (value: string) => ({ type: 'string', default: value }) as const

/** The arguments of both roots: `--port --data-dir --server --page --simulator-speed --simulator-seed`. Throws on what it cannot read. */
export function readOptions(
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
  root: string,
): ClientOptions {
  const { values } = parseArgs({
    args: [...words],
    options: {
      port: text('8642'),
      'data-dir': text(defaultDataFolder(process.platform, environment)),
      server: text('http://127.0.0.1:8643'),
      page: text(resolve(root, 'dist/renderer')),
      'simulator-speed': text('1'),
      'simulator-seed': text('1'),
    },
  })
  const server = URL.parse(values.server)
  if (server === null || !/^https?:$/.test(server.protocol)) throw new Error('--server is not an address')
  return {
    port: numberOf('port', values.port),
    dataFolder: resolve(values['data-dir']),
    serverUrl: values.server.replace(/\/+$/, ''),
    page: resolve(values.page),
    simulator: {
      speed: numberOf('simulator-speed', values['simulator-speed']),
      seed: numberOf('simulator-seed', values['simulator-seed']),
    },
  }
}

function numberOf(name: string, value: string): number {
  const number = value.trim() === '' ? Number.NaN : Number(value)
  if (!Number.isFinite(number)) throw new Error(`--${name} is not a number`)
  return number
}
