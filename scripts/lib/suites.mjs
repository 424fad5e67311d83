import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './builds.mjs'
import { ensureChromium } from './chromium.mjs'
import { inRoot, root } from './paths.mjs'
import { ensureSipp } from './pbx/callers.mjs'
import { ensureAsterisk } from './pbx/tree.mjs'
import { added, fromPlaywright, fromVitest, nothing } from './results.mjs'

/** Runs a program that writes its results as JSON into a file, and hands both to `count`. */
async function withResults(start, count) {
  const folder = mkdtempSync(join(tmpdir(), 'cuffia-results-'))
  const file = join(folder, 'results.json')
  try {
    const code = await start(file)
    const counted = count(JSON.parse(readFileSync(file, 'utf8')))
    // What is not a test (an error after the last test) must not look like success.
    const unnamed = code !== 0 && counted.failures.length === 0
    return unnamed ? { ...counted, failures: [`ended with code ${code} after its tests`] } : counted
  } catch (error) {
    return { ...nothing, failures: [`no results: ${error.message}`] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export const runVitest = (args) =>
  withResults(
    (file) =>
      run(process.execPath, [
        inRoot('node_modules', 'vitest', 'vitest.mjs'),
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
        ...args,
      ]),
    fromVitest,
  )

export const runPlaywright = (chromium, args) =>
  withResults(
    (file) =>
      run(
        process.execPath,
        [inRoot('node_modules', '@playwright', 'test', 'cli.js'), 'test', '--reporter=list,json', ...args],
        {
          env: { ...process.env, CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
        },
      ),
    fromPlaywright,
  )

/** A suite that cannot run here: skipped with its reason, under CI failed. */
function cannotRun(env, files, what, why) {
  const reason = `${files.length} ${what} files, because ${why}`
  if (env.CI) return { ...nothing, failures: [`not run: ${reason}`] }
  console.log(`skipped: ${reason}`)
  return { ...nothing, skipped: files.length }
}

/** Tests on a real Asterisk with real SIP callers, both made here if need be. */
export async function runTelephony(env, args = []) {
  const files = globSync('tests/telephony/**/*.test.ts', { cwd: root })
  if (files.length === 0) return nothing
  try {
    ensureAsterisk(console.log, env)
    ensureSipp(console.log)
  } catch (error) {
    return cannotRun(env, files, 'telephony', error.message)
  }
  return runVitest(['--project', 'telephony', ...args])
}

/** End-to-end specs in a real Chromium. Where there is none they are skipped, or under CI failed, with the reason. */
export async function runEndToEnd(env, args = []) {
  const specs = globSync('tests/e2e/**/*.spec.ts', { cwd: root })
  if (specs.length === 0) return nothing
  const chromium = await ensureChromium(env)
  if (chromium !== undefined && args.length > 0) return runPlaywright(chromium, args)
  if (chromium !== undefined) {
    // Pages two at a time, then alone on the machine whatever has servers, clocks and voices.
    const pages = await runPlaywright(chromium, ['--project=pages'])
    const product = await runPlaywright(chromium, ['--project=web', '--project=desktop'])
    return added(pages, product)
  }
  const why = 'no Chromium was found or could be installed (set CHROMIUM_PATH to one)'
  return cannotRun(env, specs, 'end-to-end', why)
}
