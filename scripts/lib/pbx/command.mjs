import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Problem } from '../packages.mjs'
import { defaultDataDir } from '../paths.mjs'
import { startCarrier } from './callers.mjs'
import { commandLine, endProcessesOf } from './orphans.mjs'
import { serverSettings, startPbx } from './start.mjs'

const help = `npm run pbx [-- status | stop | logs]

Starts an Asterisk 22 on this machine with a carrier and customers that SIPp plays, and stays until Ctrl+C.
Where the system has none it is made in a folder of its own, by a container engine (docker, podman) or from Debian's
packages (Debian or Ubuntu, as root).

CUFFIA_PBX_DIR       its folder                CUFFIA_CACHE   where a made Asterisk is kept
CUFFIA_DEBIAN_MIRROR where packages come from, for systems that are not Debian
`

const folderOf = (env) => resolve(env.CUFFIA_PBX_DIR ?? `${defaultDataDir(process.platform, env)}-pbx`)
const stateFile = (env) => join(folderOf(env), 'running.json')

/** What runs now, or undefined; a state file whose process is gone is removed. Its number may be another program's now. */
function running(env) {
  if (!existsSync(stateFile(env))) return undefined
  const state = JSON.parse(readFileSync(stateFile(env), 'utf8'))
  if (commandLine(state.pid).some((word) => word.endsWith('pbx.mjs'))) return state
  rmSync(stateFile(env), { force: true })
  return undefined
}

async function start(env) {
  const before = running(env)
  if (before !== undefined)
    throw new Problem(`a PBX already runs (process ${before.pid}): npm run pbx -- stop ends it`)
  const folder = folderOf(env)
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const pbx = await startPbx({ folder, env, name: 'cuffia-dev', say: console.log })
  const carrier = await startCarrier(pbx, { ringMs: 3000, talkMs: 20_000, say: console.log }).catch(
    async (error) => {
      await pbx.stop()
      throw error
    },
  )
  const configFile = join(folder, 'pbx.json')
  writeFileSync(configFile, `${JSON.stringify(serverSettings(pbx), null, 2)}\n`, { mode: 0o600 })
  writeFileSync(stateFile(env), JSON.stringify({ pid: process.pid, version: pbx.version, ari: pbx.ari.url }))
  console.log(`${pbx.version}: ARI at ${pbx.ari.url}, browsers at ${pbx.sip.wsUrl}`)
  console.log(`To call over it: npm start -- --pbx-config=${configFile}`)
  const asked = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => resolve('asked'))
  })
  const why = await Promise.race([
    asked,
    pbx.ended().then((how) => `Asterisk ended by itself (${how}); its log: npm run pbx -- logs`),
    carrier.ended.then((code) => `SIPp, the carrier, ended by itself (code ${code}): ${carrier.errors()}`),
  ])
  await carrier.stop()
  await pbx.stop()
  rmSync(stateFile(env), { force: true })
  if (why !== 'asked') throw new Problem(why)
  return 0
}

function status(env) {
  const state = running(env)
  console.log(
    state === undefined ? 'No PBX runs.' : `${state.version}: process ${state.pid}, ARI at ${state.ari}`,
  )
  return state === undefined ? 3 : 0
}

async function stop(env) {
  const state = running(env)
  if (state === undefined) console.log('No PBX runs.')
  else process.kill(state.pid, 'SIGTERM')
  while (running(env) !== undefined) await wait(50)
  // of one that was killed Asterisk and SIPp still run
  endProcessesOf(folderOf(env))
  return 0
}

function logs(env) {
  const file = join(folderOf(env), 'log', 'messages.log')
  if (!existsSync(file)) throw new Problem('there is no log yet: npm run pbx starts a PBX')
  console.log(readFileSync(file, 'utf8').trimEnd())
  return 0
}

const commands = { start, status, stop, logs }

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} the exit code
 */
export async function pbxCommand([name = 'start'], env) {
  if (name === '--help' || name === 'help') {
    console.log(help)
    return 0
  }
  if (!Object.hasOwn(commands, name)) throw new Problem(`"${name}" is not one of status, stop, logs`)
  return commands[name](env)
}
