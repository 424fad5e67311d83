import { expect, test, type Page } from '@playwright/test'
import { press, previewPage } from './support/preview.ts'

const open = previewPage()
const bar = (page: Page) => page.getByRole('region', { name: 'Chiamata', exact: true })
const pad = (page: Page) => page.getByRole('dialog', { name: 'Componi un numero' })
type Host = { preview: { requested: { set(asked: { number: string; at: number }): void } } }

test('a number is dialled by hand: typed in any form, read back whole, opened as a record, then called', async ({
  page,
}) => {
  await open(page, 'nothing-left')
  await expect(page.getByRole('button', { name: 'Componi' })).toBeVisible()
  await press(page, 'n')
  await page.keyboard.type('Tel. 0039 331')
  await expect(pad(page)).toContainText('Manca ancora qualche cifra.')
  await page.keyboard.type('/234.5678')
  await expect(pad(page)).toContainText('+393312345678')
  await expect(pad(page)).toContainText('cellulare · Italia')
  await press(page, 'Enter')
  await expect(pad(page)).toBeHidden()
  await expect(bar(page)).toContainText('331 234 5678 · chiamata manuale')
  await expect(bar(page)).toContainText('Esce come 9393312345678')
  await press(page, 'F2')
  await expect(bar(page)).toContainText('Squilla')
  await press(page, 'F4', 'Shift+n')
  await expect(pad(page).getByLabel('Numero di telefono')).toHaveValue('331 234 5678')
})

test('a number that the law forbids now is refused in words, with the time from which it may be called', async ({
  page,
}) => {
  await open(page, 'nothing-left')
  await expect(page.getByRole('button', { name: 'Componi' })).toBeVisible()
  await press(page, 'n')
  await page.keyboard.type('331 234 0000')
  await press(page, 'Enter')
  await expect(pad(page)).toContainText('A quest’ora la legge non permette di chiamare.')
  await expect(pad(page)).toContainText(/Di nuovo possibile: \d\d/)
  await press(page, 'Escape')
  await expect(pad(page)).toBeHidden()
})

test('a link of another program puts its number on the dial pad, and calls nobody', async ({ page }) => {
  await open(page, 'nothing-left')
  await expect(page.getByRole('button', { name: 'Componi' })).toBeVisible()
  await page.evaluate(() =>
    (window as unknown as Host).preview.requested.set({ number: '+390815559900', at: Date.now() }),
  )
  await expect(pad(page)).toContainText('+390815559900')
  await expect(bar(page)).toContainText('Per ora nessuna chiamata')
})

test('every number is a button: before the call it calls, later it goes to the dial pad', async ({
  page,
}) => {
  await open(page, 'preview')
  const contact = page.getByRole('region', { name: 'Contatto' })
  await contact.getByRole('button', { name: '081 552 3344' }).last().press('Enter')
  await expect(bar(page)).toContainText('Squilla')
  await expect(bar(page)).toContainText('081 552 3344')
  await contact.getByRole('button', { name: '331 234 5678' }).press('Enter')
  await expect(pad(page).getByLabel('Numero di telefono')).toHaveValue('331 234 5678')
  await press(page, 'Enter')
  await expect(pad(page)).toContainText('prima finisci la scheda')
})

test('callers whom nobody answered are called back by a button, and who is taken says by whom', async ({
  page,
}) => {
  await open(page, 'nothing-left')
  const list = page.getByRole('region', { name: 'Chi ha chiamato' })
  await expect(list).toContainText('1 in attesa adesso')
  await expect(list).toContainText('ha aspettato troppo · 3 volte')
  await expect(list).toContainText('ci pensa Luca Bruni')
  await list.getByRole('button', { name: 'Richiama: Giuseppe Ferrara' }).press('Enter')
  await expect(bar(page)).toContainText('339 876 5432 · chiamata manuale')
})
