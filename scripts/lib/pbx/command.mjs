import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../packages.mjs'
import { defaultDataDir } from '../paths.mjs'
import { startCarrier } from './callers.mjs'
import { startPbx } from './start.mjs'

const help = `npm run pbx [-- status | stop | logs]

Starts an Asterisk 22 on this machine with a carrier and customers that SIPp plays, and stays until Ctrl+C.
Where the system has none it is made from Debian's packages in a folder of its own (Debian or Ubuntu, as root).
`

const folderOf = () => `${defaultDataDir()}-pbx`
const stateFile = () => join(folderOf(), 'running.json')

/** What runs now, or undefined; a state file whose process is gone is removed. */
function running() {
  if (!existsSync(stateFile())) return undefined
  const state = JSON.parse(readFileSync(stateFile(), 'utf8'))
  try {
    process.kill(state.pid, 0)
    return state
  } catch {
    rmSync(stateFile(), { force: true })
    return undefined
  }
}

async function start() {
  const before = running()
  if (before !== undefined)
    throw new Problem(`a PBX already runs (process ${before.pid}): npm run pbx -- stop ends it`)
  const folder = folderOf()
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const pbx = await startPbx({ folder, name: 'cuffia-dev', say: console.log })
  const carrier = await startCarrier(pbx, { ringMs: 3000, talkMs: 20_000, say: console.log })
  const config = {
    ari: pbx.ari,
    sip: { wsUrl: pbx.sip.wsUrl, domain: '127.0.0.1' },
    trunk: 'carrier',
  }
  const configFile = join(folder, 'pbx.json')
  writeFileSync(configFile, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 })
  writeFileSync(stateFile(), JSON.stringify({ pid: process.pid, version: pbx.version, ari: pbx.ari.url }))
  console.log(`${pbx.version}: ARI at ${pbx.ari.url}, browsers at ${pbx.sip.wsUrl}`)
  console.log(`What the server needs to know of it: ${configFile}`)
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve)
  })
  rmSync(stateFile(), { force: true })
  await carrier.stop()
  await pbx.stop()
  return 0
}

function status() {
  const state = running()
  console.log(
    state === undefined ? 'No PBX runs.' : `${state.version}: process ${state.pid}, ARI at ${state.ari}`,
  )
  return state === undefined ? 3 : 0
}

function stop() {
  const state = running()
  if (state === undefined) console.log('No PBX runs.')
  else process.kill(state.pid, 'SIGTERM')
  return 0
}

function logs() {
  const file = join(folderOf(), 'log', 'messages.log')
  if (!existsSync(file)) throw new Problem('there is no log yet: npm run pbx starts a PBX')
  console.log(readFileSync(file, 'utf8').trimEnd())
  return 0
}

const commands = { start, status, stop, logs }

/**
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function pbxCommand([name = 'start']) {
  if (name === '--help' || name === 'help') {
    console.log(help)
    return 0
  }
  if (!Object.hasOwn(commands, name)) throw new Problem(`"${name}" is not one of status, stop, logs`)
  return commands[name]()
}
