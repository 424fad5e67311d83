import { expect, test, type Locator, type Page } from '@playwright/test'
import { importPreview } from '../fakes/crm-pages-data.ts'
import { complaintsOf, expectAccessible, looks, previewPaths, tabTo } from './support/preview.ts'

const open = previewPaths()

async function press(page: Page, target: Locator) {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}
async function goTo(page: Page, name: string) {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name })).toBeFocused()
}
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const section = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Parti della campagna' }).getByRole('button', { name })

test('a supervisor makes, checks and launches a campaign by keyboard alone', async ({ page }) => {
  const complaints = complaintsOf(page)
  await open(page, 'board')
  await goTo(page, 'Campagne')
  await page.keyboard.press('n')
  await expect(page.getByRole('heading', { level: 1, name: 'Nuova campagna' })).toBeFocused()

  // nothing typed yet: nothing to save, and the check asks for saving first
  await tabTo(page, page.getByLabel('Codice'))
  await page.keyboard.type('PROVA-1')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Serve un testo')).toBeVisible()
  await tabTo(page, page.getByLabel('Descrizione'))
  await page.keyboard.type('Prova di primavera')
  await expect(page.getByText('Da salvare: Generale')).toBeVisible()
  await page.keyboard.press('Control+s')
  await expect(page.getByText(/^Salvato alle/)).toBeVisible()

  await press(page, section(page, 'Controllo e lancio'))
  for (const problem of [
    'Mancano i nominativi',
    'Nessun operatore abilitato',
    'Mancano gli esiti',
    'Manca lo script',
  ])
    await expect(page.getByText(problem)).toBeVisible()
  await expect(button(page, 'Lancia la campagna')).toBeDisabled()

  await press(page, button(page, 'Vai a Esiti'))
  await press(page, button(page, 'Aggiungi Interessata'))
  await press(page, button(page, 'Aggiungi Richiamare'))
  await press(page, button(page, 'Sposta Richiamare sul tasto prima'))
  await expect(page.getByRole('listitem').filter({ hasText: 'Richiamare' }).first()).toContainText('1')

  await press(page, section(page, 'Script'))
  await press(page, button(page, 'Esempi'))
  await expect(page.getByRole('menuitem').first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText('«Buongiorno, parlo con Maria Esposito?»')).toBeVisible()
  await expect(page.getByText('5 pagine,')).toBeVisible()

  await press(page, section(page, 'Operatori'))
  await tabTo(page, page.getByRole('checkbox', { name: 'Seleziona anna.russo' }))
  await page.keyboard.press('Space')
  await expect(page.getByText('1 abilitato')).toBeVisible()
  await page.keyboard.press('Control+s')
  await expect(page.getByText(/^Salvato alle/)).toBeVisible()

  await press(page, section(page, 'Nominativi'))
  await press(page, button(page, 'Da un’importazione'))
  await tabTo(page, page.getByRole('radio', { name: 'lista_salerno.csv' }))
  await page.keyboard.press('Space')
  await press(page, button(page, 'Aggiungi 1.180 contatti'))
  await expect(page.getByRole('status').filter({ hasText: '1.180 nominativi aggiunti' })).toBeVisible()

  await press(page, section(page, 'Controllo e lancio'))
  await press(page, button(page, 'Lancia la campagna'))
  await expect(page.getByText('La campagna è in corso.')).toBeVisible()
  await press(page, section(page, 'Generale'))
  await expect(page.getByLabel('Codice')).toBeDisabled()
  await expect(page.getByLabel('Descrizione')).toBeEnabled()
  expect(complaints).toEqual([])
})

