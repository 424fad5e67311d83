import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { Problem } from '../packages.mjs'
import {
  canMakeFromPackages,
  containerEngine,
  makeFromContainer,
  makeFromPackages,
  versionFile,
} from './debian.mjs'
import { isAlive } from './orphans.mjs'

/** What root has made serves everybody. */
const sharedCache = '/var/cache/cuffia'

/** Where a made tree is kept between runs. */
const cacheFolder = (env) =>
  env.CUFFIA_CACHE ??
  (process.getuid?.() === 0 ? sharedCache : join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cuffia'))

const libraries = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' }
const loaders = { x64: 'usr/lib64/ld-linux-x86-64.so.2', arm64: 'usr/lib/ld-linux-aarch64.so.1' }

/** `Asterisk 22.10.1+dfsg…` -> 22; undefined where the text is no version. */
export const majorVersion = (text) => {
  const found = /Asterisk (?:certified[/-])?(\d+)\./.exec(text)
  return found ? Number(found[1]) : undefined
}

/**
 * @typedef {{ program: string, args: string[], moduleFolder: string, dataFolder: string, version: string }} Asterisk
 *   how to run one, and where its modules and documentation are
 */

/** @returns {Asterisk | undefined} */
function systemAsterisk() {
  const told = spawnSync('asterisk', ['-V'], { encoding: 'utf8', timeout: 10_000 })
  if (told.status !== 0 || (majorVersion(told.stdout) ?? 0) < 22) return undefined
  const places = [`/usr/lib/${libraries[process.arch]}`, '/usr/lib', '/usr/lib64']
  const moduleFolder = places.map((place) => join(place, 'asterisk/modules')).find((each) => existsSync(each))
  const dataFolder = ['/usr/share/asterisk', '/var/lib/asterisk'].find((each) =>
    existsSync(join(each, 'rest-api')),
  )
  if (moduleFolder === undefined || dataFolder === undefined) return undefined
  return { program: 'asterisk', args: [], moduleFolder, dataFolder, version: told.stdout.trim() }
}

/**
 * An Asterisk inside a folder runs without chroot and without privileges: its own dynamic loader finds its own
 * libraries, and the configuration names every folder.
 * @returns {Asterisk}
 */
function asteriskIn(tree) {
  const library = join(tree, 'usr/lib', libraries[process.arch])
  return {
    program: join(tree, loaders[process.arch]),
    args: ['--library-path', library, '--argv0', 'asterisk', join(tree, 'usr/sbin/asterisk')],
    moduleFolder: join(library, 'asterisk/modules'),
    dataFolder: join(tree, 'usr/share/asterisk'),
    version: readFileSync(join(tree, versionFile), 'utf8').trim(),
  }
}

const isWhole = (tree) => existsSync(join(tree, versionFile))

/** Trees half made by processes that are gone. */
export function removeHalves(tree) {
  for (const name of readdirSync(dirname(tree))) {
    const pid = /^asterisk-22\.(\d+)\.part$/.exec(name)?.[1]
    if (pid === undefined || isAlive(Number(pid))) continue
    rmSync(join(dirname(tree), name), { recursive: true, force: true })
  }
}

/** Made beside and renamed when whole: nobody ever sees half a tree, nor two makers each other's. */
export function makeTree(tree, make) {
  const half = `${tree}.${process.pid}.part`
  rmSync(half, { recursive: true, force: true })
  try {
    make(half)
    if (isWhole(tree)) return
    rmSync(tree, { recursive: true, force: true })
    renameSync(half, tree)
  } finally {
    rmSync(half, { recursive: true, force: true })
  }
}

/**
 * An Asterisk >= 22 of this machine: the system's own, one made earlier, or one made now, by a container engine or from
 * Debian's packages (Debian or Ubuntu, as root). Throws Problem with what to do where none can be had.
 * @param {(line: string) => void} say
 * @param {NodeJS.ProcessEnv} env CUFFIA_CACHE: where made trees are; CUFFIA_DEBIAN_MIRROR: where packages come from
 * @returns {Asterisk}
 */
export function ensureAsterisk(say = console.log, env = process.env) {
  const canRun = process.platform === 'linux' && process.arch in libraries
  const system = canRun ? systemAsterisk() : undefined
  if (system !== undefined) return system
  const tree = join(cacheFolder(env), 'asterisk-22')
  const places = env.CUFFIA_CACHE === undefined ? [tree, join(sharedCache, 'asterisk-22')] : [tree]
  const made = canRun ? places.find(isWhole) : undefined
  if (made !== undefined) return asteriskIn(made)
  const engine = canRun ? containerEngine() : undefined
  if (engine === undefined && !(canRun && canMakeFromPackages())) {
    throw new Problem(
      'no Asterisk 22 is installed, no container engine answers, and one can be made from packages only on Debian or ' +
        'Ubuntu as root: install Asterisk 22 (docs/runbook/connect-asterisk.md), or run this once as root',
    )
  }
  mkdirSync(cacheFolder(env), { recursive: true, mode: 0o755 })
  removeHalves(tree)
  makeTree(tree, (half) => {
    if (engine === undefined) return makeFromPackages(half, say, env)
    try {
      makeFromContainer(engine, half, say)
    } catch (error) {
      if (!canMakeFromPackages()) throw error
      say(error.message)
      rmSync(half, { recursive: true, force: true })
      makeFromPackages(half, say, env)
    }
  })
  return asteriskIn(tree)
}
