import { counter, readMarks, workCalls } from './operator.ts'
import { report } from './report.ts'
import type { BenchOptions } from './stack.ts'
import { openStack } from './stack.ts'

const calls = Number(process.env['CUFFIA_BENCH_CALLS'] ?? 200)

/** From an offer leaving the server to its contact painted. */
export default async function bench(options: BenchOptions): Promise<void> {
  const stack = await openStack(options, calls + 20, 100)
  try {
    await workCalls(stack.page, calls, counter(calls))
    const { offers } = await readMarks(stack.page)
    const since = (from: (attempt: string) => number | undefined) =>
      offers.flatMap(({ detail, at }) => {
        const start = from(detail)
        return start === undefined ? [] : [at - start]
      })
    const leaving = since((attempt) => stack.wire.leftAt.get(attempt))
    report('bench:pop – an offer, from the server to the contact on the screen', [
      { what: 'leaves the server -> contact painted', values: leaving, unit: 'ms', target: 50 },
    ])
  } finally {
    await stack.close()
  }
}
