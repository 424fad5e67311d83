import { resolve } from 'node:path'
import { _electron, type Browser, type Page } from '@playwright/test'
import { startClient } from '../../support/processes.ts'

/** One person's computer: the client with a data folder of its own, and its page. */
export interface Desk {
  page: Page
  /** The one-time address that let the page in; the desktop shell needs none. */
  address: string | null
  /** Another tab, or undefined where the shell has one window. */
  openTab(): Promise<Page>
  /** The client dies as in a crash. */
  kill(): Promise<void>
  close(): Promise<void>
}

export interface DeskOptions {
  server: string
  dataDir: string
  log: string
  /** How many times faster than life the simulated line plays. */
  speed: number
}

const root = resolve(import.meta.dirname, '../../..')

export async function openWebDesk(browser: Browser, options: DeskOptions): Promise<Desk> {
  const host = await startClient({ ...options, seed: 1 })
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(host.ready.url)
  return {
    page,
    address: host.ready.url,
    openTab: async () => {
      const tab = await context.newPage()
      await tab.goto(new URL('/', host.ready.url).href)
      return tab
    },
    kill: () => host.kill(),
    close: async () => {
      await context.close()
      await host.stop()
    },
  }
}

export async function openElectronDesk(executablePath: string, options: DeskOptions): Promise<Desk> {
  const app = await _electron.launch({
    executablePath,
    args: [
      root,
      // Chromium's sandbox refuses to run as root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--server=${options.server}`,
      `--data-dir=${options.dataDir}`,
      `--simulator-speed=${options.speed}`,
    ],
    locale: 'it-IT',
    timezoneId: 'Europe/Rome',
  })
  const page = await app.firstWindow()
  return {
    page,
    address: null,
    openTab: async () => {
      throw new Error('the desktop shell has one window')
    },
    kill: async () => {
      const gone = app.waitForEvent('close')
      app.process().kill('SIGKILL')
      await gone
    },
    close: () => app.close(),
  }
}
