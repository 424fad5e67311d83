import { expect, test, type Page } from '@playwright/test'
import type { HeadsetKey, HeadsetReport, MediaState } from '../../shared/contract/media.ts'
import { expectAccessible, looks, previewPage } from './support/preview.ts'

test.use({ contextOptions: { reducedMotion: 'reduce' } })
const open = previewPage()

type Preview = {
  preview: {
    media: {
      set(change: Partial<MediaState>): void
      press(key: HeadsetKey, report: Omit<HeadsetReport, 'key'>): void
      state: { current(): MediaState }
      asked: string[]
    }
  }
}
const media = (page: Page) => ({
  set: (change: Partial<MediaState>) =>
    page.evaluate((next) => (window as unknown as Preview).preview.media.set(next), change),
  press: (key: HeadsetKey) =>
    page.evaluate(
      (pressed) =>
        (window as unknown as Preview).preview.media.press(pressed, {
          at: Date.now(),
          reportId: 2,
          data: '01',
          usages: ['0b:20 on'],
        }),
      key,
    ),
  state: () => page.evaluate(() => (window as unknown as Preview).preview.media.state.current()),
  asked: () => page.evaluate(() => (window as unknown as Preview).preview.media.asked),
})

test('before work the phone shows its microphone, its devices and a test call that speaks back', async ({
  page,
}) => {
  await open(page, 'phone')
  const meter = page.getByRole('meter', { name: 'Microfono' })
  await expect(meter).toHaveAttribute('aria-valuenow', '0.6')
  await page.getByRole('button', { name: 'Chiamata di prova' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Parla: dopo un attimo devi sentirti.')).toBeVisible()
  await page.getByRole('button', { name: 'Chiudi la prova' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Chiamata di prova' })).toBeVisible()
})

test('a device is chosen by keyboard, remembered by its name and used at once', async ({ page }) => {
  await open(page, 'phone')
  await page.getByRole('button', { name: /Microfono/ }).press('ArrowDown')
  await page.getByRole('option', { name: 'Microfono del portatile' }).press('Enter')
  await expect.poll(async () => (await media(page).state()).chosen.input).toBe('Microfono del portatile')
})

test('a microphone that hears nothing says so, and what to do', async ({ page }) => {
  await open(page, 'phone', { mic: 'silent', lang: 'en' })
  await expect(page.getByText('Nothing comes from the microphone')).toBeVisible()
  await expect(page.getByText('Nothing is heard: say something')).toBeVisible()
})

test('during a call the loss of the microphone is said above the call, and so is its healing', async ({
  page,
}) => {
  await open(page, 'phone-lost')
  await expect(page.getByRole('alert').filter({ hasText: 'Non c’è nessun microfono' })).toBeVisible()
  await media(page).set({ microphone: 'live', lost: 'Headset 40', inUse: { input: 'Camera', output: '' } })
  await expect(page.getByText('«Headset 40» non è più collegato')).toBeVisible()
  await expect(page.getByText('La chiamata continua con: Camera.')).toBeVisible()
  await media(page).set({ lost: null })
  await expect(page.getByText('«Headset 40» non è più collegato')).toBeHidden()
})

test('the keys of a headset do what the keyboard does, and its lamps follow the call', async ({ page }) => {
  await open(page, 'phone-lost')
  await media(page).press('mute')
  await expect(page.getByRole('button', { name: /Riattiva|Muto/ }).first()).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await expect
    .poll(async () => (await media(page).asked()).at(-1))
    .toBe('lamps {"offHook":true,"ring":false,"mute":true,"hold":false}')
  await media(page).press('hook-on')
  await expect(page.getByText(/Post-chiamata/).first()).toBeVisible()
})

test('a headset is paired, its lamps are tried and what it sends is read', async ({ page }) => {
  await open(page, 'start', { hash: '#/headset' })
  await page.getByRole('button', { name: 'Abbina la cuffia' }).press('Enter')
  await expect(page.getByText('Headset 40').first()).toBeVisible()
  await page.getByRole('switch', { name: 'Squilla' }).press('Space')
  await expect
    .poll(async () => (await media(page).asked()).at(-1))
    .toBe('lamps {"offHook":false,"ring":true,"mute":false,"hold":false}')
  await media(page).press('hook-off')
  await expect(page.getByRole('row').filter({ hasText: '0b:20 on' })).toContainText('Rispondi')
})

for (const [theme, lang] of looks) {
  test(`the phone is accessible in ${lang}, ${theme}`, async ({ page }) => {
    for (const [scene, hash] of [
      ['phone', ''],
      ['phone', '#/settings'],
      ['phone-lost', ''],
      ['start', '#/headset'],
    ] as const) {
      await open(page, scene, { lang, theme, hash })
      await expectAccessible(page, `${scene} ${hash}`)
    }
    await page.getByRole('button', { name: /Abbina|Pair/ }).click()
    await expect(page.getByRole('switch').first()).toBeVisible()
    await expectAccessible(page, 'a paired headset')
  })
}
