// `npm run demo:real`: PBX, customers, server and client. Starts on Node 20 and goes on under the packaged Node 24.
import { runMain, runOnNode24 } from './lib/node24.mjs'

const secondStage = 'CUFFIA_DEMO_STAGE'

await runMain(async () => {
  const args = process.argv.slice(2)
  if (process.env[secondStage] !== '2') {
    process.env[secondStage] = '2'
    return runOnNode24(process.argv[1], args, { ipc: true })
  }
  const { demoReal } = await import('./lib/demo-real.mjs')
  return demoReal(args, process.env)
})
// The channel to the first stage would keep this one alive.
process.exit()
