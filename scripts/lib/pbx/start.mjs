import { execFile, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Problem } from '../packages.mjs'
import { writeFolder } from './folder.mjs'
import { endProcessesOf, folderPrefix, sweep } from './orphans.mjs'
import { freePorts } from './ports.mjs'
import { ensureAsterisk } from './tree.mjs'

/** `nobody`: a PBX that answers the network has no business with root. */
const unprivileged = 65_534
const startLimitMs = 20_000
const stopLimitMs = 3000

const lastLines = (file) => readFileSync(file, 'utf8').trim().split('\n').slice(-8).join('\n')

async function answers(ari) {
  const authorization = `Basic ${Buffer.from(`${ari.user}:${ari.password}`).toString('base64')}`
  try {
    const signal = AbortSignal.timeout(2000)
    return (await fetch(`${ari.url}/asterisk/info`, { headers: { authorization }, signal })).ok
  } catch {
    return false
  }
}

/**
 * Starts an isolated Asterisk in a folder of its own, on free ports of the loopback address. Several run side by side.
 * Ends with its starter; what a starter that was killed left is ended by the next start.
 * @param {{ folder?: string, name?: string, phones?: import('./config.mjs').Phone[],
 *   say?: (line: string) => void, env?: NodeJS.ProcessEnv }} [options] `folder`, absolute, is kept when given, else
 *   removed by `stop`; whatever ran in it is ended first. `phones` are accounts
 *   written into its files, beside those that ARI makes at run time
 */
export async function startPbx(options = {}) {
  const asterisk = ensureAsterisk(options.say ?? (() => undefined), options.env ?? process.env)
  sweep()
  if (options.folder !== undefined) endProcessesOf(options.folder)
  const ports = await freePorts()
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), `${folderPrefix}${process.pid}-`))
  const ari = {
    url: `http://127.0.0.1:${ports.http}/ari`,
    user: 'cuffia',
    password: randomBytes(18).toString('base64url'),
    app: 'cuffia',
  }
  const output = join(folder, 'log', 'output.log')
  const settings = ['-C', join(folder, 'etc', 'asterisk.conf')]
  const isRoot = process.getuid?.() === 0
  const asUser = isRoot ? { uid: unprivileged, gid: unprivileged } : {}
  const env = { PATH: '/usr/bin:/bin', HOME: folder, LANG: 'C.UTF-8' }
  /** @type {{ child?: import('node:child_process').ChildProcess, exited: Promise<string>, ended?: string }} */
  const state = { exited: Promise.resolve('not started') }

  async function start() {
    const log = openSync(output, 'a')
    const stdio = ['ignore', log, log]
    const child = spawn(asterisk.program, [...asterisk.args, '-f', ...settings], {
      cwd: folder,
      stdio,
      env,
      ...asUser,
    })
    closeSync(log)
    state.child = child
    state.ended = undefined
    state.exited = new Promise((resolve) => {
      const end = (why) => {
        state.ended = String(why)
        resolve(state.ended)
      }
      child.once('exit', (code, signal) => end(signal ?? `code ${code}`))
      child.once('error', (error) => end(error.message))
    })
    const limit = performance.now() + startLimitMs
    while (!(await answers(ari))) {
      if (state.ended !== undefined || performance.now() > limit) {
        throw new Problem(
          `Asterisk did not start (${state.ended ?? 'it does not answer'}): ${lastLines(output)}`,
        )
      }
      await wait(25)
    }
  }

  async function kill(signal = 'SIGKILL') {
    state.child?.kill(signal)
    await state.exited
  }
  /** Hangs up all calls; killed where it does not end by itself. */
  async function end() {
    const gone = await Promise.race([kill('SIGTERM').then(() => true), wait(stopLimitMs, false)])
    if (!gone) await kill('SIGKILL')
  }
  const onExit = () => state.child?.kill('SIGKILL')
  async function stop() {
    await end()
    process.off('exit', onExit)
    ports.release()
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true })
  }

  process.once('exit', onExit)
  try {
    writeFolder(folder, asterisk, {
      name: options.name ?? `cuffia-${ports.http}`,
      httpPort: ports.http,
      sipPort: ports.sip,
      carrierPort: ports.carrier,
      callerPorts: ports.callers.map(({ sip }) => sip),
      rtpStart: ports.rtpStart,
      rtpEnd: ports.rtpEnd,
      ariUser: ari.user,
      ariPassword: ari.password,
      ariApp: ari.app,
      phones: options.phones ?? [],
    })
    if (isRoot) execFileSync('chown', ['-R', `${unprivileged}:${unprivileged}`, folder])
    await start()
  } catch (error) {
    await stop()
    throw error
  }
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
    /** One command of Asterisk's own console, and what it prints. @param {string} command */
    async cli(command) {
      const args = [...asterisk.args, ...settings, '-rx', command]
      return (await promisify(execFile)(asterisk.program, args, { cwd: folder, env, ...asUser })).stdout
    },
    /** Resolves when the one that runs now ends, with its signal or exit code. */
    ended: () => state.exited,
    /** Sends it the signal and resolves when it has ended. @param {NodeJS.Signals} [signal] */
    kill,
    /** Ends it and starts it again in the same folder and on the same ports; after `kill` it only starts. */
    async restart() {
      await end()
      await start()
    },
    stop,
  }
}

/**
 * What our server must know of it, as `--pbx-config` takes it. It holds the password of ARI.
 * @param {Awaited<ReturnType<typeof startPbx>>} pbx
 */
export const serverSettings = ({ ari, sip }) => ({
  ari,
  trunk: 'carrier',
  // SIPp answers, at any hour
  reachesPeople: false,
  // 600 is the echo test of extensions.conf
  phones: { wsUrl: sip.wsUrl, domain: sip.host, echoNumber: '600' },
})
