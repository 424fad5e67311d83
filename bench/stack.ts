import { join } from 'node:path'
import { chromium } from '@playwright/test'
import type { Browser, Page } from '@playwright/test'
import { listOf, openCallCentre } from '../tests/support/call-centre.ts'
import { postgresPid, runFolder, startClient, startServer } from '../tests/support/processes.ts'
import { watchKeys } from './operator.ts'
import type { Wire } from './wire.ts'
import { tapped } from './wire.ts'

export interface BenchOptions {
  /** Path of a Chromium that runs. */
  chromium: string
}

export interface Stack {
  browser: Browser
  page: Page
  wire: Wire
  /** Thrown away at the end; on the disk that carries everything. */
  folder: string
  pids: { main: number; server: number; postgres(): number | undefined }
  close(): Promise<void>
}

export const openBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    // Chromium's sandbox refuses to run as root.
    args: [
      '--disable-background-networking',
      '--no-first-run',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  })

export const pageOptions = {
  locale: 'it-IT',
  timezoneId: 'Europe/Rome',
  viewport: { width: 1366, height: 768 },
}

/** The whole product for one operator: server with PostgreSQL, client host, real page, signed in and ready. */
export async function openStack(options: BenchOptions, records: number, speed: number): Promise<Stack> {
  const folder = runFolder('cuffia-bench-')
  const dataDir = join(folder.path, 'server')
  const server = await startServer(dataDir, 0, folder.log('server'))
  const { url, firstAdministrator } = server.ready
  if (!firstAdministrator) throw new Error('an empty server has a first administrator')
  const centre = await openCallCentre({ url, firstAdministrator, operators: 1, csv: listOf(records) })
  const [operator] = centre.operators
  if (!operator) throw new Error('there is no operator')
  const wire = await tapped(url)
  const client = await startClient({
    server: wire.url,
    dataDir: join(folder.path, 'client'),
    speed,
    seed: 1,
    log: folder.log('client'),
  })
  const browser = await openBrowser(options.chromium)
  const page = await browser.newPage(pageOptions)
  await watchKeys(page)
  await page.goto(client.ready.url)
  await page.getByLabel('Nome utente').waitFor()
  await page.keyboard.type(operator.username)
  await page.keyboard.press('Tab')
  await page.keyboard.type(operator.password)
  await page.keyboard.press('Enter')
  await page.getByText('Tutto a posto: puoi cominciare.').waitFor()
  return {
    browser,
    page,
    wire,
    folder: folder.path,
    pids: { main: client.pid, server: server.pid, postgres: () => postgresPid(dataDir) },
    close: async () => {
      await browser.close()
      await client.stop()
      await server.stop()
      wire.close()
      folder.remove()
    },
  }
}
