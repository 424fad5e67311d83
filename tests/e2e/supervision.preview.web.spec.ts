import { expect, test, type Page } from '@playwright/test'
import type { SupervisionState } from '../../shared/contract/supervision.ts'
import type { Supervisor } from '../../shared/crm-api/supervision.ts'
import { expectAccessible, previewPaths, tabTo } from './support/preview.ts'

test.use({ contextOptions: { reducedMotion: 'reduce' } })
const open = previewPaths()

type Preview = {
  preview: {
    supervision: { current(): SupervisionState }
    desk: { setSupervisors(next: Supervisor[]): void }
  }
}

const bar = (page: Page, name = 'Ascolto delle chiamate') => page.getByRole('region', { name })
const mode = (page: Page, name: string) => bar(page).getByRole('button', { name, exact: true })
const heard = (page: Page) =>
  page.evaluate(() => {
    const now = (window as unknown as Preview).preview.supervision.current()?.listening
    return now ? `${now.operator.name} ${now.mode} ${now.state}` : 'nobody'
  })
const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

test('a supervisor listens, coaches, joins and stops by keyboard alone, on whichever page', async ({
  page,
}) => {
  await open(page, 'board')
  await tabTo(page, page.getByRole('button', { name: 'Ascolta Anna Russo', exact: true }))
  await page.keyboard.press('Enter')
  await expect(bar(page)).toContainText('Anna Russo')
  await expect(bar(page)).toContainText('Non ti sente nessuno.')
  await expect(mode(page, 'Ascolta')).toHaveAttribute('aria-pressed', 'true')
  expect(await heard(page)).toBe('Anna Russo listen heard')
  await page.keyboard.press('c')
  await expect(bar(page)).toContainText('Ti sente solo l’operatore.')
  await expect(mode(page, 'Suggerisci')).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('j')
  await expect(bar(page)).toContainText('Ti sentono tutti.')
  await expect(page.getByRole('log').filter({ hasText: 'Ti sentono tutti.' })).toBeAttached()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('Campagne')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Campagne' })).toBeFocused()
  await expect(bar(page)).toContainText('Anna Russo')
  await page.keyboard.press('l')
  await expect(bar(page)).toContainText('Non ti sente nessuno.')
  await page.keyboard.press('x')
  await expect(bar(page)).toBeHidden()
  expect(await heard(page)).toBe('nobody')
})

test('a call is found by the name of its operator, in the palette and by the filter', async ({ page }) => {
  await open(page, 'board')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('Entra nella chiamata di Marco')
  await page.keyboard.press('Enter')
  await expect(bar(page)).toContainText('Marco De Luca')
  await expect(mode(page, 'Entra')).toHaveAttribute('aria-pressed', 'true')

  await page.getByRole('searchbox', { name: 'Filtra per nome, stato, campagna' }).fill('Giulia')
  await page.keyboard.press('Tab')
  await page.keyboard.press('l')
  await expect(bar(page)).toContainText('Giulia Ferri')
  await expect.poll(() => heard(page)).toBe('Giulia Ferri listen heard')
})

test('who cannot be heard says why, and who is in no call has nothing to press', async ({ page }) => {
  await open(page, 'board')
  await expect(row(page, 'Tommaso Villa')).toContainText('Linea simulata: niente da ascoltare')
  await expect(row(page, 'Tommaso Villa').getByRole('button')).toHaveCount(0)
  await expect(row(page, 'Chiara Zanetti').getByRole('button')).toHaveCount(0)
  await expect(row(page, 'Anna Russo').getByRole('button')).toHaveCount(3)
})

test('between two calls only listening is possible, and a phone that nobody lifted says what to do', async ({
  page,
}) => {
  await open(page, 'board', { scene: 'waiting' })
  await expect(bar(page)).toContainText('senti la prossima appena comincia')
  for (const name of ['Suggerisci', 'Entra']) await expect(mode(page, name)).toBeDisabled()
  await open(page, 'board', { scene: 'unanswered' })
  await expect(bar(page)).toContainText('Premi di nuovo «Ascolta»')
})

test('the operator is told in words in the status bar, and aloud, without losing the focus', async ({
  page,
}) => {
  await open(page, 'work', { user: 'anna', scene: 'supervised' })
  await expect(page.getByRole('banner')).toContainText('Sara Conti ascolta')
  await page.getByRole('textbox', { name: 'Nota' }).focus()
  await page.evaluate(() =>
    (window as unknown as Preview).preview.desk.setSupervisors([{ by: 'Sara Conti', mode: 'join' }]),
  )
  await expect(page.getByRole('banner')).toContainText('Sara Conti è in linea con voi')
  await expect(page.getByRole('log').filter({ hasText: 'Sara Conti è in linea con voi' })).toBeAttached()
  await page.evaluate(() => (window as unknown as Preview).preview.desk.setSupervisors([]))
  await expect(page.getByRole('banner')).not.toContainText('Sara Conti')
  await expect(page.getByRole('textbox', { name: 'Nota' })).toBeFocused()
})

const looks = [
  ['listening', 'light', 'it', 'sara', 'board'],
  ['coaching', 'dark', 'en', 'sara', 'board'],
  ['joined', 'dark', 'it', 'sara', 'campaigns'],
  ['waiting', 'light', 'en', 'sara', 'board'],
  ['unanswered', 'dark', 'it', 'sara', 'board'],
  ['supervised', 'light', 'it', 'anna', 'work'],
  ['supervised', 'dark', 'en', 'anna', 'work'],
] as const
for (const [scene, theme, lang, user, path] of looks) {
  test(`the page while ${scene} has no serious problem for axe: ${theme}, ${lang}`, async ({ page }) => {
    await open(page, path, { scene, theme, lang, user })
    await expectAccessible(page, scene)
  })
}
