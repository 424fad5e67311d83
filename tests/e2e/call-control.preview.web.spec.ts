import { expect, test, type Page } from '@playwright/test'
import type { Asked } from '../../shared/contract/call.ts'
import type { PhoneView } from '../../shared/crm-api/phone.ts'
import type { HeadsetKey, HeadsetReport } from '../../shared/contract/media.ts'
import { expectAccessible, looks, overflowOf, press, previewPage } from './support/preview.ts'

// colours are judged, not their transitions
test.use({ contextOptions: { reducedMotion: 'reduce' } })
const open = previewPage()

const bar = (page: Page) => page.getByRole('region', { name: 'Chiamata', exact: true })
const parties = (page: Page) => page.getByRole('group', { name: 'Chi è in linea' })
const panel = (page: Page) => page.getByRole('dialog', { name: 'Passa la chiamata' })

type Host = {
  preview: {
    desk: {
      ringOut(): void
      setPhone(phone: PhoneView): void
      ask(by: Asked | null): void
      status: { current(): { view: object }; set(status: object): void }
    }
    media: { press(key: HeadsetKey, report: Omit<HeadsetReport, 'key'>): void }
  }
}
const nobodyAnswers = (page: Page) => page.evaluate(() => (window as unknown as Host).preview.desk.ringOut())
const theyLetItBe = (page: Page) => page.evaluate(() => (window as unknown as Host).preview.desk.ask(null))
const headset = (page: Page, key: HeadsetKey) =>
  page.evaluate(
    (pressed) =>
      (window as unknown as Host).preview.media.press(pressed, {
        at: Date.now(),
        reportId: 2,
        data: '01',
        usages: [],
      }),
    key,
  )

test('a call is handed to a colleague at once, found by typing, and the outcome follows', async ({
  page,
}) => {
  await open(page, 'recorded')
  await press(page, 'F8')
  const list = panel(page).getByRole('listbox')
  await expect(list.getByRole('option')).toHaveText([
    'Giulia TestaDisponibile',
    'Nicolò SerraDisponibile',
    'Fibra Primaveragruppo: liberi 0 di 5',
    'Assistenzagruppo: liberi 1 di 3',
    'Luca BruniIn linea',
    'Paola GattiPost-chiamata',
    'Davide RivaPausa',
  ])
  await expect(list.getByRole('option', { name: 'Luca Bruni' })).toHaveAttribute('aria-disabled', 'true')
  await expect(panel(page)).toContainText('Il cliente va direttamente lì e tu sei fuori dalla chiamata.')
  await page.keyboard.type('nicolo')
  await expect(list.getByRole('option')).toHaveCount(1)
  await press(page, 'Shift+Enter')
  await expect(panel(page)).toBeHidden()
  await expect(bar(page)).toContainText('Passata')
  await press(page, '1')
})

test('who is not ready cannot be chosen, and Escape leaves the call and the typing as they were', async ({
  page,
}) => {
  await open(page, 'recorded')
  await expect(bar(page)).toContainText('In registrazione')
  await press(page, 'F10')
  await page.keyboard.type('chiede di ')
  await press(page, 'F8')
  await page.keyboard.type('luca')
  await expect(panel(page).getByRole('button', { name: 'Chiedi prima' })).toBeDisabled()
  await press(page, 'Enter', 'Escape')
  await expect(panel(page)).toBeHidden()
  await page.keyboard.type('Luca')
  await expect(page.getByRole('textbox', { name: 'Nota' })).toHaveValue('chiede di Luca')
  await expect(bar(page)).toContainText('In linea')
})

test('a colleague is asked first, swapped with, joined and left with the customer', async ({ page }) => {
  await open(page, 'recorded')
  await press(page, 'F8', 'Enter')
  await expect(parties(page)).toContainText('Giulia Testasquilla')
  await expect(parties(page)).toContainText('Maria Espositosente la musica')
  await expect(parties(page)).toContainText('Giulia Testaparla con te')
  await expect(bar(page)).not.toContainText('Attesa')
  await press(page, 'F7')
  await expect(parties(page)).toContainText('Maria Espositoparla con te')
  await expect(parties(page)).toContainText('Giulia Testasente la musica')
  await press(page, 'Shift+F8')
  await expect(parties(page)).toContainText('Vi sentite tutti e tre.')
  await press(page, 'F8')
  await expect(bar(page)).toContainText('Passata')
})

test('an outside number is asked in any form it is written, and given up before it answers', async ({
  page,
}) => {
  await open(page, 'recorded')
  await press(page, 'F8')
  await page.keyboard.type('081/55.99.00')
  await expect(panel(page).getByRole('option').first()).toContainText('numero esterno')
  await press(page, 'Enter')
  await expect(parties(page)).toContainText('squilla')
  await press(page, 'Shift+F7')
  await expect(parties(page)).toBeHidden()
  await expect(bar(page)).toContainText('Attesa')
})

