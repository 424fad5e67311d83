import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { Problem } from '../packages.mjs'

/** Where a made tree is kept between runs. */
const cacheFolder = (env) =>
  env.CUFFIA_CACHE ??
  (process.getuid?.() === 0
    ? '/var/cache/cuffia'
    : join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cuffia'))

const libraries = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' }
const loaders = { x64: 'usr/lib64/ld-linux-x86-64.so.2', arm64: 'usr/lib/ld-linux-aarch64.so.1' }

/** `Asterisk 22.10.1+dfsg…` -> 22; undefined where the text is no version. */
export const majorVersion = (text) => {
  const found = /Asterisk (?:certified[/-])?(\d+)\./.exec(text)
  return found ? Number(found[1]) : undefined
}

function systemAsterisk() {
  const told = spawnSync('asterisk', ['-V'], { encoding: 'utf8', timeout: 10_000 })
  if (told.status !== 0 || (majorVersion(told.stdout) ?? 0) < 22) return undefined
  const modules = [
    `/usr/lib/${libraries[process.arch]}/asterisk/modules`,
    '/usr/lib/asterisk/modules',
    '/usr/lib64/asterisk/modules',
  ]
  const moduleFolder = modules.find((folder) => existsSync(folder))
  if (moduleFolder === undefined) return undefined
  return {
    program: 'asterisk',
    args: [],
    moduleFolder,
    dataFolder: '/usr/share/asterisk',
    version: told.stdout.trim(),
  }
}

/**
 * An Asterisk inside a folder runs without chroot and without privileges: its own dynamic loader finds its own
 * libraries, and the configuration names every folder.
 */
function asteriskIn(tree) {
  const library = join(tree, 'usr/lib', libraries[process.arch])
  const program = join(tree, loaders[process.arch])
  return {
    program,
    args: ['--library-path', library, '--argv0', 'asterisk', join(tree, 'usr/sbin/asterisk')],
    moduleFolder: join(library, 'asterisk/modules'),
    dataFolder: join(tree, 'usr/share/asterisk'),
    version: readFileSync(join(tree, 'cuffia-version'), 'utf8').trim(),
  }
}

function must(what, program, args, options = {}) {
  const done = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    ...options,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', ...options.env },
  })
  if (done.status === 0) return done.stdout
  const last = `${done.stdout ?? ''}\n${done.stderr ?? ''}`.trim().split('\n').slice(-5).join('\n')
  throw new Problem(`${what} failed: ${done.error?.message ?? last}`)
}

/** The mirror this machine already uses: nothing here names one. */
function debianMirror() {
  const format = ['indextargets', '--format', '$(ORIGIN) $(REPO_URI)', 'Created-By: Packages']
  const lines = must('Reading the package sources', 'apt-get', format).split('\n')
  const mirror = lines.find((line) => line.startsWith('Debian ') && !line.includes('security'))
  if (mirror === undefined) throw new Problem('no Debian package source is configured on this machine')
  return mirror.slice('Debian '.length)
}

/** The first Debian release with an Asterisk 22; stable has none. `debootstrap` of older systems knows it as `sid`. */
const release = 'forky'

function makeTree(tree, say) {
  if (spawnSync('debootstrap', ['--version']).status !== 0) {
    say('Installing debootstrap…')
    must('apt-get update', 'apt-get', ['update', '-q'])
    must('Installing debootstrap', 'apt-get', [
      'install',
      '-y',
      '-q',
      '--no-install-recommends',
      'debootstrap',
    ])
  }
  const half = `${tree}.${process.pid}.part`
  rmSync(half, { recursive: true, force: true })
  try {
    say('Unpacking a Debian with Asterisk 22 into a folder of its own (about a minute)…')
    const scripts = '/usr/share/debootstrap/scripts'
    const script = existsSync(join(scripts, release)) ? join(scripts, release) : join(scripts, 'sid')
    must('debootstrap', 'debootstrap', ['--variant=minbase', release, half, debianMirror(), script])
    // Packages inside must not start services of this machine.
    writeFileSync(join(half, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 })
    say('Installing Asterisk into it…')
    const install = 'apt-get install -y -q --no-install-recommends asterisk'
    must('Installing Asterisk', 'chroot', [half, 'sh', '-c', install])
    const version = must('Asking its version', 'chroot', [half, 'asterisk', '-V']).trim()
    writeFileSync(join(half, 'cuffia-version'), `${version}\n`)
    renameSync(half, tree)
  } finally {
    rmSync(half, { recursive: true, force: true })
  }
}

/**
 * An Asterisk >= 22 of this machine: the system's own, one made earlier, or one made now (Debian or Ubuntu, as root).
 * Throws Problem with what to do where none can be had.
 * @param {(line: string) => void} say
 * @param {NodeJS.ProcessEnv} env
 */
export function ensureAsterisk(say = console.log, env = process.env) {
  const system = process.platform === 'linux' ? systemAsterisk() : undefined
  if (system !== undefined) return system
  const tree = join(cacheFolder(env), 'asterisk-22')
  if (existsSync(join(tree, 'cuffia-version'))) return asteriskIn(tree)
  const isDebian =
    existsSync('/etc/os-release') &&
    /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'))
  if (process.platform !== 'linux' || !isDebian || process.getuid?.() !== 0 || !(process.arch in libraries)) {
    throw new Problem(
      'no Asterisk 22 is installed, and one can be made only on Debian or Ubuntu as root: install asterisk 22 ' +
        '(see docs/runbook/connect-asterisk.md), or run this once as root',
    )
  }
  mkdirSync(cacheFolder(env), { recursive: true, mode: 0o755 })
  rmSync(tree, { recursive: true, force: true })
  makeTree(tree, say)
  return asteriskIn(tree)
}
