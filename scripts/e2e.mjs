// `npm run test:e2e -- FILE…`: the end-to-end specs alone; arguments go to Playwright.
import { runMain } from './lib/node24.mjs'
import { runEndToEnd } from './lib/suites.mjs'

await runMain(async () => {
  const { failures } = await runEndToEnd(process.env, process.argv.slice(2))
  return failures.length === 0 ? 0 : 1
})
