import { spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Problem } from '../packages.mjs'
import { openEars } from './ears.mjs'
import { join as joined, silence, tone, writeUlaw } from './audio.mjs'
import { installPackage } from './debian.mjs'
import { callerScenario, carrierScenario } from './scenarios.mjs'

/** What each party sends, so that a test can tell who is heard: one frequency each, in Hz. */
export const voices = { customer: 440, caller: 620, machine: 350, fax: 2100, hello: 800 }

/** SIPp plays everybody outside. Throws Problem where it is not to be had. @param {(line: string) => void} say */
export function ensureSipp(say) {
  if (spawnSync('sipp', ['-v']).error === undefined) return
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new Problem('SIPp plays the callers and is not installed: install it (Debian: sip-tester)')
  }
  installPackage('sip-tester', say)
}

function writeVoices(folder) {
  mkdirSync(folder, { recursive: true })
  const said = {
    customer: tone([voices.customer], 2),
    caller: tone([voices.caller], 2),
    // a greeting that does not end, then its beep
    machine: joined(tone([voices.machine], 3), silence(0.3), tone([1000], 0.4), silence(30)),
    // one word, then waiting for an answer: what tells a person from a machine
    hello: joined(tone([voices.hello], 0.6), silence(30)),
    // the called fax's tone, ITU-T T.30: 2100 Hz
    fax: joined(tone([voices.fax], 3), silence(30)),
    // carriers send packets all the time, and detection of machines wants them
    nobody: silence(2),
  }
  for (const [name, samples] of Object.entries(said)) writeUlaw(join(folder, `${name}.ul`), samples)
  return (name) => join(folder, `${name}.ul`)
}

function startSipp(pbx, name, args) {
  const folder = join(pbx.folder, 'sipp')
  const file = (ending) => join(folder, `${name}.${ending}`)
  const output = openSync(file('log'), 'w')
  const child = spawn(
    'sipp',
    [
      ...args,
      ...['-i', '127.0.0.1', '-mi', '127.0.0.1', '-key', 'rtpin', String(pbx.ports.ears)],
      // its watchdog would end it on a busy machine, or call that an error
      ...['-timer_resol', '1', '-watchdog_interval', '0'],
      ...['-nostdin', '-trace_err', '-error_file', file('err')],
    ],
    { cwd: folder, stdio: ['ignore', output, output] },
  )
  closeSync(output)
  const ended = new Promise((resolve) => {
    child.once('exit', (code) => resolve(code ?? 1))
    child.once('error', () => resolve(1))
  })
  const onExit = () => child.kill('SIGKILL')
  process.once('exit', onExit)
  void ended.then(() => process.off('exit', onExit))
  return {
    /** Resolves with SIPp's exit code: 0 when every call went as its scenario says. */
    ended,
    errors() {
      try {
        return readFileSync(file('err'), 'utf8')
      } catch {
        return ''
      }
    },
    async stop() {
      child.kill('SIGUSR1')
      const gone = await Promise.race([ended.then(() => true), wait(1500, false)])
      if (!gone) child.kill('SIGKILL')
      await ended
    },
  }
}

/**
 * The world outside: a carrier whose customers behave as the last two digits of the dialed number say.
 * @param {Awaited<ReturnType<import('./start.mjs').startPbx>>} pbx
 * @param {{ ringMs?: number, talkMs?: number, say?: (line: string) => void }} [options]
 */
export async function startCarrier(pbx, options = {}) {
  ensureSipp(options.say ?? (() => undefined))
  const sound = writeVoices(join(pbx.folder, 'sipp'))
  const file = join(pbx.folder, 'sipp', 'carrier.xml')
  writeFileSync(
    file,
    carrierScenario({ ringMs: options.ringMs ?? 300, talkMs: options.talkMs ?? 3000, sound }),
  )
  const { carrier, mediaStart } = pbx.ports
  const ears = await openEars(pbx.ports.ears)
  const invites = join(pbx.folder, 'sipp', 'carrier.invites')
  rmSync(invites, { force: true })
  const sipp = startSipp(pbx, 'carrier', [
    ...['-sf', file, '-p', String(carrier), '-mp', String(mediaStart)],
    ...['-trace_logs', '-log_file', invites],
  ])
  const early = await Promise.race([sipp.ended, wait(150)])
  if (early !== undefined) {
    await ears.close()
    throw new Problem(`SIPp did not start: ${sipp.errors().slice(0, 500)}`)
  }
  return {
    ...sipp,
    /** What everybody outside hears, callers too; see ears.mjs. */
    listen: ears.listen,
    pressed: ears.pressed,
    /** The numbers that have been dialled so far, in their order; one that was dialled twice is there twice. */
    dialled() {
      try {
        const lines = readFileSync(invites, 'utf8').split('\n')
        return lines.flatMap((line) => /INVITE sip:([^@]+)@/.exec(line)?.[1] ?? [])
      } catch {
        // nobody yet
        return []
      }
    },
    async stop() {
      await sipp.stop()
      await ears.close()
    },
  }
}

let callers = 0
/** Of each instance the ports in use: Asterisk knows callers by where they call from, and each SIPp wants its own. */
const seatsInUse = new WeakMap()

function takeSeat(pbx) {
  const inUse = seatsInUse.get(pbx) ?? new Set()
  seatsInUse.set(pbx, inUse)
  const seat = pbx.ports.callers.find((each) => !inUse.has(each))
  if (seat === undefined)
    throw new Problem(`${inUse.size} callers call already; put more calls into one list`)
  inUse.add(seat)
  return { ...seat, leave: () => inUse.delete(seat) }
}

/**
 * Callers from outside, one after the other or many at once.
 * @param {Awaited<ReturnType<import('./start.mjs').startPbx>>} pbx
 * @param {{ from: string, to: string, name?: string, withheld?: boolean }[]} calls `withheld`: the carrier alone knows
 *   the number
 * @param {{ talkMs?: number, perSecond?: number }} [options]
 */
export function callIn(pbx, calls, options = {}) {
  ensureSipp(() => undefined)
  const name = `caller-${++callers}`
  const folder = join(pbx.folder, 'sipp')
  const sound = writeVoices(folder)
  const file = join(folder, `${name}.xml`)
  const list = join(folder, `${name}.csv`)
  writeFileSync(file, callerScenario({ talkMs: options.talkMs ?? 5000, sound }))
  const rows = calls.map(({ from, to, name: shown = '', withheld = false }) =>
    withheld ? `anonymous;${to};Anonymous;id;${from}` : `${from};${to};${shown};none;${from}`,
  )
  writeFileSync(list, `SEQUENTIAL\n${rows.join('\n')}\n`)
  const seat = takeSeat(pbx)
  const sipp = startSipp(pbx, name, [
    ...[`127.0.0.1:${pbx.sip.port}`, '-sf', file, '-inf', list, '-p', String(seat.sip)],
    ...['-mp', String(seat.media)],
    ...['-m', String(calls.length), '-r', String(options.perSecond ?? 10), '-timeout', '120s'],
  ])
  void sipp.ended.then(() => {
    seat.leave()
    rmSync(list, { force: true })
  })
  return sipp
}
