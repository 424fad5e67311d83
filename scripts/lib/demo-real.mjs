import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { launch } from './launch.mjs'
import { readOptions } from './options.mjs'
import { Problem } from './packages.mjs'
import { defaultDataDir } from './paths.mjs'
import { startCarrier } from './pbx/callers.mjs'
import { serverSettings, startPbx } from './pbx/start.mjs'

const usualFolder = () => `${defaultDataDir()}-demo-real`

const help = () => `npm run demo:real [-- options]

Real calls on this machine: an Asterisk 22, customers that SIPp plays, the server and the client, with a small campaign.
The first time an Asterisk is made from Debian's packages (as root, about a minute). Each start begins anew, with new
passwords. Ctrl+C stops all of it.

  --data-dir=FOLDER   its own data folder (default ${usualFolder()}), with the PBX beside it in FOLDER-pbx
  --shell, --port, --server-port, --no-open   as of npm start (npm start -- --help)
`

const own = ['server', 'pbx-config', 'database-url', 'reset-demo', 'no-demo']

function optionsOf(args, env) {
  const refused = own.find((name) =>
    args.some((word) => word === `--${name}` || word.startsWith(`--${name}=`)),
  )
  if (refused !== undefined) throw new Problem(`demo:real takes no --${refused}: it brings its own`)
  const hasFolder = args.some((word) => word.startsWith('--data-dir'))
  const { DATABASE_URL: _database, CUFFIA_PBX: _pbx, ...rest } = env
  return readOptions(hasFolder ? args : [...args, `--data-dir=${usualFolder()}`], rest)
}

/** Two lines are enough to make the first call; the rest of what the launcher knows is not needed for it. */
function words() {
  const people = []
  const of = (role) => people.filter((user) => user.role === role)
  const signIn = ({ username, password }) => `${username}, password ${password}`
  return {
    administrator: () => undefined,
    demoUser: (user) => people.push(user),
    ready(url) {
      const [first, ...others] = [...of('operator'), ...of('supervisor')]
      const also = others.map(signIn).join('; ')
      console.log(`\n1. Open ${url} and sign in as ${signIn(first)} (also ${also}); choose a password.`)
      console.log(
        '2. Let the browser use the microphone when it asks, press F2 to be ready and F2 again to call: you hear the ' +
          'customer.\n',
      )
    },
  }
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} the exit code
 */
export async function demoReal(args, env) {
  const options = optionsOf(args, env)
  if (options.help) {
    console.log(help())
    return 0
  }
  const asked = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve('asked'))
    process.once('disconnect', () => resolve('asked'))
  })
  const folder = `${options.dataDir}-pbx`
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  console.log('Starting Asterisk…')
  const pbx = await startPbx({ folder, env, name: 'cuffia-demo', say: console.log })
  let carrier
  try {
    console.log(`${pbx.version} runs. Starting the customers (SIPp)…`)
    carrier = await startCarrier(pbx, { ringMs: 3000, talkMs: 20_000, say: console.log })
    const pbxConfig = join(folder, 'pbx.json')
    writeFileSync(pbxConfig, `${JSON.stringify(serverSettings(pbx), null, 2)}\n`, { mode: 0o600 })
    const broken = Promise.race([
      asked,
      pbx.ended().then((how) => `Asterisk ended by itself (${how}); its log: ${join(folder, 'log')}`),
      carrier.ended.then(
        (code) => `SIPp, the customers, ended by itself (code ${code}): ${carrier.errors()}`,
      ),
    ])
    console.log('Starting server and client…')
    let why = 'asked'
    void broken.then((said) => (why = said))
    const code = await launch({ ...options, pbxConfig, demo: 'real' }, env, { words: words(), until: broken })
    if (why !== 'asked') throw new Problem(why)
    return code
  } finally {
    await carrier?.stop()
    await pbx.stop()
  }
}
