import { counter, readMarks, savingTimes, workCalls } from './operator.ts'
import { report } from './report.ts'
import type { BenchOptions } from './stack.ts'
import { openStack } from './stack.ts'

const calls = Number(process.env['CUFFIA_BENCH_CALLS'] ?? 200)

/** From the key of an outcome to "saved" painted: on the operator's disk by then, and on its way to the server. */
export default async function bench(options: BenchOptions): Promise<void> {
  const stack = await openStack(options, calls + 20, 100)
  try {
    await workCalls(stack.page, calls, counter(calls))
    const values = savingTimes(await readMarks(stack.page))
    report('bench:wrapup – an outcome, from the key to "saved" on the screen', [
      { what: 'key down -> saved painted', values, unit: 'ms', target: 30 },
    ])
  } finally {
    await stack.close()
  }
}
