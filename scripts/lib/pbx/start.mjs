import { execFile, execFileSync, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Problem } from '../packages.mjs'
import { inRoot } from '../paths.mjs'
import { music, silence, tone, writeUlaw } from './audio.mjs'
import { configuration } from './config.mjs'
import { freePorts } from './ports.mjs'
import { ensureAsterisk } from './tree.mjs'

/** `nobody`: a PBX that answers the network has no business with root. */
const unprivileged = 65_534
const startLimitMs = 20_000

const moduleLines = () =>
  readFileSync(inRoot('resources', 'pbx', 'modules.txt'), 'utf8')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .flatMap((line) => line.trim().split(/\s+/))
    .filter(Boolean)
    .map((name) => `load = ${name}.so`)
    .join('\n')

/** Six bytes from the instance's name: Asterisk wants an id that looks like a hardware address. */
const entityId = (name) =>
  createHash('sha256').update(name).digest('hex').slice(0, 12).match(/../g)?.join(':') ?? ''

function writeFolder(folder, asterisk, values) {
  for (const name of [
    'etc',
    'lib/keys',
    'db',
    'spool/recording',
    'spool/tmp',
    'run',
    'log',
    'cache',
    'moh',
    'data/sounds',
  ]) {
    mkdirSync(join(folder, name), { recursive: true })
  }
  for (const name of ['documentation', 'rest-api']) {
    const own = join(folder, 'data', name)
    if (!existsSync(own)) symlinkSync(join(asterisk.dataFolder, name), own)
  }
  for (const [name, text] of Object.entries(configuration(values)))
    writeFileSync(join(folder, 'etc', name), text)
  chmodSync(join(folder, 'etc', 'ari.conf'), 0o600)
  writeUlaw(join(folder, 'moh', 'music.ulaw'), music(32))
  const sounds = { beep: tone([1000], 0.2), silence: silence(1) }
  mkdirSync(join(folder, 'data', 'sounds', 'en'), { recursive: true })
  for (const [name, samples] of Object.entries(sounds)) {
    writeUlaw(join(folder, 'data', 'sounds', 'en', `${name}.ulaw`), samples)
  }
}

/**
 * Starts an isolated Asterisk in a folder of its own, on free ports of the loopback address.
 * @param {{ folder?: string, name?: string, ports?: Awaited<ReturnType<typeof freePorts>>, say?: (line: string) => void,
 *   env?: NodeJS.ProcessEnv, detached?: boolean }} [options] `folder` is kept when given, else removed by `stop`
 */
export async function startPbx(options = {}) {
  const asterisk = ensureAsterisk(options.say ?? (() => undefined), options.env ?? process.env)
  const ports = options.ports ?? (await freePorts())
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'cuffia-pbx-'))
  const name = options.name ?? `cuffia-${ports.http}`
  const ari = {
    url: `http://127.0.0.1:${ports.http}/ari`,
    user: 'cuffia',
    password: randomBytes(18).toString('base64url'),
    app: 'cuffia',
  }
  writeFolder(folder, asterisk, {
    folder,
    name,
    entityId: entityId(name),
    moduleFolder: asterisk.moduleFolder,
    modules: moduleLines(),
    httpPort: ports.http,
    sipPort: ports.sip,
    carrierPort: ports.carrier,
    callerPort: ports.caller,
    rtpStart: ports.rtpStart,
    rtpEnd: ports.rtpEnd,
    ariUser: ari.user,
    ariPassword: ari.password,
    ariApp: ari.app,
  })
  const isRoot = process.getuid?.() === 0
  if (isRoot) execFileSync('chown', ['-R', `${unprivileged}:${unprivileged}`, folder])
  const settings = ['-C', join(folder, 'etc', 'asterisk.conf')]
  const state = { child: undefined, exited: Promise.resolve() }

  async function answers() {
    try {
      const authorization = `Basic ${Buffer.from(`${ari.user}:${ari.password}`).toString('base64')}`
      const reply = await fetch(`${ari.url}/asterisk/info`, {
        headers: { authorization },
        signal: AbortSignal.timeout(2000),
      })
      return reply.ok
    } catch {
      return false
    }
  }

  async function start() {
    const output = openSync(join(folder, 'log', 'output.log'), 'a')
    const child = spawn(asterisk.program, [...asterisk.args, '-f', ...settings], {
      cwd: folder,
      stdio: ['ignore', output, output],
      detached: options.detached ?? false,
      env: { PATH: '/usr/bin:/bin', HOME: folder, LANG: 'C.UTF-8' },
      ...(isRoot && { uid: unprivileged, gid: unprivileged }),
    })
    closeSync(output)
    state.child = child
    let ended
    state.exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        ended = signal ?? `code ${code}`
        resolve(undefined)
      })
      child.once('error', (error) => {
        ended = error.message
        resolve(undefined)
      })
    })
    const limit = performance.now() + startLimitMs
    while (!(await answers())) {
      if (ended !== undefined || performance.now() > limit) {
        const log = readFileSync(join(folder, 'log', 'output.log'), 'utf8')
          .trim()
          .split('\n')
          .slice(-8)
          .join('\n')
        throw new Problem(`Asterisk did not start (${ended ?? 'no answer'}): ${log}`)
      }
      await wait(25)
    }
  }

  const kill = async (signal = 'SIGKILL') => {
    state.child?.kill(signal)
    await state.exited
  }
  // A test that dies must not leave a PBX behind.
  const onExit = () => state.child?.kill('SIGKILL')
  if (options.detached !== true) process.once('exit', onExit)

  await start()
  return {
    ari,
    sip: { host: '127.0.0.1', port: ports.sip, wsUrl: `ws://127.0.0.1:${ports.http}/ws` },
    carrier: { host: '127.0.0.1', port: ports.carrier },
    ports,
    folder,
    version: asterisk.version,
    get pid() {
      return state.child?.pid
    },
    /** One command of Asterisk's own console. @param {string} command */
    async cli(command) {
      const run = promisify(execFile)
      const args = [...asterisk.args, ...settings, '-rx', command]
      return (
        await run(asterisk.program, args, { cwd: folder, env: { PATH: '/usr/bin:/bin', HOME: folder } })
      ).stdout
    },
    kill,
    /** Starts it again in the same folder and on the same ports, after `kill` or as a restart. */
    async restart() {
      await kill('SIGTERM')
      await start()
    },
    async stop() {
      const gone = await Promise.race([kill('SIGTERM').then(() => true), wait(3000, false)])
      if (!gone) await kill('SIGKILL')
      process.off('exit', onExit)
      ports.release?.()
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}