test('in a group where nobody is free nobody can be asked, and the customer can be left to wait', async ({
  page,
}) => {
  await open(page, 'recorded')
  await press(page, 'F8')
  await page.keyboard.type('fibra')
  await expect(panel(page)).toContainText('Nel gruppo adesso nessuno è libero.')
  await expect(panel(page)).toContainText('Il cliente aspetta lì con la musica')
  await press(page, 'Enter')
  await expect(panel(page)).toBeVisible()
  await press(page, 'Shift+Enter')
  await expect(bar(page)).toContainText('Passata')
})

test('a transfer that is refused says so, and the call is still there', async ({ page }) => {
  await open(page, 'recorded')
  await press(page, 'F8')
  await page.keyboard.type('assistenza')
  await press(page, 'Enter')
  await expect(panel(page).getByRole('alert')).toContainText('La chiamata è ancora con te.')
})

test('who calls is seen with number, line and wait, announced without moving the focus, and answered', async ({
  page,
}) => {
  await open(page, 'inbound-known')
  await expect(bar(page)).toContainText('Maria Esposito')
  await expect(bar(page)).toContainText(/331 234 5678 · linea 800 800 800 · attesa 0:\d\d/)
  await expect(page.getByRole('alert').filter({ hasText: 'Chiama Maria Esposito' })).toContainText(
    'F2 risponde',
  )
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY')
  await press(page, 'F2')
  await expect(bar(page)).toContainText('In linea')
  await expect(bar(page)).toContainText('In registrazione')
  await press(page, 'F4')
  await expect(bar(page)).toContainText('Hai chiuso tu')
})

test('a call that is let on to a colleague leaves the operator ready', async ({ page }) => {
  await open(page, 'inbound-unknown')
  await expect(bar(page)).toContainText('Numero sconosciuto')
  await expect(page.getByRole('region', { name: 'Contatto' })).toContainText(
    'Nessun contatto ha questo numero',
  )
  await press(page, 'F4')
  await expect(page.getByRole('banner')).toContainText('Pronta')
})

test('a call that rings out leaves a visible "missed", and one key takes back to ready', async ({ page }) => {
  await open(page, 'inbound-withheld')
  await expect(bar(page)).toContainText('Numero nascosto')
  await nobodyAnswers(page)
  await expect(page.getByRole('banner')).toContainText('Chiamata persa')
  await expect(bar(page)).toContainText('Una chiamata è passata oltre')
  await press(page, 'F2')
  await expect(page.getByRole('banner')).toContainText('Pronta')
})

test('a colleague who asks is seen with their customer, answered and left by key, or let be', async ({
  page,
}) => {
  await open(page, 'asked')
  const asks = page.getByRole('region', { name: 'Un collega ti chiede' })
  await expect(asks).toContainText('Luca Bruni')
  await expect(asks).toContainText('339 876 5432')
  await press(page, 'F2')
  await expect(asks).toContainText('parla con te')
  await press(page, 'F4')
  await expect(asks).toBeHidden()
  await open(page, 'asked')
  await theyLetItBe(page)
  await expect(asks).toBeHidden()
  await expect(bar(page)).toContainText('Pronta')
})

test('recording is said in words, and paused, resumed and begun by key even while something is typed', async ({
  page,
}) => {
  await open(page, 'recorded')
  await expect(bar(page)).toContainText('In registrazione')
  await press(page, 'F10', 'Shift+F9')
  await expect(bar(page)).toContainText('Registrazione in pausa')
  await press(page, 'Shift+F9')
  await expect(bar(page)).toContainText('In registrazione')
  await press(page, 'Control+Shift+F9')
  await expect(bar(page)).toContainText('In registrazione')
  await press(page, 'Shift+F9', 'F7')
  await expect(bar(page)).toContainText('In pausa: attesa')
  await expect(bar(page)).toContainText('riparte da sé')
  await open(page, 'on-demand')
  await expect(bar(page)).toContainText('Non registrata')
  await press(page, 'Shift+F9')
  await expect(bar(page)).toContainText('In registrazione')
  await press(page, 'Control+Shift+F9')
  await expect(bar(page)).toContainText('Non registrata')
})

test('the number that goes out is seen before, with all prefixes', async ({ page }) => {
  await open(page, 'prefixed')
  await expect(bar(page)).toContainText('Esce come 0*9393312345678')
  await press(page, 'ArrowDown')
  await expect(bar(page)).toContainText('Esce come 0*9390815523344')
})

