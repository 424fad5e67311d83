import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createDriver } from '../cti/registry.ts'
import { claimProcess, startShell } from '../electron/shell.ts'
import { realClock, realRandom } from '../system/clock.ts'
import { makeId } from '../system/ids.ts'
import { createLog } from '../system/log.ts'
import { storeFile } from '../system/paths.ts'
import { failureOf } from './failure.ts'
import type { ClientOptions } from './options.ts'
import { readOptions } from './options.ts'
import { createServices } from './services.ts'

/** Root 1: the desktop. Runs as one file in dist/electron. */
const root = resolve(import.meta.dirname, '../..')
/** Ours among the arguments; Chromium and links of other programs have theirs. */
const ours = process.argv.filter((word) =>
  /^--(data-dir|server|page|simulator-speed|simulator-seed)=/.test(word),
)
const tellParent = (message: object) => process.send?.(message)

async function start(options: ClientOptions): Promise<void> {
  const { version: build } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string
  }
  const log = createLog((line) => process.stdout.write(line))
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
  const shell = await startShell({
    folder: options.page,
    preloadPath: join(root, 'dist/electron/preload.cjs'),
    iconPath: join(root, 'resources/icons/cuffia.png'),
    arguments: process.argv,
    platform: process.platform,
    api: services.files,
    connect: services.gateways,
    onChannel: services.serve,
    onNumber: services.requestCall,
    onQuit: services.stop,
  })
  process.on('SIGTERM', shell.quit)
  process.on('disconnect', shell.quit)
  tellParent({ type: 'ready' })
}

function fail(error: unknown): void {
  const failure = failureOf(error)
  process.stderr.write(`${failure.message}\n`)
  tellParent({ type: 'failed', ...failure })
  process.exit(1)
}

try {
  const options = readOptions(ours, process.env, root)
  const windowFolder = join(options.dataFolder, 'window')
  mkdirSync(windowFolder, { recursive: true, mode: 0o700 })
  if (claimProcess(windowFolder)) start(options).catch(fail)
} catch (error) {
  fail(error)
}
