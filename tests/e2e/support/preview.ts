import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { build, preview, type InlineConfig, type PreviewServer } from 'vite'
import { contentSecurityPolicy } from '../../../main/transport/content-security-policy.ts'

/** Builds a page once for a spec file and serves it under the product's own content policy; returns its address. */
export function builtPage(config: InlineConfig & { configFile: string }): () => string {
  let server: PreviewServer
  let outDir: string
  test.beforeAll(async () => {
    outDir = mkdtempSync(join(tmpdir(), 'cuffia-preview-'))
    await build({ ...config, logLevel: 'error', build: { outDir, emptyOutDir: true } })
    server = await preview({
      ...config,
      build: { outDir },
      preview: {
        host: '127.0.0.1',
        port: 0,
        headers: { 'Content-Security-Policy': contentSecurityPolicy() },
      },
    })
  })
  test.afterAll(async () => {
    await server.close()
    rmSync(outDir, { recursive: true })
  })
  return () => server.resolvedUrls?.local[0] ?? ''
}

/** The product's page over a host in memory; returns how a scene of it is opened. */
export function previewPage(): (page: Page, scene: string, more?: Record<string, string>) => Promise<void> {
  const address = builtPage({ configFile: resolve(import.meta.dirname, '../../preview/vite.config.ts') })
  return async (page, scene, more = {}) => {
    const { hash = '', ...query } = more
    await page.goto(`${address()}?${new URLSearchParams({ scene, ...query }).toString()}${hash}`)
    await page.locator('main').waitFor()
  }
}

/** The same for the pages beside the operator's desk: by their path, for Sara the supervisor unless said otherwise. */
export function previewPaths(): (page: Page, path: string, query?: Record<string, string>) => Promise<void> {
  const open = previewPage()
  return async (page, path, query = {}) => {
    const { scene = 'board', ...more } = query
    await open(page, scene, { user: 'sara', ...more, hash: `#/${path}` })
    await page.getByRole('heading', { level: 1 }).first().waitFor()
  }
}

/** What a strict policy, a missing key or a failing part would say, as it comes. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return complaints
}

/** Serious and critical ones of axe, on the page or `within` a part; fails with the name of the state looked at. */
export async function expectAccessible(page: Page, name: string, within = 'html'): Promise<void> {
  // react-aria's own live region keeps the name of a button that is gone for some seconds
  const { violations } = await new AxeBuilder({ page })
    .include(within)
    .exclude('[data-live-announcer]')
    .analyze()
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`))
  expect(serious, name).toEqual([])
}

/** By how many pixels the page would scroll, in any direction. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const main = document.querySelector('main') ?? document.body
    const root = document.documentElement
    return Math.max(
      main.scrollHeight - main.clientHeight,
      main.scrollWidth - main.clientWidth,
      root.scrollHeight - window.innerHeight,
      root.scrollWidth - window.innerWidth,
    )
  })

export const press = async (page: Page, ...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key)
}

/** Goes there by Tab alone, which proves that it can be reached. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never reached ${target.toString()}`)
}

/** Each theme and each language once: contrast is a matter of the theme, names and widths are one of the language. */
export const looks = [
  ['light', 'it'],
  ['dark', 'en'],
] as const
