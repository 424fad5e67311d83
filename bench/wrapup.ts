import { join } from 'node:path'
import { openStore } from '../main/store/open.ts'
import { counter, readMarks, savingTimes, workCalls } from './operator.ts'
import { report } from './report.ts'
import type { BenchOptions } from './stack.ts'
import { openStack } from './stack.ts'

const calls = Number(process.env['CUFFIA_BENCH_CALLS'] ?? 200)

/** One write that is on disk when it returns, in a file beside the client's own: no save can be faster. */
function diskTimes(folder: string): number[] {
  const store = openStore(join(folder, 'disk', 'probe.sqlite'), 0)
  try {
    return Array.from({ length: calls }, () => {
      const before = performance.now()
      store.check()
      return performance.now() - before
    })
  } finally {
    store.close()
  }
}

/** From the key of an outcome to "saved" painted: on the operator's disk by then, and on its way to the server. */
export default async function bench(options: BenchOptions): Promise<void> {
  const stack = await openStack(options, calls + 20, 100)
  try {
    await workCalls(stack.page, calls, counter(calls))
    const values = savingTimes(await readMarks(stack.page))
    report('bench:wrapup – an outcome, from the key to "saved" on the screen', [
      { what: 'key down -> saved painted', values, unit: 'ms', target: 30 },
      { what: 'of which the disk, at least', values: diskTimes(stack.folder), unit: 'ms', target: null },
    ])
  } finally {
    await stack.close()
  }
}
