import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium } from '@playwright/test'
import { build, preview } from 'vite'
import { ensureChromium } from '../../../scripts/lib/chromium.mjs'
import type { PhonePage } from '../phone-page/page.ts'

const root = resolve(import.meta.dirname, '../phone-page')

/** 16-bit mono WAV at 48 kHz. Syllables of tone: the browser takes a tone without pauses for noise and removes it. */
function writeVoice(file: string, hertz: number): void {
  const rate = 48_000
  const samples = Int16Array.from({ length: rate * 3 }, (_, index) => {
    const isSpoken = index % 14_400 < 9_600
    return isSpoken ? Math.round(12_000 * Math.sin((2 * Math.PI * hertz * index) / rate)) : 0
  })
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + samples.byteLength, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate * 2, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(samples.byteLength, 40)
  writeFileSync(file, Buffer.concat([head, Buffer.from(samples.buffer)]))
}

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
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-audio-capture=${voice}`,
      '--autoplay-policy=no-user-gesture-required',
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
