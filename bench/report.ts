import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'

export interface Row {
  what: string
  values: readonly number[]
  unit: 'ms' | 'MB' | '%'
  /** Of the p99, or of the only value; null where none was set. */
  target: number | null
}

/** The value below which that share of the values lies (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

/** The machine in one line: figures without it say nothing. */
export function machine(): string {
  const [processor] = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  const load = loadavg()[0]?.toFixed(1)
  return (
    `${new Date().toISOString().slice(0, 16)}Z, ${availableParallelism()} cores (${processor?.model.trim() ?? '?'}), ` +
    `${memory} GB, ${process.platform} ${process.arch}, Node ${process.version}, load ${load}`
  )
}

/** Prints title, machine and an aligned table; also fit for a Markdown file. */
export function report(title: string, rows: readonly Row[]): void {
  const head = ['what', 'n', 'p50', 'p99', 'max', 'unit', 'target', '']
  const digits = (value: number) => value.toFixed(value < 100 ? 1 : 0)
  const lines = rows.map(({ what, values, unit, target }) => {
    const p99 = percentile(values, 0.99)
    const verdict = target === null ? '' : p99 <= target ? 'met' : 'MISSED'
    return [
      what,
      String(values.length),
      digits(percentile(values, 0.5)),
      digits(p99),
      digits(Math.max(...values)),
      unit,
      target === null ? '–' : `<= ${target}`,
      verdict,
    ]
  })
  const widths = head.map((name, column) =>
    Math.max(name.length, ...lines.map((line) => line[column]!.length)),
  )
  const print = (cells: readonly string[]) =>
    console.log(`| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`)
  console.log(`\n${title}\n${machine()}\n`)
  print(head)
  print(widths.map((width) => '-'.repeat(width)))
  for (const line of lines) print(line)
}
