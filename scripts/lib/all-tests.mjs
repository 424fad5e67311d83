import { ensureChromium } from './chromium.mjs'
import { added, closing } from './results.mjs'
import { checks, runSteps } from './steps.mjs'
import { runEndToEnd, runTelephony, runVitest } from './suites.mjs'

/** Checks, unit to story tests, end to end; the last line printed is the count. Resolves with the exit code. */
export async function runAllTests(env) {
  const chromium = await ensureChromium(env)
  if (chromium !== undefined) env.CHROMIUM_PATH = chromium
  const run = [
    await runSteps(checks),
    await runVitest(['--project', 'unit', '--project', 'kill']),
    await runTelephony(env),
    await runEndToEnd(env),
  ].reduce(added)
  for (const line of closing(run)) console.log(line)
  return run.failures.length === 0 ? 0 : 1
}
