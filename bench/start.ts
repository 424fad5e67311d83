import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import type { Browser } from '@playwright/test'
import { runFolder } from '../tests/support/processes.ts'
import { report } from './report.ts'
import type { BenchOptions } from './stack.ts'
import { openBrowser, pageOptions } from './stack.ts'

const runs = Number(process.env['CUFFIA_BENCH_RUNS'] ?? 5)
const launcher = resolve(import.meta.dirname, '../scripts/start.mjs')

/** From `npm start` to a login page in which a name can be typed: on an empty data folder, and again on the same. */
export default async function bench(options: BenchOptions): Promise<void> {
  const browser = await openBrowser(options.chromium)
  const times = { cold: [] as Start[], warm: [] as Start[] }
  try {
    for (let run = 0; run < runs; run++) {
      const folder = runFolder('cuffia-start-')
      const dataDir = join(folder.path, 'data')
      times.cold.push(await start(browser, dataDir))
      times.warm.push(await start(browser, dataDir))
      folder.remove()
    }
  } finally {
    await browser.close()
  }
  const rows = (name: 'cold' | 'warm', target: number | null) =>
    [
      {
        what: `${name}: address printed`,
        values: times[name].map(({ ready }) => ready),
        unit: 'ms',
        target: null,
      },
      {
        what: `${name}: login page usable`,
        values: times[name].map(({ usable }) => usable),
        unit: 'ms',
        target,
      },
    ] as const
  report('bench:start – from the command to a login page; page built, packages installed', [
    ...rows('cold', null),
    ...rows('warm', 2_000),
  ])
}

interface Start {
  ready: number
  usable: number
}

async function start(browser: Browser, dataDir: string): Promise<Start> {
  const startedAt = performance.now()
  const args = [
    '--shell=browser',
    '--no-open',
    '--no-demo',
    '--port=0',
    '--server-port=0',
    `--data-dir=${dataDir}`,
  ]
  const child = spawn(process.execPath, [launcher, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = once(child, 'exit')
  const page = await browser.newPage(pageOptions)
  try {
    const url = await addressIn(child.stdout)
    const ready = performance.now() - startedAt
    await page.goto(url)
    const name = page.getByLabel('Nome utente')
    await name.fill('anna')
    return { ready, usable: performance.now() - startedAt }
  } finally {
    await page.close()
    child.kill('SIGTERM')
    await gone
  }
}

async function addressIn(output: AsyncIterable<Buffer>): Promise<string> {
  let said = ''
  for await (const data of output) {
    said += data.toString()
    const url = /Cuffia is ready: (\S+)/.exec(said)?.[1]
    if (url !== undefined) return url
  }
  throw new Error(`it did not start: ${said}`)
}
