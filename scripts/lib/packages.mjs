import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
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
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath
  const options = { cwd: root, stdio: 'inherit' }
  const result = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
  if (result.error) throw new Problem(`npm cannot be run: ${result.error.message}`)
  if (result.status !== 0) throw new Problem('npm could not install the packages (see above)')
}

export function ensurePackages() {
  const reason = reasonToInstall(inRoot('package-lock.json'), inRoot('node_modules', '.package-lock.json'))
  if (reason !== undefined) installPackages(reason)
  return reason !== undefined
}
