// `npm test`: sets up what is missing, then runs everything. Starts on Node 20 and goes on under the packaged Node 24.
import { runMain, runOnNode24 } from './lib/node24.mjs'

const secondStage = 'CUFFIA_TEST_STAGE'

await runMain(async () => {
  if (process.env[secondStage] !== '2') {
    process.env[secondStage] = '2'
    return runOnNode24(process.argv[1], process.argv.slice(2))
  }
  const { runAllTests } = await import('./lib/all-tests.mjs')
  return runAllTests(process.env)
})