test('a file is read, corrected, loaded and taken back by keyboard alone', async ({ page }) => {
  await page.route('**/files/imports**', (route) => {
    const isExcel = route.request().url().includes('xlsx')
    return isExcel
      ? route.fulfill({
          status: 422,
          json: { code: 'file-unreadable', message: 'not a text table', details: { kind: 'xlsx' } },
        })
      : route.fulfill({ json: importPreview('lista_napoli_novembre.csv', 3_104_000) })
  })
  await open(page, 'imports')
  const choose = async (name: string) => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      press(page, button(page, 'Scegli un file')),
    ])
    await chooser.setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from('COGNOME;CELL') })
  }
  await choose('elenco.xlsx')
  await expect(page.getByRole('alert').filter({ hasText: 'è un foglio Excel' })).toBeVisible()
  await choose('lista_napoli_novembre.csv')

  await expect(page.getByRole('table', { name: 'Dieci righe del file' })).toBeVisible()
  await expect(page.getByRole('cell', { name: '33123 troppo corto' })).toBeVisible()
  await press(page, page.getByRole('button', { name: 'Campo per CELL' }))
  await page.keyboard.type('Nota')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Campo per CELL' })).toContainText('Nota')
  await press(page, button(page, 'Cambia lettura'))
  await tabTo(page, page.getByRole('switch', { name: 'Prima riga: intestazioni' }))
  await page.keyboard.press('Space')
  await expect(page.getByText('Senza intestazioni')).toBeVisible()

  await press(page, button(page, 'Carica 18.204 righe'))
  await expect(page.locator('#root').getByRole('log')).toContainText('Importazione finita')
  await expect(page.getByRole('table', { name: 'Righe non caricate' })).toContainText('già tra i contatti')
  await expect(page.getByRole('link', { name: 'Scarica CSV' })).toHaveAttribute('href', /rejected\.csv$/)
  await press(page, button(page, 'Annulla importazione'))
  await expect(page.getByText('I nominativi di questo file sono stati tolti.')).toBeVisible()
})

test('nothing unsaved is lost: leaving asks, and a colleague is not overwritten unread', async ({ page }) => {
  await open(page, 'campaigns/k4/general')
  await tabTo(page, page.getByLabel('Descrizione'))
  await page.keyboard.type(' e Capodanno')
  await goToRefused(page)
  await page.keyboard.press('Escape')
  await expect(page.getByLabel('Descrizione')).toHaveValue(/Capodanno/)

  await page.evaluate(() =>
    (
      window as unknown as { preview: { pages: { colleagueSaves(id: string): void } } }
    ).preview.pages.colleagueSaves('k4'),
  )
  await page.keyboard.press('Control+s')
  const conflict = page.getByRole('alertdialog', { name: 'Qualcuno ha salvato prima di te' })
  await expect(conflict).toContainText('Generale')
  await press(page, conflict.getByRole('button', { name: 'Tieni le mie' }))
  await expect(page.getByText('Da salvare: Generale')).toBeVisible()
  await page.keyboard.press('Control+s')
  await expect(page.getByText(/^Salvato alle/)).toBeVisible()
  await goTo(page, 'Quadro')
})

async function goToRefused(page: Page) {
  await page.keyboard.press('Control+k')
  await page.keyboard.type('Quadro')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alertdialog', { name: 'Ci sono modifiche da salvare' })).toBeVisible()
}

test('a board that is no longer told says since when, and its timers stand still', async ({ page }) => {
  await open(page, 'board', { scene: 'lost' })
  await expect(
    page.getByRole('status').filter({ hasText: 'Il collegamento con il server manca dalle' }),
  ).toBeVisible()
  await expect(page.getByRole('timer')).toHaveCount(0)
  await expect(button(page, 'Sospendi').first()).toBeDisabled()
  await open(page, 'board')
  await expect(page.getByRole('timer').first()).toBeVisible()
  await press(page, button(page, 'Mostra').first())
  await expect(page.getByLabel('Filtra per nome, stato, campagna')).toBeFocused()
  await expect(page.getByRole('table', { name: 'Operatori' }).getByRole('row')).toHaveCount(2)
})

