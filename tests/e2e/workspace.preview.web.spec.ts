import { expect, test, type Page } from '@playwright/test'
import { complaintsOf, expectAccessible, looks, overflowOf, press, previewPage } from './support/preview.ts'

// colours are judged, not their transitions
test.use({ contextOptions: { reducedMotion: 'reduce' } })

const open = previewPage()

const callBar = (page: Page) => page.getByRole('region', { name: 'Chiamata', exact: true })
const outcomes = (page: Page) => page.getByRole('region', { name: 'Esito' })
const script = (page: Page) => page.getByRole('region', { name: 'Script' })
const news = (page: Page) => page.getByRole('log')

test('an operator signs in, calls, fills the script, gives outcomes and takes one back, by keyboard alone', async ({
  page,
}) => {
  const complaints = complaintsOf(page)
  await open(page, 'signed-out')
  await page.keyboard.type('anna')
  await press(page, 'Tab')
  await page.keyboard.type('cuffia')
  await press(page, 'Enter')

  // readiness, then ready
  await expect(page.getByRole('region', { name: 'Controllo prima di cominciare' })).toContainText(
    'Tutto a posto',
  )
  await press(page, 'Enter')
  await expect(callBar(page)).toContainText('Maria Esposito')
  await expect(news(page)).toContainText('Nuovo nominativo: Maria Esposito')

  // the other number and back, then the call
  await press(page, 'ArrowDown')
  await expect(page.getByRole('button', { name: 'Chiama 081 552 3344' })).toBeVisible()
  await press(page, 'Shift+F2', 'F2')
  await expect(callBar(page)).toContainText('Squilla')
  await expect(callBar(page)).toContainText('331 234 5678')
  await expect(callBar(page)).toContainText('In linea')
  await expect(callBar(page)).toContainText('Pronto?')
  await expect(news(page)).toContainText('In linea con Maria Esposito')

  // mute and hold are switches
  await press(page, 'F6')
  await expect(page.getByRole('button', { name: 'Riattiva' })).toHaveAttribute('aria-pressed', 'true')
  await press(page, 'F6', 'F7')
  await expect(callBar(page)).toContainText('In attesa')
  await press(page, 'F7')

  // the script: choices by letter, pages by Enter and PgUp, an objection
  await press(page, 'a', 'Enter', 'b')
  await expect(page.getByRole('radio', { name: 'Fibra misto rame' })).toBeChecked()
  await press(page, 'g')
  await expect(script(page)).toContainText('Ce lo ha dato lei')
  await press(page, 'Enter', 'a', 'c')
  await expect(page.getByRole('checkbox', { name: 'Lavoro da casa' })).toBeChecked()
  await expect(page.getByRole('checkbox', { name: 'Giochi' })).toBeChecked()
  await press(page, 'PageUp')
  await expect(script(page)).toContainText('2 di 5')

  // the note keeps its digits; the outcome is given from inside it
  await press(page, 'F10')
  await page.keyboard.type('dopo le 18')
  await expect(page.getByRole('textbox', { name: 'Nota' })).toHaveValue('dopo le 18')

  // an outcome that wants complete answers shows what is missing, and goes there
  await press(page, 'Control+Enter', '1')
  await expect(outcomes(page)).toContainText('Per questo esito manca ancora')
  await expect(script(page)).toContainText('4 di 5')
  await expect(callBar(page)).toContainText('In linea')

  // a callback in five keys: the outcome hangs up, saves, and the next record comes
  await press(page, 'Escape', '3')
  await page.keyboard.type('d10')
  await expect(outcomes(page)).toContainText(/ore 10|, 10:00/)
  await press(page, 'Enter')
  await expect(page.getByText('Salvato: Richiamare · Maria Esposito').first()).toBeVisible()
  await expect(callBar(page)).toContainText('Giuseppe Ferrara')

  // undo brings it back as it was, and another outcome saves it again
  await press(page, 'u')
  await expect(callBar(page)).toContainText('Maria Esposito')
  await expect(callBar(page)).toContainText('Hai chiuso tu')
  await expect(page.getByRole('textbox', { name: 'Nota' })).toHaveValue('dopo le 18')
  await press(page, 'Escape', '4')
  await expect(page.getByText('Salvato: Non interessata · Maria Esposito').first()).toBeVisible()
  await expect(callBar(page)).toContainText('Giuseppe Ferrara')

  // a busy line ends in the wrap-up by itself
  await press(page, 'F2')
  await expect(callBar(page)).toContainText('Occupato')
  await press(page, '6')
  await expect(callBar(page)).toContainText('Ferramenta Bianchi')
  expect(complaints).toEqual([])
})

test('an outcome that can no longer be taken back stays saved, and the page says why', async ({ page }) => {
  await open(page, 'undo-too-late')
  await press(page, 'Escape', '4')
  await expect(page.getByText('Salvato: Non interessata').first()).toBeVisible()
  await press(page, 'u')
  await expect(page.getByText('Troppo tardi per annullare')).toBeVisible()
  await expectAccessible(page, 'undo too late')
})

test('a break asked for during a call is a wish that the outcome grants', async ({ page }) => {
  await open(page, 'talking')
  await press(page, 'p')
  await expect(page.getByRole('menu')).toBeVisible()
  await press(page, 'Enter')
  await expect(page.getByRole('banner')).toContainText('poi pausa: caffè')
  await press(page, '4')
  await expect(page.getByRole('banner')).toContainText('Pausa: caffè')
})

