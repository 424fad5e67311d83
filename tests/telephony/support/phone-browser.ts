import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium } from '@playwright/test'
import { build, preview } from 'vite'
import { ensureChromium } from '../../../scripts/lib/chromium.mjs'
import { fakeAudio, writeVoice } from '../../support/voice.ts'
import type { PhonePage } from '../phone-page/page.ts'

const root = resolve(import.meta.dirname, '../phone-page')

/** A real Chromium with a microphone that says a tone of `hertz`, on a page that is nothing but the phone. */
export async function openPhoneBrowser(hertz: number) {
  const path = await ensureChromium(process.env)
  if (path === undefined) throw new Error('no Chromium was found or could be installed')
  const folder = mkdtempSync(join(tmpdir(), 'cuffia-phone-page-'))
  const voice = join(folder, 'voice.wav')
  const outDir = join(folder, 'page')
  writeVoice(voice, hertz)
  await build({ root, base: './', configFile: false, logLevel: 'error', build: { outDir, target: 'es2024' } })
  const server = await preview({
    root,
    configFile: false,
    logLevel: 'error',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0 },
  })
  const browser = await chromium.launch({
    executablePath: path,
    args: [
      '--no-sandbox',
      ...fakeAudio(voice),
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })
  const context = await browser.newContext({ permissions: ['microphone'] })
  const page = await context.newPage()
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', (error) => said.push(error.message))
  const address = server.resolvedUrls?.local[0] ?? ''
  const open = async () => {
    await page.goto(address)
    await page.waitForFunction(() => 'phone' in window)
  }
  await open()
  return {
    page,
    /** All that the page has written to its console. */
    said,
    open,
    /** Runs in the page; `phone` is its phone. */
    ask: <A, T>(run: (phone: PhonePage, argument: A) => T | Promise<T>, argument: A): Promise<T> =>
      page.evaluate<T>(`(${run.toString()})(window.phone, ${JSON.stringify(argument)})`),
    close: async () => {
      await browser.close()
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
