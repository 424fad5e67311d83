import type { Page } from '@playwright/test'
import { expect, test } from './support/fixture.ts'
import { openFloor } from './support/floor.ts'
import { signIn } from './support/people.ts'

const choose = (page: Page, name: string, buffer: Buffer) =>
  page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer })

test('a spreadsheet, an empty file, a picture are named for what they are, and nothing is loaded', async ({
  page,
  cuffia,
}) => {
  const floor = await openFloor(cuffia)
  await signIn(page, floor.supervisor)
  await page.getByRole('button', { name: 'Importa nominativi' }).click()
  const main = page.getByRole('main')
  // a workbook is a zip archive whose first part has this name
  await choose(
    page,
    'elenco.xlsx',
    Buffer.from('PK\u0003\u0004\u0014\0\u0006\0................[Content_Types].xml', 'latin1'),
  )
  await expect(main).toContainText('elenco.xlsx')
  await expect(main).toContainText(/non un CSV|archivio compresso/)
  await expect(main).toContainText('Nessun nominativo è stato caricato')
  await choose(page, 'vuoto.csv', Buffer.alloc(0))
  await expect(main).toContainText('vuoto.csv')
  await expect(main).toContainText('Nessun nominativo è stato caricato')
  await choose(page, 'foto.csv', Buffer.from('\u0089PNG\r\n\u001a\n\0\0\0\rIHDR', 'latin1'))
  await expect(main).toContainText('foto.csv è un’immagine')
})

test('a file in UTF-16, as an old spreadsheet writes it, is read and loaded', async ({ page, cuffia }) => {
  const floor = await openFloor(cuffia)
  await signIn(page, floor.supervisor)
  await page.getByRole('button', { name: 'Importa nominativi' }).click()
  const text =
    '\ufeffCognome\tNome\tCellulare\r\nPerché\tNiccolò\t395 55.66.708\r\nÀlfano\tÉva\t0039 395 5566808\r\n'
  await choose(page, 'unicode.txt', Buffer.from(text, 'utf16le'))
  await expect(page.getByText('UTF-16 LE')).toBeVisible()
  await expect(page.getByText('Separatore tabulazione')).toBeVisible()
  await expect(page.getByRole('table')).toContainText('Niccolò')
  await page.getByRole('button', { name: 'Carica 2 righe' }).click()
  await expect(page.getByRole('region', { name: 'Risultato' })).toContainText('2caricati')
})

test('twenty thousand rows are loaded with their progress in sight, and the figures add up', async ({
  page,
  cuffia,
}) => {
  const floor = await openFloor(cuffia)
  await signIn(page, floor.supervisor)
  await page.getByRole('button', { name: 'Importa nominativi' }).click()
  const rows = Array.from({ length: 20_000 }, (_, index) => {
    const number = String(index).padStart(5, '0')
    return `Cognome ${number};Nome;Via Lunga ${index}, 80100 Napoli;${index % 100 === 7 ? 'nessuno' : `39${6 + (index % 3 === 0 ? 3 : 0)} 77 ${number}`}`
  })
  const list = ['COGNOME;NOME;INDIRIZZO;CELL', ...rows].join('\n')
  await choose(page, 'ventimila.csv', Buffer.from(list, 'utf8'))
  await page.getByRole('button', { name: 'Carica 20.000 righe' }).click()
  await expect(page.getByRole('progressbar')).toBeVisible()
  const result = page.getByRole('region', { name: 'Risultato' })
  await expect(result).toContainText('19.800caricati', { timeout: 90_000 })
  await expect(result).toContainText('200scartate, con motivo')
})
