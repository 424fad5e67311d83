import { resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import { builtPage, complaintsOf, expectAccessible, looks } from './support/preview.ts'

const built = builtPage({ configFile: resolve(import.meta.dirname, '../../vite.config.ts'), mode: 'gallery' })
const gallery = (query = '') => `${built()}gallery.html${query}`

for (const [theme, lang] of looks) {
  test(`every component passes axe, ${theme} in ${lang}, under a strict content policy`, async ({ page }) => {
    const complaints = complaintsOf(page)
    await page.goto(gallery(`?theme=${theme}&lang=${lang}`))
    await expect(page.locator('canvas')).toBeVisible()
    await expectAccessible(page, 'gallery')
    expect(complaints).toEqual([])
  })

  test(`dialog, menu, palette and key map pass axe, ${theme}`, async ({ page }) => {
    await page.goto(gallery(`?theme=${theme}`))
    const overlay = page.getByRole('dialog').or(page.getByRole('alertdialog')).or(page.getByRole('menu'))
    for (const name of ['Finestra', 'Conferma con nome', 'Comandi', 'Tasti', 'Altro']) {
      await page
        .getByRole('region', { name: 'Overlays and keys' })
        .getByRole('button', { name, exact: true })
        .click()
      await expect(overlay.first()).toBeVisible()
      // what stands behind is the same in both themes, and its colours are judged above
      await expectAccessible(page, name, theme === 'light' ? 'html' : ':is([role$=dialog], [role=menu])')
      await page.keyboard.press('Escape')
      await expect(overlay).toHaveCount(0)
    }
  })
}

test('the operator’s screen fits 1366x768 without scrolling', async ({ page }) => {
  await page.goto(gallery('?page=operator'))
  const scrolls = await page
    .getByRole('main')
    .evaluate((main) => main.scrollHeight > main.clientHeight || main.scrollWidth > main.clientWidth)
  expect(scrolls).toBe(false)
  await expectAccessible(page, 'the operator’s screen')
})

test('text at 200 % loses nothing and never scrolls sideways', async ({ page }) => {
  for (const query of ['?page=operator&size=200', '?size=200']) {
    await page.goto(gallery(query))
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
  await page.goto(gallery())
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
  await page.goto(gallery('?page=operator'))
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
