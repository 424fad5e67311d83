import { accessSync, constants } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Problem } from './packages.mjs'
import { defaultDataDir } from './paths.mjs'

export const help = (dataDir) => `npm start -- [options]

Starts the Cuffia server with its own PostgreSQL, and the client. Ctrl+C stops all of it.

  --shell=electron|browser   the desktop window, or a browser on this machine
                             (default: Electron where its runtime is present or can be fetched)
  --port=N                   port of the page in the browser shell (default 8642, loopback only)
  --server-port=N            port of the CRM server (default 8643, loopback only)
  --server=URL               start only the client, for a Cuffia server that already runs: a second
                             operator on this machine also needs a --port of its own
  --data-dir=FOLDER          data folder (default ${dataDir})
                             holds the database, the client's own store and the logs
                             (with --server: the same name with -client and the port behind it)
  --database-url=URL         use an existing PostgreSQL instead of the packaged one, for example
                             postgresql://user:password@host/database (or set DATABASE_URL)
  --pbx-config=FILE          settings of the PBX for real calls (docs/runbook/connect-asterisk.md), or set
                             CUFFIA_PBX to the JSON itself; \`npm run pbx\` starts one and writes the file
  --reset-demo               start over with fresh demo data
  --no-demo                  do not offer the demo campaign
  --no-open                  do not open a browser, only print the address
  --simulator-speed=N        the simulated line plays N times faster (default 1)
  --help                     this page
`

const description = {
  help: { type: 'boolean', short: 'h' },
  shell: { type: 'string' },
  port: { type: 'string' },
  'server-port': { type: 'string' },
  server: { type: 'string' },
  'data-dir': { type: 'string' },
  'database-url': { type: 'string' },
  'pbx-config': { type: 'string' },
  'reset-demo': { type: 'boolean' },
  'no-demo': { type: 'boolean' },
  'no-open': { type: 'boolean' },
  'simulator-speed': { type: 'string' },
}

function numberIn(name, text, fallback, low, high) {
  const value = text === undefined ? fallback : Number(text)
  if (text !== '' && value >= low && value <= high) return value
  throw new Problem(`--${name} takes a number from ${low} to ${high}, not "${text}"`)
}

function portOf(name, text, fallback) {
  const port = numberIn(name, text, fallback, 0, 65_535)
  if (Number.isInteger(port)) return port
  throw new Problem(`--${name} takes a whole number, not "${text}"`)
}

/** The address of a server that already runs; its event stream is beside it. */
function serverOf(values) {
  if (values.server === undefined) return undefined
  if (!/^https?:\/\/[^/]+\/?$/.test(values.server)) {
    throw new Problem(`--server takes an address like http://127.0.0.1:8643, not "${values.server}"`)
  }
  for (const other of ['server-port', 'database-url', 'pbx-config', 'reset-demo', 'no-demo']) {
    if (values[other] !== undefined) throw new Problem(`--server and --${other} exclude each other`)
  }
  return values.server.replace(/\/$/, '')
}

/** The file is looked at here: the server would say it too, but later. */
function pbxOf(file) {
  if (file === undefined) return undefined
  try {
    accessSync(resolve(file), constants.R_OK)
  } catch (error) {
    throw new Problem(`--pbx-config: ${resolve(file)} cannot be read (${error.code})`)
  }
  return resolve(file)
}

/** The launcher's options from its arguments and environment; throws Problem with what is wrong. */
export function readOptions(args, env) {
  let values
  try {
    values = parseArgs({ args, options: description }).values
  } catch (error) {
    throw new Problem(`${error.message}\nnpm start -- --help lists the options`)
  }
  const { shell } = values
  if (shell !== undefined && shell !== 'electron' && shell !== 'browser') {
    throw new Problem(`--shell is electron or browser, not "${String(shell)}"`)
  }
  if (values['reset-demo'] && values['no-demo'])
    throw new Problem('--reset-demo and --no-demo exclude each other')
  const port = portOf('port', values.port, 8642)
  const serverPort = portOf('server-port', values['server-port'], 8643)
  if (port !== 0 && port === serverPort) throw new Problem('--port and --server-port must differ')
  const server = serverOf(values)
  const usualDataDir = server === undefined ? defaultDataDir() : `${defaultDataDir()}-client-${port}`
  return {
    help: values.help ?? false,
    shell,
    port,
    serverPort,
    server,
    dataDir: resolve(values['data-dir'] ?? usualDataDir),
    databaseUrl: values['database-url'] ?? (env.DATABASE_URL || undefined),
    pbxConfig: pbxOf(values['pbx-config']),
    demo: values['reset-demo'] ? 'reset' : values['no-demo'] ? 'none' : 'offer',
    open: !values['no-open'],
    simulatorSpeed: numberIn('simulator-speed', values['simulator-speed'], 1, 0.1, 10_000),
  }
}
