import { becomeReady, callUntilAnswered, pressAnswer } from './support/call.ts'
import { expect, test } from './support/fixture.ts'
import { openFloor } from './support/floor.ts'
import { signIn } from './support/people.ts'

test('the language changes while a call is up: the words do, the call and what was typed do not', async ({
  page,
  cuffia,
}) => {
  const floor = await openFloor(cuffia)
  await signIn(page, floor.operators[0]!)
  await becomeReady(page)
  await callUntilAnswered(page)
  const contact = await page
    .getByRole('region', { name: 'Chiamata', exact: true })
    .locator('p')
    .first()
    .innerText()
  await pressAnswer(page, 'Chi risponde?', 'La persona cercata')
  await page.keyboard.press('F10')
  await page.keyboard.type('Resta uguale')
  await page.keyboard.press('Escape')

  await page.keyboard.press('Control+k')
  await page.keyboard.type('Impostazioni')
  await page.keyboard.press('Enter')
  await page.getByRole('radio', { name: 'English' }).press('Space')
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  const bar = page.getByRole('region', { name: 'Call', exact: true })
  await expect(bar).toContainText('On call')
  await expect(bar).toContainText(contact)
  await expect(bar.getByRole('button', { name: /Hang up/ })).toBeVisible()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('Work')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('radio', { name: 'La persona cercata' })).toBeChecked()
  await expect(page.getByRole('textbox', { name: 'Note' })).toHaveValue('Resta uguale')
  await page.keyboard.press('4')
  await expect(page.getByRole('main').getByText('Saved: Not interested')).toBeVisible()

  await page.reload()
  await expect(bar).toBeVisible()
})
