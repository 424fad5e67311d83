import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { build, preview, type PreviewServer } from 'vite'

const configFile = resolve(import.meta.dirname, '../../vite.config.ts')
// as strict as the product's own: nothing inline, nothing from elsewhere (styles are set through the CSSOM)
const policy = "default-src 'self'; img-src 'self' blob:; object-src 'none'; base-uri 'none'"

let server: PreviewServer
let outDir: string
let address: string

test.beforeAll(async () => {
  outDir = mkdtempSync(join(tmpdir(), 'cuffia-gallery-'))
  await build({ configFile, mode: 'gallery', logLevel: 'error', build: { outDir } })
  server = await preview({
    configFile,
    mode: 'gallery',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0, headers: { 'Content-Security-Policy': policy } },
  })
  address = `${server.resolvedUrls?.local[0] ?? ''}gallery.html`
})

test.afterAll(async () => {
  await server.close()
  rmSync(outDir, { recursive: true })
})

/** What a strict policy or a missing key would say. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return complaints
}

async function seriousProblems(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`))
}

for (const theme of ['light', 'dark'] as const) {
  for (const lang of ['it', 'en'] as const) {
    test(`every component passes axe, ${theme} in ${lang}, under a strict content policy`, async ({
      page,
    }) => {
      const complaints = complaintsOf(page)
      await page.setViewportSize({ width: 1366, height: 768 })
      await page.goto(`${address}?theme=${theme}&lang=${lang}`)
      await expect(page.locator('canvas')).toBeVisible()
      expect(await seriousProblems(page)).toEqual([])
      expect(complaints).toEqual([])
    })
  }

  test(`dialog, menu, palette and key map pass axe, ${theme}`, async ({ page }) => {
    await page.goto(`${address}?theme=${theme}`)
    for (const name of ['Finestra', 'Conferma con nome', 'Comandi', 'Tasti', 'Altro']) {
      await page
        .getByRole('region', { name: 'Overlays and keys' })
        .getByRole('button', { name, exact: true })
        .click()
      await expect(
        page.getByRole('dialog').or(page.getByRole('alertdialog')).or(page.getByRole('menu')).first(),
      ).toBeVisible()
      expect(await seriousProblems(page), name).toEqual([])
      await page.keyboard.press('Escape')
      await expect(
        page.getByRole('dialog').or(page.getByRole('alertdialog')).or(page.getByRole('menu')),
      ).toHaveCount(0)
    }
  })
}

test('the operator’s screen fits 1366x768 without scrolling', async ({ page }) => {
  await page.setViewportSize({ width: 1366, height: 768 })
  await page.goto(`${address}?page=operator`)
  const scrolls = await page
    .getByRole('main')
    .evaluate((main) => main.scrollHeight > main.clientHeight || main.scrollWidth > main.clientWidth)
  expect(scrolls).toBe(false)
  expect(await seriousProblems(page)).toEqual([])
})

test('text at 200 % loses nothing and never scrolls sideways', async ({ page }) => {
  await page.setViewportSize({ width: 1366, height: 768 })
  for (const query of ['?page=operator&size=200', '?size=200']) {
    await page.goto(address + query)
    await page.evaluate(() => document.fonts.ready)
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(wide, query).toBeLessThanOrEqual(0)
  }
})

test('keys answer from a text field only when they type nothing, and Ctrl+Enter makes a digit one of them', async ({
  page,
}) => {
  await page.goto(address)
  const part = page.getByRole('region', { name: 'Overlays and keys' })
  const field = part.getByRole('textbox', { name: 'Campo di prova' })
  const ran = part.locator('output')
  await field.focus()
  await page.keyboard.press('1')
  await expect(field).toHaveValue('1')
  await expect(ran).toHaveText('–')
  await page.keyboard.press('F2')
  await expect(ran).toHaveText('F2')
  await page.keyboard.press('Control+Enter')
  await page.keyboard.press('1')
  await expect(ran).toHaveText('1')
  await expect(field).toHaveValue('1')
  await page.keyboard.press('Escape')
  await expect(field).not.toBeFocused()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Tasti rapidi' })).toBeVisible()
})

test('every button is at least 24 by 24, the keys of a call at least 44 high', async ({ page }) => {
  await page.goto(`${address}?page=operator`)
  for (const button of await page.getByRole('button').all()) {
    const box = await button.boundingBox()
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24)
  }
  for (const name of ['Muto', 'Attesa', 'Passa', 'Tasti', 'Chiudi']) {
    const button = page.getByRole('region', { name: 'Chiamata' }).getByRole('button', { name })
    expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44)
    await expect(button).toHaveAttribute('aria-keyshortcuts', /^F\d$/)
  }
})
