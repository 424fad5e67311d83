// `npm run demo:real`: PBX, customers, server and client. Starts on Node 20 and goes on under the packaged Node 24.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { ensureNode24, runMain, runOnNode24 } from './lib/node24.mjs'
import { inRoot } from './lib/paths.mjs'

const secondStage = 'CUFFIA_DEMO_STAGE'

/** Resolves when Asterisk and SIPp are there or cannot be had; who needs them then says why. */
function makePbx() {
  const maker = spawn(process.execPath, [inRoot('scripts', 'lib', 'pbx', 'make.mjs')], { stdio: 'inherit' })
  return new Promise((resolve) => {
    maker.once('error', resolve)
    maker.once('exit', resolve)
  })
}

await runMain(async () => {
  const args = process.argv.slice(2)
  if (process.env[secondStage] !== '2') {
    process.env[secondStage] = '2'
    // A first start needs packages and an Asterisk, most of a minute each: both at once.
    const isFirst = !existsSync(inRoot('node_modules')) && !args.includes('--help')
    const made = isFirst ? makePbx() : undefined
    ensureNode24()
    await made
    return runOnNode24(process.argv[1], args, { ipc: true })
  }
  const { demoReal } = await import('./lib/demo-real.mjs')
  return demoReal(args, process.env)
})
// The channel to the first stage would keep this one alive.
process.exit()
