// `npm start`. Runs on Node 20 first: installs what is missing, then goes on under the packaged Node 24.
import { runMain, runOnNode24 } from './lib/node24.mjs'
import { help, readOptions } from './lib/options.mjs'
import { defaultDataDir } from './lib/paths.mjs'

const secondStage = 'CUFFIA_LAUNCHER_STAGE'

await runMain(async () => {
  const args = process.argv.slice(2)
  const options = readOptions(args, process.env)
  if (options.help) {
    console.log(help(defaultDataDir()))
    return 0
  }
  if (process.env[secondStage] !== '2') {
    process.env[secondStage] = '2'
    return runOnNode24(process.argv[1], args, { ipc: true })
  }
  const { launch } = await import('./lib/launch.mjs')
  return launch(options, process.env)
})
// The channel to the first stage would keep this one alive.
process.exit()
