import { resolve } from 'node:path'
import type { Page } from '@playwright/test'
import {
  becomeReady,
  callBar,
  outcomeZone,
  pressAnswer,
  recordOnDesk,
  saved,
  scriptZone,
} from './support/call.ts'
import { expect, test } from './support/fixture.ts'
import { signIn, signInFirst, signOut, type Credentials } from './support/people.ts'
import { complaintsOf, watchPointer } from './support/watch.ts'

const list = resolve(import.meta.dirname, '../data/csv/main-job.csv')
const own = 'una frase tutta mia'

async function createUser(page: Page, name: string, username: string, role: string): Promise<Credentials> {
  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog', { name: 'Nuovo utente' })
  await expect(dialog.getByLabel('Nome e cognome')).toBeFocused()
  await page.keyboard.type(name)
  await page.keyboard.press('Tab')
  await page.keyboard.type(username)
  await dialog.getByRole('radio', { name: role }).press('Space')
  await dialog.getByRole('button', { name: 'Crea utente' }).press('Enter')
  const shown = page.getByRole('alertdialog')
  const password = await shown.locator('code').innerText()
  await shown.getByRole('button', { name: 'Ho la password' }).press('Enter')
  await expect(shown).toBeHidden()
  return { username, password }
}

test('from an empty database to an afternoon of calls', async ({ cuffia, page }) => {
  test.setTimeout(300_000)
  const complaints = complaintsOf(page)
  let sara: Credentials
  let anna: Credentials
  let luca: Credentials

  await test.step('1. the first administrator signs in, must change the password, and makes three users', async () => {
    await signInFirst(page, cuffia.server.firstAdministrator, own)
    await expect(page.getByRole('button', { name: 'Nuovo utente' })).toBeVisible()
    sara = await createUser(page, 'Sara Conti', 'sara', 'supervisione')
    anna = await createUser(page, 'Anna Verdi', 'anna', 'operatore')
    luca = await createUser(page, 'Luca Ferri', 'luca', 'operatore')
    await expect(page.getByRole('table', { name: 'Utenti' }).getByRole('row')).toHaveCount(5)
    await signOut(page)
  })

  await test.step('2. the supervisor imports a list: ten rows as they are, then counts and reasons', async () => {
    await signInFirst(page, sara, own)
    await page.getByRole('button', { name: 'Importa nominativi' }).click()
    await page.locator('input[type=file]').setInputFiles(list)
    await expect(page.getByText('Windows-1252')).toBeVisible()
    await expect(page.getByText('Separatore ;')).toBeVisible()
    const seen = page.getByRole('table')
    await expect(seen.getByRole('row').filter({ hasText: /C2\d\d/ })).toHaveCount(10)
    await expect(seen).toContainText('D’Angelo')
    await expect(seen).toContainText('spende 39,90 €')
    await page.getByRole('button', { name: 'Carica 14 righe' }).click()
    const result = page.getByRole('region', { name: 'Risultato' })
    await expect(result).toContainText('9caricati')
    await expect(result).toContainText('1doppione, unito')
    await expect(result).toContainText('4scartate, con motivo')
    const reasons = page.getByRole('region', { name: 'Righe non caricate' })
    await expect(reasons).toContainText('doppione di una riga del file')
    await expect(reasons).toContainText('ci sono lettere nel numero')
    await expect(reasons).toContainText('manca il numero')
    await expect(reasons).toContainText('numero a pagamento: non si chiama')
  })

  await test.step('3. and makes a campaign, checks it, launches it', async () => {
    await page.getByRole('button', { name: 'Campagne', exact: true }).click()
    await page.getByRole('button', { name: 'Nuova campagna' }).first().click()
    await page.getByLabel('Codice').fill('FIBRA')
    await page.getByLabel('Descrizione').fill('Fibra Primavera')
    const go = (section: string) =>
      page
        .getByRole('navigation', { name: 'Parti della campagna' })
        .getByRole('button', { name: section })
        .click()
    await go('Orari')
    await openAllDay(page)
    await go('Esiti')
    await putOutcomesOnKeys(page)
    await go('Script')
    await page.getByRole('button', { name: 'Esempi' }).click()
    await page.getByRole('menuitem', { name: /Fibra Primavera/ }).click()
    await expect(page.getByText('Buongiorno, sono Sara')).toBeVisible()
    await go('Operatori')
    await page
      .getByRole('row', { name: /Anna Verdi/ })
      .getByRole('checkbox')
      .click({ force: true })
    await page
      .getByRole('row', { name: /Luca Ferri/ })
      .getByRole('checkbox')
      .click({ force: true })
    await page.getByRole('button', { name: 'Salva', exact: true }).click()
    await go('Nominativi')
    await page.getByRole('button', { name: 'Da un’importazione' }).click()
    await page.getByRole('radio', { name: /main-job\.csv/ }).press('Space')
    await page.getByRole('button', { name: 'Aggiungi 9 contatti' }).click()
    await expect(page.getByRole('status').filter({ hasText: '9 nominativi aggiunti' })).toBeVisible()
    await go('Controllo e lancio')
    await expect(page.getByText('Non manca niente')).toBeVisible()
    await page.getByRole('button', { name: 'Lancia la campagna' }).click()
    await expect(page.getByText('La campagna è in corso.')).toBeVisible()
    await page.getByRole('button', { name: 'Vai al quadro' }).click()
    await expect(page.getByRole('region', { name: 'Fibra Primavera' })).toContainText('resta 9 di 9')
  })

  const desk = (await cuffia.desk({ speed: 30 })).page
  complaints.also(desk)
  const pointer = await watchPointer(desk)
  const worked: string[] = []

  await test.step('4. the operator signs in, is checked, becomes ready', async () => {
    await signInFirst(desk, anna, own)
    await becomeReady(desk)
  })

  await test.step('fills the script, calls back tomorrow at ten in a few keys, undoes it, and takes a nearer time', async () => {
    worked.push(await dialAndWaitForTheEnd(desk, { answers: true }))
    await pressAnswer(desk, 'Chi risponde?', 'La persona cercata')
    await pressAnswer(desk, 'La chiamata può essere registrata', 'Sì')
    await pressAnswer(desk, 'Ha due minuti per ascoltare la proposta?', 'Non adesso')
    await desk.keyboard.press('F10')
    await desk.keyboard.type('Marito decide, dopo le 18')
    await desk.keyboard.press('Escape')
    await desk.keyboard.press('3')
    await desk.keyboard.type('d10')
    await expect(outcomeZone(desk)).toContainText('10:00')
    await desk.keyboard.press('Enter')
    await expect(saved(desk, 'Salvato: Da richiamare · Niccolò Esposito')).toBeVisible()
    await desk.keyboard.press('u')
    await expect(callBar(desk)).toContainText('Post-chiamata')
    await expect(callBar(desk)).toContainText('Niccolò Esposito')
    await expect(desk.getByRole('textbox', { name: 'Nota' })).toHaveValue('Marito decide, dopo le 18')
    await desk.getByRole('textbox', { name: 'Quando' }).press('Control+a')
    await desk.keyboard.type('+2')
    await desk.keyboard.press('Enter')
    await expect(saved(desk, 'Salvato: Da richiamare · Niccolò Esposito')).toBeVisible()
    await expect(desk.getByText('Tutto inviato')).toBeVisible()
  })

  await test.step('works the rest by one key each, as the simulated customers have it', async () => {
    const keys: Record<string, string> = { '01': '6', '02': '5', '03': '7', '05': '4', '06': '8' }
    for (let calls = 0; calls < 7; calls++) {
      await recordOnDesk(desk)
      const number = await dialAndWaitForTheEnd(desk, {})
      worked.push(number)
      await desk.keyboard.press(keys[number.slice(-2)] ?? '4')
      await expect(callBar(desk)).not.toContainText('Post-chiamata')
    }
    await recordOnDesk(desk)
    worked.push(await dialAndWaitForTheEnd(desk, { answers: true }))
    await fillWholeScript(desk)
    await desk.keyboard.press('1')
    await expect(saved(desk, 'Salvato: Interessato')).toBeVisible()
    expect(new Set(worked).size).toBe(9)
  })

  await test.step('5. the supervisor has seen it move', async () => {
    const card = page.getByRole('region', { name: 'Fibra Primavera' })
    await expect(card).toContainText('Interessato')
    await expect(card).toContainText('Da richiamare')
    await expect(page.getByRole('region', { name: 'Operatori' })).toContainText('Anna Verdi')
  })

  await test.step('a callback comes back to its operator when due, and to nobody else; what is closed never comes again', async () => {
    const other = (await cuffia.desk({ speed: 30 })).page
    complaints.also(other)
    await signInFirst(other, luca, own)
    await expect(other.getByText('Tutto a posto: puoi cominciare.')).toBeVisible()
    await other.keyboard.press('F2')
    await expect(callBar(desk)).toContainText('Niccolò Esposito', { timeout: 150_000 })
    await expect(desk.getByRole('region', { name: 'Contatto' })).toContainText('Richiamo delle')
    await expect(desk.getByRole('region', { name: 'Contatto' })).toContainText('Marito decide')
    await expect(callBar(other)).toContainText('Per ora nessuna chiamata')
    await dialAndWaitForTheEnd(desk, { answers: true })
    await desk.keyboard.press('4')
    await expect(saved(desk, 'Salvato: Non interessato · Niccolò Esposito')).toBeVisible()
    await expect(callBar(desk)).toContainText('Per ora nessuna chiamata')
    await expect(page.getByRole('region', { name: 'Operatori' })).toContainText('Luca Ferri')
  })

  expect(await pointer.count()).toBe(0)
  expect(complaints.list()).toEqual([])
  await signOut(page)
  await signIn(page, { username: 'admin', password: own })
  await page.getByRole('button', { name: 'Registro' }).click()
  await expect(page.getByRole('main')).toContainText('campagna lanciata')
})

