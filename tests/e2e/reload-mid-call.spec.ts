import {
  becomeReady,
  callBar,
  callUntilAnswered,
  outcomeZone,
  pressAnswer,
  scriptZone,
} from './support/call.ts'
import { expect, test } from './support/fixture.ts'
import { openFloor } from './support/floor.ts'
import { signIn } from './support/people.ts'

test('a page that is loaded again in the middle of a call has call, script page, answers and note as they were', async ({
  page,
  cuffia,
}) => {
  const floor = await openFloor(cuffia)
  await signIn(page, floor.operators[0]!)
  await becomeReady(page)
  await callUntilAnswered(page)
  const contact = await callBar(page).locator('p').first().innerText()
  await pressAnswer(page, 'Chi risponde?', 'La persona cercata')
  await pressAnswer(page, 'La chiamata può essere registrata', 'Sì')
  await pressAnswer(page, 'Ha due minuti per ascoltare la proposta?', 'Sì')
  await page.keyboard.press('Enter')
  await pressAnswer(page, 'Che connessione avete in casa?', 'ADSL')
  await page.keyboard.press('F10')
  await page.keyboard.type('Ha fretta')
  // what was typed is kept as soon as it rests; the reload below waits for nothing

  const before = Date.now()
  await page.reload({ waitUntil: 'commit' })
  await expect(callBar(page)).toContainText('In linea')
  await expect(callBar(page)).toContainText(contact)
  await expect(scriptZone(page)).toContainText('Che connessione avete in casa?')
  await expect(scriptZone(page).getByRole('radio', { name: 'ADSL' })).toBeChecked()
  await expect(outcomeZone(page).getByRole('textbox', { name: 'Nota' })).toHaveValue('Ha fretta')
  console.log(`after the reload all was there again within ${Date.now() - before} ms`)

  await page.keyboard.press('PageUp')
  await expect(scriptZone(page).getByRole('radio', { name: 'La persona cercata' })).toBeChecked()
  await page.keyboard.press('4')
  await expect(page.getByRole('main').getByText('Salvato: Non interessato')).toBeVisible()
  await expect(callBar(page)).not.toContainText(contact)
})
