import { ensureChromium } from './chromium.mjs'
import { checks, runSteps } from './steps.mjs'
import { runEndToEnd, runTelephony, runVitest } from './suites.mjs'

/** Checks, unit to story tests, end to end; the last line printed is the count. Resolves with the exit code. */
export async function runAllTests(env) {
  const chromium = await ensureChromium(env)
  if (chromium !== undefined) env.CHROMIUM_PATH = chromium
  const parts = [
    { skipped: 0, ...(await runSteps(checks)) },
    await runVitest(['--project', 'unit', '--project', 'kill']),
    await runTelephony(env),
    await runEndToEnd(env),
  ]
  const sum = (what) => parts.reduce((total, part) => total + part[what], 0)
  const skipped = sum('skipped') === 0 ? '' : `, ${sum('skipped')} skipped`
  console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped}`)
  return sum('failed') === 0 ? 0 : 1
}
