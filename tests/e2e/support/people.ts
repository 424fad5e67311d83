import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'

export interface Credentials {
  username: string
  password: string
}

/** Signs in by keyboard: the field for the user name has the focus. */
export async function signIn(page: Page, { username, password }: Credentials): Promise<void> {
  await expect(page.getByLabel('Nome utente')).toBeFocused()
  await page.keyboard.type(username)
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
}

/** The first sign-in of somebody: the password they were given gives way to their own. */
export async function signInFirst(page: Page, given: Credentials, own: string): Promise<void> {
  await signIn(page, given)
  await expect(page.getByRole('heading', { name: 'Scegli la tua password' })).toBeVisible()
  await expect(page.getByLabel('Password ricevuta')).toBeFocused()
  await page.keyboard.type(given.password)
  await page.keyboard.press('Tab')
  await page.keyboard.type(own)
  await page.keyboard.press('Tab')
  await page.keyboard.type(own)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('navigation')).toBeVisible()
}

/** Leaves through the command search, by keyboard. */
export async function signOut(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.type('Esci')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Nome utente')).toBeVisible()
}

/** The sentence that says what went wrong; the announcer for screen readers is an alert too, but an empty one. */
export const problem = (page: Page): Locator => page.getByRole('alert').filter({ hasText: /\S/ })
