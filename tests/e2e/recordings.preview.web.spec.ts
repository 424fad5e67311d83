import { expect, test, type Page } from '@playwright/test'
import { silentWav } from '../../server/telephony/fake/wav.ts'
import { complaintsOf, expectAccessible, looks, previewPaths } from './support/preview.ts'

test.use({ contextOptions: { reducedMotion: 'reduce' } })
const open = previewPaths()

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

test('an operator hears an earlier call in the contact’s history, by keyboard alone', async ({ page }) => {
  const asked = await serveSound(page)
  const complaints = complaintsOf(page)
  await open(page, 'work', { scene: 'preview', user: 'anna' })
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
  await expectAccessible(page, 'played to its end')
  expect(complaints).toEqual([])
})

test('a supervisor finds every recording, hears it, and deletes it by its name', async ({ page }) => {
  await serveSound(page)
  const complaints = complaintsOf(page)
  await open(page, 'recordings')
  await expect(page.getByText('24 registrazioni')).toBeVisible()
  await page.getByRole('button', { name: 'Maria Esposito' }).nth(2).click()
  const card = page.getByRole('region', { name: 'Registrazione aperta' })
  await card.getByRole('button', { name: 'Ascolta' }).click()
  await expect(card.getByRole('button', { name: 'Pausa' })).toBeVisible()
  await card.getByRole('button', { name: 'Elimina' }).click()
  await expectAccessible(page, 'asked before deleting')
  await page.getByRole('button', { name: 'Elimina la registrazione di Maria Esposito' }).click()
  await expect(card).toHaveCount(0)
  await page.getByRole('textbox', { name: 'Cerca nominativo o numero' }).fill('salvat')
  await expect(page.getByText('5 registrazioni')).toBeVisible()
  await page.getByRole('button', { name: 'Salvatore Russo' }).nth(1).click()
  await expectAccessible(page, 'another one open')
  expect(complaints).toEqual([])
})

test('a call that was not recorded says why', async ({ page }) => {
  await open(page, 'recordings/rec-3', { lang: 'en' })
  await expect(
    page.getByText('Not recorded: the switch lacks the notice that must be heard first.'),
  ).toBeVisible()
  await expect(page.getByRole('slider')).toHaveCount(0)
})

for (const [theme, lang] of looks) {
  test(`the player is readable on its page and in the history: ${theme}, ${lang}`, async ({ page }) => {
    await serveSound(page)
    const slider = page.getByRole('slider')
    const goOn = async () => {
      await slider.focus()
      await page.keyboard.press('Shift+ArrowRight')
      await expect(slider).toHaveAttribute('aria-valuetext', /^0:30/)
    }
    await open(page, 'recordings/rec-1', { lang, theme })
    await goOn()
    await expectAccessible(page, 'the page of recordings')
    await open(page, 'work', { scene: 'talking', user: 'anna', lang, theme })
    await page.getByRole('button', { name: /1:48/ }).click()
    await goOn()
    await expectAccessible(page, 'the contact’s history')
  })
}
