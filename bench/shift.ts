import { memoryOf } from './memory.ts'
import { counter, readMarks, savingTimes, workCalls } from './operator.ts'
import type { Row } from './report.ts'
import { report } from './report.ts'
import type { BenchOptions } from './stack.ts'
import { openStack } from './stack.ts'

const calls = Number(process.env['CUFFIA_BENCH_CALLS'] ?? 150)
/** Caches fill and code is compiled in the first calls; what grows after them grows all day. */
const warmUp = 10

/** A whole shift of one operator, with the memory of every part before and after. */
export default async function bench(options: BenchOptions): Promise<void> {
  const stack = await openStack(options, calls + 20, 100)
  try {
    const { browser, page, pids } = stack
    const measure = () => memoryOf(browser, page, pids)
    const atStart = await measure()
    let warm = atStart
    const startedAt = performance.now()
    const count = counter(calls)
    await workCalls(page, calls, async (done) => {
      count(done)
      if (done === warmUp) warm = await measure()
    })
    const seconds = (performance.now() - startedAt) / 1_000
    const atEnd = await measure()
    const part = (name: keyof typeof atEnd, what: string, target: number | null): Row[] => [
      { what: `${what}, signed in`, values: [atStart[name]], unit: 'MB', target: null },
      { what: `${what}, after ${warmUp} calls`, values: [warm[name]], unit: 'MB', target: null },
      { what: `${what}, after ${calls} calls`, values: [atEnd[name]], unit: 'MB', target },
    ]
    const growth = (name: keyof typeof atEnd) => [(atEnd[name] / warm[name] - 1) * 100]
    const saving = savingTimes(await readMarks(page))
    report(`bench:shift – ${calls} calls of one operator in ${seconds.toFixed(0)} s`, [
      ...part('page', 'page (process)', 250),
      { what: 'page (process), growth', values: growth('page'), unit: '%', target: 10 },
      ...part('heap', 'page (JavaScript heap)', null),
      { what: 'page (JavaScript heap), growth', values: growth('heap'), unit: '%', target: 10 },
      ...part('main', 'main', 150),
      ...part('server', 'server', 150),
      ...part('postgres', 'PostgreSQL (proportional)', null),
      { what: 'key down -> saved painted', values: saving, unit: 'ms', target: 30 },
    ])
  } finally {
    await stack.close()
  }
}
