import { readFileSync } from 'node:fs'
import type { Browser } from '@playwright/test'

/** Linux counts processor time in hundredths of a second (`getconf CLK_TCK`). */
const ticksPerSecond = 100

function secondsOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may have blanks; utime and stime are the 14th and 15th field (proc_pid_stat(5)).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
  } catch {
    return 0
  }
}

function megabytesOf(pid: number): number {
  try {
    const found = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return Number(found?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

export interface Use {
  /** Of one core, in percent: two busy cores are 200. */
  cpu: number
  /** Resident; of several processes the sum, so what they share counts several times. */
  megabytes: number
}

/** Processor and memory of groups of processes from now until asked. Reads /proc, so on Linux only. */
export function watchUse<Name extends string>(groups: Record<Name, readonly number[]>) {
  const names = Object.keys(groups) as Name[]
  const seconds = (name: Name) => sum(groups[name].map(secondsOf))
  const before = new Map(names.map((name) => [name, seconds(name)]))
  const from = performance.now()
  return (): Record<Name, Use> => {
    const passed = (performance.now() - from) / 1_000
    const entries = names.map((name) => {
      const cpu = ((seconds(name) - (before.get(name) ?? 0)) / passed) * 100
      return [name, { cpu, megabytes: sum(groups[name].map(megabytesOf)) }]
    })
    return Object.fromEntries(entries) as Record<Name, Use>
  }
}

/** All processes of a browser, the page's among them. */
export async function browserPids(browser: Browser): Promise<number[]> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return processInfo.map(({ id }) => id)
}
