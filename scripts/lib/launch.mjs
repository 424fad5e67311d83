import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureElectronBundle, ensurePage } from './builds.mjs'
import { chooseShell } from './electron.mjs'
import { requireFreePort, takeLock } from './lock.mjs'
import { inRoot, root } from './paths.mjs'
import runtime from './runtime.json' with { type: 'json' }
import { supervise } from './supervise.mjs'

const flags = (values) =>
  Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)]))

/** `npm run dev`: Node itself starts a file again when it or what it imports has changed. */
const watching = ({ watch }) => (watch ? ['--watch', '--watch-preserve-output'] : [])

/**
 * How our programs run under Node. Without the limit its space for new objects grows to 64 MB, for programs that hold 50;
 * with the cache types are stripped and code is compiled once, not at each start (docs/figures.md has what each saves).
 */
const nodeArgs = (options) => [...runtime.flags, ...watching(options)]
/**
 * Few malloc arenas: glibc keeps one per thread, and the threads that hash passwords leave 19 MiB in each (server
 * 171 MB with the default, 137 MB with two). The compile cache spares stripping types at each start.
 */
const withRuntime = (env) => ({
  ...env,
  ...runtime.environment,
  NODE_COMPILE_CACHE: inRoot(runtime.compileCache),
})

export function serverCommand(options, again) {
  const demo = again && options.demo !== 'none' ? 'offer' : options.demo
  return {
    program: process.execPath,
    args: [
      ...nodeArgs(options),
      inRoot('server', 'entry', 'main.ts'),
      ...flags({
        port: options.serverPort,
        'data-dir': options.dataDir,
        demo,
        'pbx-config': options.pbxConfig,
      }),
    ],
    // not as an argument: every account of the machine could read the password in the list of processes
    env: withRuntime(
      options.databaseUrl === undefined ? process.env : { ...process.env, DATABASE_URL: options.databaseUrl },
    ),
  }
}

/** What the person at the terminal is told. */
const usualWords = {
  administrator({ username, password }) {
    console.log(`First administrator: user ${username}, password ${password}`)
    console.log('(shown this once; it is changed at the first sign-in)')
  },
  demoUser({ username, role, password }) {
    console.log(`Demo ${role}: user ${username}, password ${password}`)
  },
  ready(url) {
    console.log(`Cuffia is ready: ${url}`)
  },
}

export function clientCommand(options, electron, server) {
  const common = {
    'data-dir': options.dataDir,
    server,
    'simulator-speed': options.simulatorSpeed,
    page: inRoot('dist', 'renderer'),
  }
  if (electron === undefined) {
    const args = [
      ...nodeArgs(options),
      inRoot('main', 'entry', 'node.ts'),
      ...flags({ port: options.port, ...common }),
    ]
    return { program: process.execPath, args, env: withRuntime(process.env) }
  }
  // Chromium's sandbox refuses to run as root.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  // one word each: Electron on Windows refuses to start where anything follows an argument that is an address
  const words = Object.entries(common).map(([name, value]) => `--${name}=${value}`)
  return { program: electron, args: [root, ...sandbox, ...words] }
}

function openBrowser(address, env) {
  if (env.CI || (process.platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY)) return
  const openers = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] }
  const [program, ...args] = openers[process.platform] ?? ['xdg-open']
  const opener = spawn(program, [...args, address], { stdio: 'ignore', detached: true })
  opener.on('error', () => undefined)
  opener.unref()
}

/** When the server had to be killed, its PostgreSQL is still there: ask it to stop (SIGINT is its fast shutdown). */
function stopDatabaseLeftBehind(dataDir) {
  const cluster = join(dataDir, 'postgres', 'cluster')
  try {
    const pid = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0])
    if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(cluster)) process.kill(pid, 'SIGINT')
  } catch {
    // it is gone
  }
}

/**
 * Starts everything and resolves with the exit code when it is over: because somebody asked, because it cannot go on, or
 * because `until` has resolved.
 */
export async function launch(options, env, { words = usualWords, until } = {}) {
  const lock = takeLock(options.dataDir)
  const children = []
  const over = Promise.withResolvers()
  const state = { ended: false }
  const logFile = (name) => (options.watch ? undefined : join(options.dataDir, 'logs', `${name}.log`))
  const end = (code) => over.resolve(code)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(0))
  process.once('disconnect', () => end(0))
  void until?.then(() => end(0))

  /** Resolves with the server's address. */
  async function bringUpServer() {
    const at = { url: `http://127.0.0.1:${options.serverPort}` }
    const server = supervise({
      name: 'the server',
      command: (again) => serverCommand(options, again),
      log: logFile('server'),
      onReady: (message) => {
        at.url = message.url ?? at.url
        if (message.firstAdministrator) words.administrator(message.firstAdministrator)
        for (const user of message.demoUsers ?? []) words.demoUser(user)
      },
      onEnd: end,
    })
    if (!state.ended) {
      children.push(server)
      await server.start()
    }
    return at.url
  }

  async function bringUp() {
    if (options.port !== 0) await requireFreePort(options.port, 'port')
    if (options.server === undefined && options.serverPort !== 0) {
      await requireFreePort(options.serverPort, 'server-port')
    }
    const { electron, why } = chooseShell(options, env)
    if (why !== undefined) console.log(`Using the browser shell: ${why}.`)
    if (!options.watch) await ensurePage()
    if (electron !== undefined) await ensureElectronBundle()

    const server = options.server ?? (await bringUpServer())
    if (state.ended) return
    const client = supervise({
      name: 'the client',
      command: () => clientCommand(options, electron, server),
      log: logFile('client'),
      endsWithCode0: electron !== undefined,
      onReady: (message, again) => {
        const address = message.url === undefined ? undefined : new URL(message.url)
        lock.publish(address?.origin ?? 'its own window')
        if (address === undefined) return
        words.ready(message.url)
        if (options.open && !again) openBrowser(message.url, env)
      },
      onEnd: end,
    })
    if (state.ended) return
    children.push(client)
    await client.start()
    console.log(`Data and logs: ${options.dataDir}. Ctrl+C stops Cuffia.`)
  }

  try {
    void bringUp().catch((error) => over.reject(error))
    return await over.promise
  } finally {
    state.ended = true
    const left = await Promise.all(children.map((child) => child.stop()))
    if (left.includes(false)) stopDatabaseLeftBehind(options.dataDir)
    lock.release()
  }
}
