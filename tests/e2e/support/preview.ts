import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { build, preview, type PreviewServer } from 'vite'
import { contentSecurityPolicy } from '../../../main/transport/content-security-policy.ts'

const configFile = resolve(import.meta.dirname, '../../preview/vite.config.ts')

/** The product's page over a host in memory, built once for a spec file; returns how a scene of it is opened. */
export function previewPage(): (page: Page, scene: string, more?: Record<string, string>) => Promise<void> {
  let server: PreviewServer
  let outDir: string
  let address: string
  test.beforeAll(async () => {
    outDir = mkdtempSync(join(tmpdir(), 'cuffia-preview-'))
    await build({ configFile, logLevel: 'error', build: { outDir, emptyOutDir: true } })
    server = await preview({
      configFile,
      build: { outDir },
      preview: {
        host: '127.0.0.1',
        port: 0,
        headers: { 'Content-Security-Policy': contentSecurityPolicy() },
      },
    })
    address = server.resolvedUrls?.local[0] ?? ''
  })
  test.afterAll(async () => {
    await server.close()
    rmSync(outDir, { recursive: true })
  })
  return async (page, scene, more = {}) => {
    const { hash = '', ...query } = more
    await page.goto(`${address}?${new URLSearchParams({ scene, ...query }).toString()}${hash}`)
    await page.locator('main').waitFor()
  }
}

/** Serious and critical ones of axe; fails with the name of the state looked at. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
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

/** Each theme and each language once: contrast is a matter of the theme, names and widths are one of the language. */
export const looks = [
  ['light', 'it'],
  ['dark', 'en'],
] as const