async function openAllDay(page: Page): Promise<void> {
  const monday = page.getByRole('group', { name: 'Lunedì' })
  while ((await monday.getByRole('button', { name: /Togli la fascia/ }).count()) > 1)
    await monday
      .getByRole('button', { name: /Togli la fascia/ })
      .last()
      .click()
  await monday.getByRole('textbox').nth(0).fill('0:00')
  await monday.getByRole('textbox').nth(1).fill('24:00')
  await page.getByRole('button', { name: 'Lunedì su tutti i giorni' }).click()
}

/** The catalogue's first nine, in its order. */
async function putOutcomesOnKeys(page: Page): Promise<void> {
  const wanted = [
    'Interessato',
    'Appuntamento',
    'Da richiamare',
    'Non interessato',
    'Non risponde',
    'Occupato',
    'Segreteria',
    'Numero errato',
    'Già cliente',
  ]
  for (const name of wanted) await page.getByRole('button', { name: `Aggiungi ${name}`, exact: true }).click()
}

/** Dials; hangs up what was answered; gives the number that was called, digits only. */
async function dialAndWaitForTheEnd(page: Page, { answers = false }): Promise<string> {
  const bar = callBar(page)
  const number = (await bar.innerText()).replace(/^[\s\S]*?(\d[\d ]{7,}\d)[\s\S]*$/, '$1').replaceAll(' ', '')
  await page.keyboard.press('F2')
  await expect(bar).toContainText(answers ? /In linea/ : /In linea|Post-chiamata/)
  if ((await bar.innerText()).includes('In linea')) await page.keyboard.press('F4')
  await expect(bar).toContainText('Post-chiamata')
  return number
}

async function fillWholeScript(page: Page): Promise<void> {
  await pressAnswer(page, 'Chi risponde?', 'La persona cercata')
  await pressAnswer(page, 'La chiamata può essere registrata', 'Sì')
  await pressAnswer(page, 'Ha due minuti per ascoltare la proposta?', 'Sì')
  await page.keyboard.press('Enter')
  await pressAnswer(page, 'Che connessione avete in casa?', 'Nessuna')
  await page.keyboard.press('Enter')
  await pressAnswer(page, 'Per che cosa la usate di più?', 'Film e partite')
  await page.keyboard.press('Enter')
  await pressAnswer(page, 'Che cosa decide?', 'Vuole attivarla')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  const mail = scriptZone(page).getByRole('textbox', { name: /A quale indirizzo e-mail/ })
  await mail.focus()
  await page.keyboard.type('a.fontana@example.com')
  await page.keyboard.press('Escape')
}
