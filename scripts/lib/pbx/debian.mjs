import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../packages.mjs'

/** The first Debian release with an Asterisk 22; stable has none. */
export const release = 'forky'
/** Written last into a tree: the version inside, and the sign that the tree is whole. */
export const versionFile = 'cuffia-version'

function must(what, program, args, options = {}) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26, env, ...options })
  if (done.status === 0) return done.stdout
  const last = `${done.stdout ?? ''}\n${done.stderr ?? ''}`.trim().split('\n').slice(-5).join('\n')
  throw new Problem(`${what} failed: ${done.error?.message ?? last}`)
}

/** Installs a package of this machine's own distribution. */
export function installPackage(name, say) {
  say(`Installing ${name}…`)
  must('apt-get update', 'apt-get', ['update', '-q'])
  must(`Installing ${name}`, 'apt-get', ['install', '-y', '-q', '--no-install-recommends', name])
}

/**
 * The mirror this machine already uses: nothing here names one.
 * @param {string} targets lines of `ORIGIN URL`, as `apt-get indextargets` prints them
 */
export function mirrorFrom(targets) {
  const line = targets.split('\n').find((each) => each.startsWith('Debian ') && !each.includes('security'))
  return line?.slice('Debian '.length).trim()
}

/**
 * The proxies that apt goes through, for programs that are not apt.
 * @param {string} settings lines of `http_proxy='URL'`, as `apt-config shell` prints them
 * @returns {Record<string, string>}
 */
export const proxiesFrom = (settings) =>
  Object.fromEntries([...settings.matchAll(/^(\w+)='(\w+:[^']+)'$/gm)].map(([, name, url]) => [name, url]))

const aptProxies = () => {
  const names = ['http_proxy', 'Acquire::http::Proxy', 'https_proxy', 'Acquire::https::Proxy']
  return proxiesFrom(must('Reading the proxies of apt', 'apt-config', ['shell', ...names]))
}

function debianMirror(env) {
  const format = ['indextargets', '--format', '$(ORIGIN) $(REPO_URI)', 'Created-By: Packages']
  const mirror =
    env.CUFFIA_DEBIAN_MIRROR ?? mirrorFrom(must('Reading the package sources', 'apt-get', format))
  if (mirror !== undefined) return mirror
  throw new Problem(
    'no Debian package source is configured on this machine: set CUFFIA_DEBIAN_MIRROR to the address of one',
  )
}

/** With what the packages' list is checked; debootstrap goes on without check where it is missing. */
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg'

/** Whether this machine can make the tree from packages. */
export function canMakeFromPackages() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'))
}

/** Fills the folder `half` with a small Debian and an Asterisk in it, by debootstrap and chroot. Needs root. */
export function makeFromPackages(half, say, env) {
  const mirror = debianMirror(env)
  if (spawnSync('debootstrap', ['--version']).error !== undefined) installPackage('debootstrap', say)
  if (!existsSync(keyring)) installPackage('debian-archive-keyring', say)
  const inside = { env: { DEBIAN_FRONTEND: 'noninteractive', ...aptProxies(), ...env } }
  say('Unpacking a Debian into a folder of its own (half a minute)…')
  // `debootstrap` of older systems does not know the release; its script is the one of `sid`.
  const scripts = '/usr/share/debootstrap/scripts'
  const script = existsSync(join(scripts, release)) ? join(scripts, release) : join(scripts, 'sid')
  const checked = ['--force-check-gpg', `--keyring=${keyring}`]
  const wanted = ['--variant=minbase', ...(mirror.startsWith('https:') ? ['--include=ca-certificates'] : [])]
  must('debootstrap', 'debootstrap', [...checked, ...wanted, release, half, mirror, script], inside)
  // Packages inside must not start services of this machine.
  writeFileSync(join(half, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  say('Installing Asterisk into it…')
  const install = 'apt-get install -y -q --no-install-recommends asterisk'
  must('Installing Asterisk', 'chroot', [half, 'sh', '-c', install], inside)
  const version = must('Asking its version', 'chroot', [half, 'asterisk', '-V'])
  writeFileSync(join(half, versionFile), version)
}

/** `docker` or `podman`, whichever answers; the program alone, without its engine, does not count. */
export const containerEngine = () =>
  ['docker', 'podman'].find((name) => spawnSync(name, ['version'], { timeout: 10_000 }).status === 0)

/**
 * The same tree out of a container: the engine installs the packages, so it takes no root, and what comes out runs as
 * every other tree does. A container that kept running would need a second way to start, stop, log and find ports.
 */
export function makeFromContainer(engine, half, say) {
  say(`Installing Asterisk in a container of ${engine} and taking it out…`)
  const inside =
    '{ apt-get update -q && apt-get install -y -q --no-install-recommends asterisk; } >&2 && ' +
    `asterisk -V > /${versionFile} && tar -C / -c usr ${versionFile}`
  mkdirSync(half, { recursive: true })
  const run = `${engine} run --rm docker.io/library/debian:${release}-slim sh -c "$1" | tar -x -C "$2"`
  must(`Installing Asterisk with ${engine}`, 'sh', ['-c', run, 'sh', inside, half])
}
