import { spawn } from 'node:child_process'
import { inRoot, root } from './paths.mjs'
import { nothing } from './results.mjs'

const tool = (...path) => inRoot('node_modules', ...path)

/** The checks that need no running program; `npm test` runs the import table with the other tests. */
export const checks = [
  { name: 'types', args: [tool('typescript', 'bin', 'tsc'), '-b'] },
  { name: 'format', args: [tool('oxfmt', 'bin', 'oxfmt'), '--check', '.'] },
  { name: 'lint', args: [tool('oxlint', 'bin', 'oxlint'), '--type-aware', '--deny-warnings'] },
]

export const importTable = {
  name: 'import table',
  args: [tool('vitest', 'vitest.mjs'), 'run', 'tests/architecture/imports.test.ts'],
}

/** Runs one step without its output; resolves with `{ name, ok, seconds, output }`. */
function runStep({ name, args }) {
  const startedAt = performance.now()
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (data) => (output += data))
  child.stderr.on('data', (data) => (output += data))
  return new Promise((resolve) => {
    const end = (ok) => resolve({ name, ok, seconds: (performance.now() - startedAt) / 1000, output })
    child.once('error', (error) => {
      output += error.message
      end(false)
    })
    child.once('close', (code) => end(code === 0))
  })
}

function report({ name, ok, seconds, output }) {
  console.log(`${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(14)} ${seconds.toFixed(1)} s`)
  if (!ok) console.log(output.trimEnd())
}

/** Runs the steps two at a time, prints each as it ends, resolves with what they come to as tests do (./results.mjs). */
export async function runSteps(steps) {
  const waiting = [...steps]
  const ended = []
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const result = await runStep(step)
      report(result)
      ended.push(result)
    }
  }
  await Promise.all([worker(), worker()])
  const failures = ended.filter(({ ok }) => !ok).map(({ name }) => name)
  return { ...nothing, passed: ended.length - failures.length, failures }
}
