// `npm test`: sets up what is missing, then checks, unit to story tests, end to end. Its last line is the count.
import { ensureChromium } from './lib/chromium.mjs'
import { runMain, runOnNode24 } from './lib/node24.mjs'
import { checks, runSteps } from './lib/steps.mjs'
import { runEndToEnd, runVitest } from './lib/suites.mjs'

const secondStage = 'CUFFIA_TEST_STAGE'

await runMain(async () => {
  if (process.env[secondStage] !== '2') {
    process.env[secondStage] = '2'
    return runOnNode24(process.argv[1], process.argv.slice(2))
  }
  const chromium = await ensureChromium(process.env)
  if (chromium !== undefined) process.env.CHROMIUM_PATH = chromium
  const parts = [
    { skipped: 0, ...(await runSteps(checks)) },
    await runVitest([]),
    await runEndToEnd(process.env),
  ]
  const sum = (what) => parts.reduce((total, part) => total + part[what], 0)
  const skipped = sum('skipped') === 0 ? '' : `, ${sum('skipped')} skipped`
  console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped}`)
  return sum('failed') === 0 ? 0 : 1
})