test('a record is skipped with a reason, and a call that may not be made says why and from when', async ({
  page,
}) => {
  await open(page, 'refused')
  await press(page, 'F2')
  await expect(callBar(page)).toContainText('A quest’ora la legge non permette di chiamare.')
  await press(page, 's')
  await expect(page.getByRole('menuitem', { name: 'Non adesso' })).toBeFocused()
  await press(page, 'Enter')
  await expect(callBar(page)).toContainText('Giuseppe Ferrara')
})

test('digits typed on the keypad go to the line and give no outcome', async ({ page }) => {
  await open(page, 'talking')
  await press(page, 'F9', '1', '2', '#')
  await expect(page.getByLabel('Cifre mandate alla linea')).toHaveValue('12#')
  await press(page, 'Escape')
  await expect(page.getByRole('dialog', { name: 'Tasti' })).toBeHidden()
  await expect(callBar(page)).toContainText('In linea')
})

test('what is typed is kept a quarter of a second later, and comes back with the script page', async ({
  page,
}) => {
  await open(page, 'talking')
  await expect(outcomes(page)).toBeVisible()
  await press(page, 'Enter', 'F10')
  await page.keyboard.type('marito decide')
  const kept = () =>
    page.evaluate(() => {
      const { desk } = (window as unknown as { preview: { desk: { desk: { current(): unknown } } } }).preview
      return desk.desk.current()
    })
  await expect.poll(kept).toMatchObject({ work: { draft: { note: 'marito decide', page: 'needs' } } })
})

test('with single keys off, digits do nothing, and outcomes are given by Ctrl+Enter and the digit', async ({
  page,
}) => {
  await open(page, 'wrap-up', { 'single-keys': 'off' })
  await expect(outcomes(page)).toBeVisible()
  await press(page, '4')
  await expect(callBar(page)).toContainText('Maria Esposito')
  await press(page, 'Control+Enter', '4')
  await expect(page.getByText('Salvato: Non interessata · Maria Esposito').first()).toBeVisible()
})

test('the palette finds every action, and the map shows its key', async ({ page }) => {
  await open(page, 'talking')
  await press(page, 'Control+k')
  await page.keyboard.type('muto')
  await press(page, 'Enter')
  await expect(page.getByRole('button', { name: 'Riattiva' })).toBeVisible()
  await press(page, '?')
  await expect(page.getByRole('dialog', { name: 'Tasti rapidi' })).toContainText('Chiudi')
})

test('the first sign-in asks for an own password, with hints that follow the typing', async ({ page }) => {
  await open(page, 'signed-out')
  await page.keyboard.type('nuova')
  await press(page, 'Tab')
  await page.keyboard.type('cuffia')
  await press(page, 'Enter')
  await expect(page.getByRole('heading', { name: 'Scegli la tua password' })).toBeVisible()
  await expect(page.getByLabel('Password ricevuta')).toBeFocused()
  await page.keyboard.type('cuffia')
  await press(page, 'Tab')
  await page.keyboard.type('mare e monti')
  const hints = page.getByRole('list', { name: 'Come deve essere' })
  await expect(hints).toContainText(/almeno \d+ caratteri\s*fatto/)
  await expect(hints).toContainText(/scritta uguale due volte\s*manca/)
  await press(page, 'Tab')
  await page.keyboard.type('mare e monti')
  await press(page, 'Enter')
  await expect(page.getByRole('banner')).toContainText('Pausa: inizio turno')
})

test('a wrong password is said calmly, and the next try begins in its field', async ({ page }) => {
  await open(page, 'signed-out')
  await page.keyboard.type('anna')
  await press(page, 'Tab')
  await page.keyboard.type('sbagliata')
  await press(page, 'Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'Nome utente o password sbagliati.' })).toBeVisible()
  await expect(page.getByLabel('Password')).toBeFocused()
  await expect(page.getByLabel('Password')).toHaveValue('')
})

test('at 200 % the zones are one column, nothing scrolls sideways, and the call bar stays', async ({
  page,
}) => {
  await open(page, 'talking', { text: '200' })
  const main = page.locator('main')
  expect(await main.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0)
  expect(await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)).toBe(0)
  const tops = await Promise.all(
    [script(page), outcomes(page), page.getByRole('region', { name: 'Contatto' })].map(
      async (zone) => (await zone.boundingBox())?.y ?? 0,
    ),
  )
  expect(tops).toEqual(tops.toSorted((left, right) => left - right))
  await main.evaluate((element) => (element.scrollTop = element.scrollHeight))
  await expect(callBar(page)).toBeInViewport({ ratio: 1 })
})

const phases = [
  'preview',
  'ringing',
  'talking',
  'held',
  'wrap-up',
  'wrap-up-callback',
  'wrap-up-away',
] as const
const others = [
  'signed-out',
  'signed-out-away',
  'change-password',
  'start',
  'start-away',
  'nothing-left',
] as const

for (const [theme, lang] of looks) {
  test(`every state of the page fits 1366x768 and passes axe, ${theme} in ${lang}`, async ({ page }) => {
    const complaints = complaintsOf(page)
    for (const scene of [...phases, ...others]) {
      await open(page, scene, { theme, lang })
      await expect(page.getByRole('button').first()).toBeVisible()
      await expectAccessible(page, scene)
      expect(await overflowOf(page), scene).toBe(0)
    }
    await open(page, 'talking', { theme, lang, hash: '#/settings' })
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expectAccessible(page, 'settings')
    expect(complaints).toEqual([])
  })
}
