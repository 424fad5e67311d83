import type { Browser, BrowserContext, Page } from '@playwright/test'
import { startClient, type Running } from '../../support/processes.ts'

export interface RealDesk {
  /** The page that is looked at now: another one after a crash. */
  readonly page: Page
  host: Running
  /** The loudest frequency that the operator hears now, and how loud it is; null while there is no sound at all. */
  hears(): Promise<{ hertz: number; decibels: number } | null>
  /** The page's process dies as in a crash. */
  crash(): Promise<void>
  /** After a crash: the person opens the page again. */
  openAgain(): Promise<void>
  close(): Promise<void>
}

/** Keeps what a page hears where a test can find it; the sound goes where it always goes. */
const ear = () => {
  const Connection = window.RTCPeerConnection
  window.RTCPeerConnection = class extends Connection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      this.addEventListener('track', ({ track }) =>
        Object.assign(window, { heard: new MediaStream([track]) }),
      )
    }
  }
}

async function listen(): Promise<{ hertz: number; decibels: number } | null> {
  const { heard } = window as unknown as { heard?: MediaStream }
  if (!heard) return null
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  analyser.fftSize = 8192
  analyser.smoothingTimeConstant = 0
  context.createMediaStreamSource(heard).connect(analyser)
  await new Promise((resolve) => setTimeout(resolve, 400))
  const bins = new Float32Array(analyser.frequencyBinCount)
  analyser.getFloatFrequencyData(bins)
  const loudest = bins.reduce((best, value, index) => (value > bins[best]! ? index : best), 1)
  const hertz = (loudest * context.sampleRate) / analyser.fftSize
  await context.close()
  return { hertz, decibels: Math.round(bins[loudest]!) }
}

export const realPageOptions = {
  locale: 'it-IT',
  timezoneId: 'Europe/Rome',
  viewport: { width: 1366, height: 768 },
  permissions: ['microphone'],
}

async function openPage(
  context: BrowserContext,
  url: string,
  prepare?: (page: Page) => Promise<void>,
): Promise<Page> {
  const page = await context.newPage()
  await prepare?.(page)
  await page.goto(url)
  return page
}

export async function openRealDesk(
  browser: Browser,
  options: {
    server: string
    dataDir: string
    log: string
    prepare: ((page: Page) => Promise<void>) | undefined
  },
): Promise<RealDesk> {
  const host = await startClient({ ...options, speed: 1, seed: 1 })
  const context = await browser.newContext(realPageOptions)
  await context.addInitScript(ear)
  let page = await openPage(context, host.ready.url, options.prepare)
  return {
    get page() {
      return page
    },
    host,
    hears: () => page.evaluate(listen),
    crash: async () => {
      const gone = page.waitForEvent('crash')
      await page.goto('chrome://crash').catch(() => undefined)
      await gone
    },
    openAgain: async () => {
      await page.close()
      page = await openPage(context, new URL('/', host.ready.url).href)
    },
    close: async () => {
      await context.close()
      await host.stop()
    },
  }
}
