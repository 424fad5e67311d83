import { mkdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createDriver } from '../cti/registry.ts'
import { storeProblemOf } from '../store/problem.ts'
import { realClock, realRandom } from '../system/clock.ts'
import { makeId, makeSecret } from '../system/ids.ts'
import { createLog } from '../system/log.ts'
import { defaultDataFolder, storeFile } from '../system/paths.ts'
import { createServices } from './services.ts'
import { startWebHost } from './web-host.ts'

/** Root 2: the thin client. Pages in a browser of this machine talk to this process. */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'data-dir': { type: 'string' },
    server: { type: 'string', default: 'http://127.0.0.1:4610' },
    page: { type: 'string', default: resolve(import.meta.dirname, '../../dist/renderer') },
    'simulator-speed': { type: 'string', default: '1' },
    'simulator-seed': { type: 'string', default: '1' },
  },
})
const dataFolder = resolve(values['data-dir'] ?? defaultDataFolder(process.platform, process.env))
const log = createLog((line) => process.stdout.write(line))
const packageFile = resolve(import.meta.dirname, '../../package.json')
const { version: build } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }

/** What our parent hears: `{type: 'ready', url}`, `{type: 'address', url}`, `{type: 'failed', code}`. */
const tellParent = (message: object) => process.send?.(message)

try {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const services = createServices({
    serverUrl: values.server,
    storeFile: storeFile(dataFolder),
    dataFolder,
    driver: (deps) =>
      createDriver(
        'simulator',
        { speed: Number(values['simulator-speed']), seed: Number(values['simulator-seed']) },
        deps,
      ),
    clock: realClock,
    random: realRandom,
    makeId,
    log,
    build,
  })
  await services.start()
  const host = await startWebHost({
    port: Number(values.port),
    page: resolve(values.page),
    files: services.files,
    onChannel: services.serve,
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
  log.info({ port: host.port, server: values.server }, 'the local host is ready')
  if (process.send) tellParent({ type: 'ready', url })
  else process.stdout.write(`${url}\n`)
} catch (error) {
  const store = storeProblemOf(error)
  const code = store === undefined ? 'internal' : `store-${store}`
  log.error({ error, code, file: storeFile(dataFolder) }, 'the local host cannot start')
  tellParent({ type: 'failed', code, file: storeFile(dataFolder) })
  process.exitCode = 1
  process.disconnect?.()
}
