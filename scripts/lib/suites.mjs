import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './builds.mjs'
import { ensureChromium } from './chromium.mjs'
import { inRoot, root } from './paths.mjs'
import { ensureSipp } from './pbx/callers.mjs'
import { ensureAsterisk } from './pbx/tree.mjs'

/** Runs a program that writes its results as JSON into a file, and hands both to `count`. */
async function withResults(start, count) {
  const folder = mkdtempSync(join(tmpdir(), 'cuffia-results-'))
  const file = join(folder, 'results.json')
  try {
    const code = await start(file)
    const counted = count(JSON.parse(readFileSync(file, 'utf8')))
    // What is not a test (a file that does not load, an error after the last test) must not look like success.
    return code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted
  } catch (error) {
    console.error(`no results: ${error.message}`)
    return { passed: 0, failed: 1, skipped: 0 }
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
    (results) => ({
      passed: results.numPassedTests,
      failed: results.numFailedTests,
      skipped: results.numPendingTests + results.numTodoTests,
    }),
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
    ({ stats, errors }) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected + errors.length,
      skipped: stats.skipped,
    }),
  )

const added = (left, right) => ({
  passed: left.passed + right.passed,
  failed: left.failed + right.failed,
  skipped: left.skipped + right.skipped,
})

/** A suite that cannot run here: skipped with its reason, under CI failed. */
function cannotRun(env, files, what, why) {
  console.log(`${env.CI ? 'FAILED' : 'skipped'}: ${files.length} ${what} files, because ${why}`)
  return env.CI
    ? { passed: 0, failed: files.length, skipped: 0 }
    : { passed: 0, failed: 0, skipped: files.length }
}

/** Tests on a real Asterisk with real SIP callers, both made here if need be. */
export async function runTelephony(env, args = []) {
  const files = globSync('tests/telephony/**/*.test.ts', { cwd: root })
  if (files.length === 0) return { passed: 0, failed: 0, skipped: 0 }
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
  if (specs.length === 0) return { passed: 0, failed: 0, skipped: 0 }
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