test('an administrator makes a user, sees the password once and notes their phone', async ({ page }) => {
  await open(page, 'users', { user: 'francesca.moro' })
  await page.keyboard.press('n')
  await expect(page.getByLabel('Nome e cognome')).toBeFocused()
  await page.keyboard.type('Rita Levi')
  await page.keyboard.press('Tab')
  await page.keyboard.type('anna.russo')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'c’è già' })).toBeVisible()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('rita.levi')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('alertdialog', { name: 'Password di Rita Levi' })
  await expect(dialog.getByRole('button', { name: 'Copia' })).toBeFocused()
  await press(page, dialog.getByRole('button', { name: 'Ho la password' }))
  await expect(dialog).toBeHidden()
  const row = page.getByRole('row', { name: /Rita Levi/ })
  await expect(row).toContainText('deve cambiare password')

  const openPhone = async () => {
    await press(page, row.getByRole('button', { name: 'Azioni per Rita Levi' }))
    await page.getByRole('menuitem', { name: 'Telefono' }).waitFor()
    await page.keyboard.type('tel')
    await page.keyboard.press('Enter')
    await expect(page.getByLabel('Telefono da tavolo')).toBeFocused()
  }
  await openPhone()
  await page.keyboard.type('tavolo di Rita')
  await page.keyboard.press('Tab')
  await page.keyboard.type('0+')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Al massimo 40 lettere')).toBeVisible()
  await expect(page.getByText('solo cifre, * e #')).toBeVisible()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('0#')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.type('tavolo-rita')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('log').filter({ hasText: 'Il telefono di Rita Levi' })).toBeAttached()
  await openPhone()
  await expect(page.getByLabel('Telefono da tavolo')).toHaveValue('tavolo-rita')
  await expect(page.getByLabel('Prefisso davanti ai numeri')).toHaveValue('0#')
  await expectAccessible(page, 'a person’s phone')
  await page.keyboard.press('Escape')

  const locked = page.getByRole('row', { name: /Tommaso Villa/ })
  await expect(locked).toContainText(/bloccato fino alle \d/)
  await press(page, locked.getByRole('button', { name: 'Azioni per Tommaso Villa' }))
  await page.getByRole('menuitem', { name: 'Sblocca' }).waitFor()
  await page.keyboard.type('sbl')
  await page.keyboard.press('Enter')
  await expect(locked).toContainText('attivo')

  await goTo(page, 'Registro')
  await press(page, page.getByRole('tab', { name: 'Registro' }))
  await page.keyboard.press('ArrowRight')
  await press(page, button(page, 'Chiudi sessione: luca.bruni'))
  await press(
    page,
    page.getByRole('alertdialog').getByRole('button', { name: 'Chiudi la sessione di luca.bruni' }),
  )
  await expect(page.getByRole('row', { name: /luca\.bruni/ })).toHaveCount(0)
})

test('the audit says details in words and reads on while it is scrolled, also after a filter was set and taken away', async ({
  page,
}) => {
  const complaints = complaintsOf(page)
  await open(page, 'audit', { user: 'francesca.moro' })
  const table = page.getByRole('region', { name: 'Registro' })
  const changed = page.getByRole('row').filter({ hasText: 'utente modificato' }).first()
  await expect(changed).toContainText(
    'Utente: Irene Sala · Ruolo: operatore → supervisione · Attivo: sì → no',
  )
  const toTheEnd = () =>
    expect(async () => {
      await table.evaluate((box) => box.scrollTo({ top: box.scrollHeight }))
      await expect(page.locator('[aria-rowindex="161"]')).toBeVisible({ timeout: 200 })
    }).toPass()
  await toTheEnd()
  const filter = page.getByRole('button', { name: /Che cosa/ })
  for (const choice of ['chiamanti eliminati', 'tutto']) {
    await filter.click()
    await page.getByRole('option', { name: choice, exact: true }).click()
    await expect(page.getByRole('table')).toHaveAttribute('aria-rowcount', choice === 'tutto' ? '161' : '11')
  }
  await toTheEnd()
  expect(complaints).toEqual([])
})

const supervisor = [
  'board',
  'board/wall',
  'callers',
  'campaigns',
  ...['general', 'line', 'hours', 'outcomes', 'script', 'operators', 'records', 'launch'].map(
    (name) => `campaigns/k1/${name}`,
  ),
  'campaigns/k4/launch',
  'imports',
  'imports/job/i1',
]
const administrator = ['users', 'audit', 'audit/sessions']
const paths = [
  ...supervisor.map((path) => ({ path, user: 'sara' })),
  ...administrator.map((path) => ({ path, user: 'francesca.moro' })),
]

for (const [theme, lang] of looks) {
  test(`every page passes axe, ${theme} in ${lang}, under a strict content policy`, async ({ page }) => {
    const complaints = complaintsOf(page)
    for (const { path, user } of paths) {
      await open(page, path, { theme, lang, user })
      await expect(page.getByRole('status', { name: /Caricamento|Loading/ })).toHaveCount(0)
      await expectAccessible(page, path)
    }
    await open(page, 'board', { theme, lang, scene: 'empty' })
    await expectAccessible(page, 'an empty board')
    expect(complaints).toEqual([])
  })
}

test('text at 200 % never scrolls the page sideways', async ({ page }) => {
  for (const { path, user } of paths) {
    await open(page, path, { text: '200', user })
    await expect(page.getByRole('status', { name: 'Caricamento' })).toHaveCount(0)
    const sideways = await page.evaluate(() => {
      const main = document.querySelector('main')
      return [
        document.documentElement.scrollWidth - innerWidth,
        (main?.scrollWidth ?? 0) - (main?.clientWidth ?? 0),
      ]
    })
    expect({ path, sideways }).toEqual({ path, sideways: [0, 0] })
  }
})
