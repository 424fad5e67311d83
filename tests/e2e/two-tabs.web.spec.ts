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

test('a second tab shows the same call, can end it, and neither tab loses what the other saved', async ({
  cuffia,
}) => {
  const floor = await openFloor(cuffia)
  const { page, openTab } = await cuffia.desk()
  await signIn(page, floor.operators[0]!)
  await becomeReady(page)
  await callUntilAnswered(page)
  const contact = await callBar(page).locator('p').first().innerText()
  await pressAnswer(page, 'Chi risponde?', 'La persona cercata')
  await page.keyboard.press('F10')
  await page.keyboard.type('Dal primo foglio')
  await page.keyboard.press('Escape')

  const tab = await openTab()
  await expect(callBar(tab)).toContainText('In linea')
  await expect(callBar(tab)).toContainText(contact)
  await expect(scriptZone(tab).getByRole('radio', { name: 'La persona cercata' })).toBeChecked()
  await expect(outcomeZone(tab).getByRole('textbox', { name: 'Nota' })).toHaveValue('Dal primo foglio')
  await tab.keyboard.press('F4')
  await expect(callBar(page)).toContainText('Post-chiamata')
  await tab.keyboard.press('4')
  await expect(callBar(tab)).not.toContainText(contact)
  await expect(callBar(page)).not.toContainText(contact)
  await expect(page.getByRole('main').getByText('Salvato: Non interessato')).toBeVisible()
})