test('the keys of a headset answer, swap and let on', async ({ page }) => {
  await open(page, 'inbound-known')
  await headset(page, 'hook-off')
  await expect(bar(page)).toContainText('In linea')
  await headset(page, 'flash')
  await expect(bar(page)).toContainText('In attesa')
  await open(page, 'consult')
  await expect(parties(page)).toContainText('Giulia Testaparla con te')
  await headset(page, 'flash')
  await expect(parties(page)).toContainText('Maria Espositoparla con te')
  await open(page, 'inbound-known')
  await headset(page, 'drop')
  await expect(page.getByRole('banner')).toContainText('Pronta')
})

test('who calls can turn out to be somebody else who has the number', async ({ page }) => {
  await open(page, 'inbound-several')
  await expect(bar(page)).toContainText('anche di altri 2')
  await press(page, 'F2')
  await expect(bar(page)).toContainText('In linea')
  await expect(page.getByRole('button', { name: 'Lucia Marotta · Portici' })).toBeVisible()
  await press(page, 'Shift+F2', 'Tab', 'Enter')
  await expect(bar(page)).toContainText('Lucia Marotta')
  await expect(page.getByRole('button', { name: 'Maria Esposito · Napoli' })).toBeVisible()
  await expect(bar(page)).toContainText('In linea')
})

test('who cannot be ready yet reads what stands in the way, and once it is gone the check says so by itself', async ({
  page,
}) => {
  await open(page, 'phone-away')
  await expect(page.getByRole('button', { name: 'Comincia' })).toBeVisible()
  await press(page, 'F2')
  await expect(bar(page)).toContainText('Non si può ancora cominciare: Telefono')
  await expect(bar(page)).toContainText('qui sotto trovi perché e che cosa fare')
  await page.evaluate(() =>
    (window as unknown as Host).preview.desk.setPhone({
      needed: true,
      kind: 'web',
      state: 'registered',
      problem: null,
    }),
  )
  await expect(page.getByText('Tutto a posto: puoi cominciare.')).toBeVisible()
  await expect(bar(page)).toContainText('Quando vuoi, comincia')
})

test('while the server dials by itself the bar says whom', async ({ page }) => {
  await open(page, 'nothing-left')
  await page.evaluate(() => {
    const { status } = (window as unknown as Host).preview.desk
    const now = status.current()
    const dialing = { attempt: 'a', campaign: 'Rinnovi', contact: 'Rosa Amato', since: Date.now() }
    status.set({ ...now, view: { ...now.view, dialing } })
  })
  await expect(bar(page)).toContainText('Il server chiama Rosa Amato')
  await expect(bar(page)).toContainText('Rinnovi')
})

test('palette and key map have what a call can do', async ({ page }) => {
  await open(page, 'recorded')
  await press(page, '?')
  const map = page.getByRole('dialog', { name: 'Tasti rapidi' })
  for (const name of ['Passa', 'Registrazione: Metti in pausa', 'Muto', 'Attesa'])
    await expect(map).toContainText(name)
  await press(page, 'Escape', 'Control+k')
  await page.keyboard.type('passa')
  await press(page, 'Enter')
  await expect(panel(page)).toBeVisible()
})

const states: readonly (readonly [scene: string, ...keys: string[]])[] = [
  ['recorded', 'F8'],
  ['consult'],
  ['inbound-several'],
  ['inbound-unknown'],
  ['missed'],
  ['asked'],
  ['start', 'n'],
]
/** Nothing in them that the others have not: only their size is looked at. */
const alike: typeof states = [
  ['on-demand'],
  ['recorded', 'Shift+F9'],
  ['inbound-known'],
  ['inbound-withheld'],
  ['asked', 'F2'],
  ['prefixed'],
]
for (const [theme, lang] of looks) {
  test(`every state of call control fits 1366x768 and passes axe, ${theme} in ${lang}`, async ({ page }) => {
    for (const state of [...states, ...alike]) {
      const [scene, ...keys] = state
      await open(page, scene, { theme, lang })
      await expect(page.locator('[aria-keyshortcuts="F2"], [aria-keyshortcuts="F4"]').first()).toBeVisible()
      await press(page, ...keys)
      expect(await overflowOf(page), scene).toBe(0)
      if (states.includes(state)) await expectAccessible(page, state.join(' '))
    }
  })
}

test('at 200 % the transfer panel and the second party are whole, and nothing scrolls sideways', async ({
  page,
}) => {
  await open(page, 'recorded', { text: '200' })
  await press(page, 'F8')
  await expect(panel(page).getByRole('button', { name: 'Passa subito' })).toBeInViewport({ ratio: 1 })
  await press(page, 'Enter')
  await expect(parties(page)).toContainText('parla con te')
  const main = page.locator('main')
  expect(await main.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0)
})
