import { mkdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Log } from '../../shared/std/log.ts'
import { createDriver } from '../cti/registry.ts'
import { storeProblemOf, type StoreProblem } from '../store/problem.ts'
import { realClock, realRandom } from '../system/clock.ts'
import { makeId } from '../system/ids.ts'
import { defaultDataFolder, storeFile } from '../system/paths.ts'
import { createServices, type Services } from './services.ts'

/** What both roots understand on their command line. */
export const localOptions = {
  'data-dir': { type: 'string' },
  server: { type: 'string', default: 'http://127.0.0.1:8643' },
  'simulator-speed': { type: 'string', default: '1' },
  'simulator-seed': { type: 'string', default: '1' },
} as const

export interface LocalWish {
  'data-dir'?: string | undefined
  server: string
  'simulator-speed': string
  'simulator-seed': string
}

export const dataFolderOf = (values: LocalWish): string =>
  resolve(values['data-dir'] ?? defaultDataFolder(process.platform, process.env))

/** For our account alone: it holds what was not delivered yet. */
export const makeDataFolder = (folder: string) => mkdirSync(folder, { recursive: true, mode: 0o700 })

/** Everything behind the page, the same in both shells. Throws where the store cannot be opened. */
export function localServices(
  values: LocalWish,
  { dataFolder, packageFile, log }: { dataFolder: string; packageFile: string; log: Log },
): Services {
  const { version: build } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }
  return createServices({
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
}

const storeWords: Readonly<Record<StoreProblem, string>> = {
  corrupt: 'is damaged',
  unwritable: 'cannot be written',
  full: 'cannot grow: the disk is full',
  'in-use': 'is in use by another Cuffia',
  newer: 'was written by a newer Cuffia',
}

/** Why the client does not start, for the person who started it. */
export function explainStart(error: unknown, dataFolder: string): { code: string; message: string } {
  const problem = storeProblemOf(error)
  if (problem !== undefined) {
    return { code: `store-${problem}`, message: `the file ${storeFile(dataFolder)} ${storeWords[problem]}` }
  }
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) }
}
