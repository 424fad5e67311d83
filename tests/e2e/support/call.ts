import { expect, type Locator, type Page } from '@playwright/test'

export const callBar = (page: Page): Locator => page.getByRole('region', { name: 'Chiamata', exact: true })
export const scriptZone = (page: Page): Locator => page.getByRole('region', { name: 'Script', exact: true })
export const outcomeZone = (page: Page): Locator => page.getByRole('region', { name: 'Esito', exact: true })

/** From the readiness check to the first record on the desk, by keyboard. */
export async function becomeReady(page: Page): Promise<void> {
  await expect(page.getByText('Tutto a posto: puoi cominciare.')).toBeVisible()
  await page.keyboard.press('F2')
  await recordOnDesk(page)
}

/** A record that can be called; the state alone says "Da chiamare" a moment before the record is there. */
export const recordOnDesk = (page: Page): Promise<void> =>
  expect(callBar(page).getByRole('button', { name: /^Chiama/ })).toBeVisible()

/** Calls the contact on the desk; resolves when the customer has answered. */
export async function callUntilAnswered(page: Page): Promise<void> {
  await page.keyboard.press('F2')
  await expect(callBar(page)).toContainText('In linea')
}

export async function hangUp(page: Page): Promise<void> {
  await page.keyboard.press('F4')
  await expect(callBar(page)).toContainText('Hai chiuso tu')
}

/** The letter that stands on an answer of the script's page. */
export async function pressAnswer(page: Page, question: string, answer: string): Promise<void> {
  const group = scriptZone(page)
    .getByRole('group', { name: question })
    .or(scriptZone(page).getByRole('radiogroup', { name: question }))
  const card = group.locator('label').filter({ hasText: answer })
  await page.keyboard.press(await card.locator('kbd').innerText())
  await expect(card.locator('input')).toBeChecked()
}

/** What the page itself says is on disk; the announcer for screen readers says it too. */
export const saved = (page: Page, text: string): Locator => page.getByRole('main').getByText(text)
