import { mkdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createDriver } from '../cti/registry.ts'
import { realClock, realRandom } from '../system/clock.ts'
import { makeId, makeSecret } from '../system/ids.ts'
import { createLog } from '../system/log.ts'
import { storeFile } from '../system/paths.ts'
import { failureOf } from './failure.ts'
import { readOptions } from './options.ts'
import { createServices } from './services.ts'
import { startWebHost } from './web-host.ts'

/** Root 2: the thin client. Pages in a browser of this machine talk to this process. */
const root = resolve(import.meta.dirname, '../..')

/** What our parent hears: `{type: 'ready', url}`, `{type: 'address', url}`, `{type: 'failed', code, message}`. */
const tellParent = (message: object) => process.send?.(message)

async function start(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env, root)
  const log = createLog((line) => process.stdout.write(line))
  const { version: build } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as {
    version: string
  }
  mkdirSync(options.dataFolder, { recursive: true, mode: 0o700 })
  const services = createServices({
    serverUrl: options.serverUrl,
    storeFile: storeFile(options.dataFolder),
    dataFolder: options.dataFolder,
    driver: (deps) => createDriver('simulator', options.simulator, deps),
    clock: realClock,
    random: realRandom,
    makeId,
    log,
    build,
  })
  await services.start()
  const host = await startWebHost({
    port: options.port,
    page: options.page,
    files: services.files,
    onNumber: services.requestCall,
    connect: services.gateways,
    onChannel: services.serve,
    browsers: services.browsers,
    makeSecret,
    clock: realClock,
    log,
  })

  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    void Promise.allSettled([host.close(), services.stop()]).finally(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  // Our parent is gone: nobody could stop us any more.
  process.on('disconnect', stop)
  process.on('message', (message) => {
    if ((message as { type?: unknown } | null)?.type !== 'new-address') return
    tellParent({ type: 'address', url: host.newAddress() })
  })
  const url = host.newAddress()
  log.info({ port: host.port, server: options.serverUrl }, 'the local host is ready')
  if (process.send) tellParent({ type: 'ready', url })
  else process.stdout.write(`${url}\n`)
}

start().catch((error: unknown) => {
  const failure = failureOf(error)
  process.stderr.write(`${failure.message}\n`)
  tellParent({ type: 'failed', ...failure })
  process.exitCode = 1
  process.disconnect?.()
})
