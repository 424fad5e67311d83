import { readFileSync, readdirSync } from 'node:fs'
import type { Browser, Page } from '@playwright/test'

/** Megabytes. */
export interface Memory {
  /** The page's process, and in it what JavaScript holds after a collection. */
  page: number
  heap: number
  main: number
  server: number
  postgres: number
}

const field = (file: string, name: string): number => {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(file, 'utf8'))
  return Number(found?.[1] ?? Number.NaN) / 1024
}
const resident = (pid: number) => field(`/proc/${pid}/status`, 'VmRSS')

/** PostgreSQL's processes share most of their memory: each counts its fair part (proportional set size). */
function proportional(parent: number): number {
  const family = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid === parent || parentOf(pid) === parent)
  return family.reduce((sum, pid) => sum + field(`/proc/${pid}/smaps_rollup`, 'Pss'), 0)
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  } catch {
    return undefined
  }
}

/** Reads /proc, so on Linux only. */
export async function memoryOf(
  browser: Browser,
  page: Page,
  pids: { main: number; server: number; postgres(): number | undefined },
): Promise<Memory> {
  const inPage = await page.context().newCDPSession(page)
  await inPage.send('HeapProfiler.collectGarbage')
  const { usedSize } = await inPage.send('Runtime.getHeapUsage')
  await inPage.detach()
  const inBrowser = await browser.newBrowserCDPSession()
  const { processInfo } = await inBrowser.send('SystemInfo.getProcessInfo')
  await inBrowser.detach()
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => resident(id))
  const postgres = pids.postgres()
  return {
    // A spare renderer that Chromium keeps at hand is smaller than the page's.
    page: Math.max(...renderers),
    heap: usedSize / 2 ** 20,
    main: resident(pids.main),
    server: resident(pids.server),
    postgres: postgres === undefined ? Number.NaN : proportional(postgres),
  }
}
