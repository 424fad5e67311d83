import { expect, test } from './support/fixture.ts'

test('the page of the desktop program has no Node, stays where it is, and opens no windows', async ({
  page,
}) => {
  await expect(page.getByLabel('Nome utente')).toBeFocused()
  expect(page.url()).toMatch(/^app:\/\/cuffia\//)
  const found = await page.evaluate(() => ({
    node: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
    opened: window.open('https://example.com') !== null,
  }))
  expect(found).toEqual({ node: [], opened: false })
  await page.evaluate(() => {
    window.location.href = 'https://example.com/'
  })
  await expect(page.getByLabel('Nome utente')).toBeVisible()
  expect(page.url()).toMatch(/^app:\/\/cuffia\//)
})

test('only the microphone may be asked for', async ({ page }) => {
  await expect(page.getByLabel('Nome utente')).toBeVisible()
  const answers = await page.evaluate(async () => {
    const state = async (name: string) =>
      (await navigator.permissions.query({ name: name as PermissionName })).state
    return { camera: await state('camera'), place: await state('geolocation'), news: Notification.permission }
  })
  expect(answers).toEqual({ camera: 'denied', place: 'denied', news: 'denied' })
})
