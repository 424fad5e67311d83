// `npm run test:telephony -- FILE…`: the tests on a real Asterisk alone; arguments go to vitest.
import { runMain } from './lib/node24.mjs'
import { runTelephony } from './lib/suites.mjs'

await runMain(async () => {
  const { failures } = await runTelephony(process.env, process.argv.slice(2))
  return failures.length === 0 ? 0 : 1
})
