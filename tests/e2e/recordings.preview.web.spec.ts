import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { build, preview, type PreviewServer } from 'vite'
import { contentSecurityPolicy } from '../../main/transport/content-security-policy.ts'
import { silentWav } from '../../server/telephony/fake/wav.ts'

const configFile = resolve(import.meta.dirname, '../preview/vite.config.ts')

let server: PreviewServer
let outDir: string
let address: string

test.beforeAll(async () => {
  outDir = mkdtempSync(join(tmpdir(), 'cuffia-recordings-'))
  await build({ configFile, logLevel: 'error', build: { outDir, emptyOutDir: true } })
  server = await preview({
    configFile,
    build: { outDir },
    // The product's own policy: the sound needs nothing more.
    preview: { host: '127.0.0.1', port: 0, headers: { 'Content-Security-Policy': contentSecurityPolicy() } },
  })
  address = server.resolvedUrls?.local[0] ?? ''
})
test.afterAll(async () => {
  await server.close()
  rmSync(outDir, { recursive: true })
})

const lasts = 108_000

/** The sound of every recording, in the parts that are asked for; says what was asked. */
async function serveSound(page: Page): Promise<URL[]> {
  const asked: URL[] = []
  const file = silentWav(lasts)
  await page.route('**/files/recordings/**', async (route) => {
    asked.push(new URL(route.request().url()))
    const from = Number(/^bytes=(\d+)-/.exec(route.request().headers().range ?? '')?.[1] ?? 0)
    await route.fulfill({
      status: 206,
      contentType: 'audio/wav',
      headers: {
        'accept-ranges': 'bytes',
        'content-range': `bytes ${from}-${file.length - 1}/${file.length}`,
      },
      body: file.subarray(from),
    })
  })
  return asked
}

async function open(page: Page, path: string, query: Record<string, string>) {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.setViewportSize({ width: 1366, height: 768 })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(`${address}?${new URLSearchParams(query).toString()}#/${path}`)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  return complaints
}

async function seriousProblems(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).exclude('[data-live-announcer]').analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`))
}

test('an operator hears an earlier call in the contact’s history, by keyboard alone', async ({ page }) => {
  const asked = await serveSound(page)
  const complaints = await open(page, 'work', { scene: 'preview' })
  const listen = page.getByRole('button', { name: 'Ascolta 1:48' })
  await listen.focus()
  await page.keyboard.press('Enter')
  const player = page.getByRole('region', { name: /^Registrazione del .*, Salvatore Russo con Luca Bruni$/ })
  await expect(player).toBeVisible()
  const place = player.getByRole('slider', { name: 'Punto della registrazione' })
  await expect(place).toHaveAttribute('aria-valuetext', '0:00 di 1:48')
  await expect(player.getByRole('list', { name: 'Parti non registrate' })).toContainText(
    'a 0:31 non registrati 0:24: campo riservato',
  )
  // Nothing of the sound before it is wanted.
  expect(asked).toEqual([])

  await page.keyboard.press('Tab')
  await expect(player.getByRole('button', { name: 'Ascolta', exact: true })).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(place).toBeFocused()
  for (const key of ['ArrowRight', 'ArrowRight', 'Shift+ArrowRight', 'ArrowLeft'])
    await page.keyboard.press(key)
  await expect(place).toHaveAttribute('aria-valuetext', '0:35 di 1:48')
  await page.keyboard.press('Space')
  await expect(player.getByRole('button', { name: 'Pausa' })).toBeVisible()
  await expect(place).toHaveAttribute('aria-valuetext', /^0:3[6-9] di 1:48$/)
  expect(asked[0]?.pathname).toBe('/files/recordings/rec-1/audio')
  expect(new Set(asked.map(({ searchParams }) => searchParams.get('listening')))).toEqual(
    new Set(['rec-1-1']),
  )
  await page.keyboard.press('End')
  await expect(place).toHaveAttribute('aria-valuetext', '1:48 di 1:48')
  await expect(player.getByRole('button', { name: 'Ascolta', exact: true })).toBeVisible()
  expect(await seriousProblems(page)).toEqual([])
  expect(complaints).toEqual([])
})

test('a supervisor finds every recording, hears it, and deletes it by its name', async ({ page }) => {
  await serveSound(page)
  const complaints = await open(page, 'recordings', { scene: 'board', user: 'sara' })
  await expect(page.getByText('24 registrazioni')).toBeVisible()
  await page.getByRole('button', { name: 'Maria Esposito' }).nth(2).click()
  const card = page.getByRole('region', { name: 'Registrazione aperta' })
  await card.getByRole('button', { name: 'Ascolta' }).click()
  await expect(card.getByRole('button', { name: 'Pausa' })).toBeVisible()
  await card.getByRole('button', { name: 'Elimina' }).click()
  expect(await seriousProblems(page)).toEqual([])
  await page.getByRole('button', { name: 'Elimina la registrazione di Maria Esposito' }).click()
  await expect(card).toHaveCount(0)
  await page.getByRole('textbox', { name: 'Cerca nominativo o numero' }).fill('salvat')
  await expect(page.getByText('5 registrazioni')).toBeVisible()
  await page.getByRole('button', { name: 'Salvatore Russo' }).nth(1).click()
  expect(await seriousProblems(page)).toEqual([])
  expect(complaints).toEqual([])
})

test('a call that was not recorded says why', async ({ page }) => {
  await open(page, 'recordings/rec-3', { scene: 'board', user: 'sara', lang: 'en' })
  await expect(
    page.getByText('Not recorded: the switch lacks the notice that must be heard first.'),
  ).toBeVisible()
  await expect(page.getByRole('slider')).toHaveCount(0)
})

for (const theme of ['light', 'dark'])
  for (const lang of ['it', 'en'])
    test(`the player is readable on its page and in the history: ${theme}, ${lang}`, async ({
      page,
    }, info) => {
      await serveSound(page)
      await open(page, 'recordings/rec-1', { scene: 'board', user: 'sara', lang, theme })
      const slider = page.getByRole('slider')
      await slider.focus()
      await page.keyboard.press('Shift+ArrowRight')
      await expect(slider).toHaveAttribute('aria-valuetext', /^0:30/)
      await page.screenshot({ path: info.outputPath('page.png') })
      expect(await seriousProblems(page)).toEqual([])
      await open(page, 'work', { scene: 'talking', lang, theme, text: '100' })
      await page.getByRole('button', { name: /1:48/ }).click()
      await slider.focus()
      await page.keyboard.press('Shift+ArrowRight')
      await expect(slider).toHaveAttribute('aria-valuetext', /^0:30/)
      await page.screenshot({ path: info.outputPath('history.png') })
      expect(await seriousProblems(page)).toEqual([])
    })
