import { expect, test } from './support/fixture.ts'
import { problem, signIn, signInFirst, signOut } from './support/people.ts'

test('the first administrator signs in with the printed password and must change it', async ({
  page,
  cuffia,
}) => {
  const { username, password } = cuffia.server.firstAdministrator
  await expect(page.getByText('Accessi e tentativi falliti vengono registrati')).toBeVisible()
  await expect(page.getByText(/Ti colleghi da 127\.0\.0\.1 · versione \d+\.\d+\.\d+/)).toBeVisible()
  await signInFirst(page, { username, password }, 'una frase tutta mia')
  await expect(page.getByRole('heading', { name: 'Utenti' })).toBeVisible()
  await signOut(page)
  await signIn(page, { username, password })
  await expect(problem(page)).toContainText('Nome utente o password sbagliati')
  await expect(page.getByLabel('Password')).toBeFocused()
})

test('ten wrong passwords lock the account; the audit has each of them, and an administrator lets it in again', async ({
  page,
  cuffia,
}) => {
  const own = 'una frase tutta mia'
  await signInFirst(page, cuffia.server.firstAdministrator, own)
  await expect(page.getByRole('button', { name: 'Nuovo utente' })).toBeVisible()
  await page.keyboard.press('n')
  await page.getByLabel('Nome e cognome').fill('Anna Verdi')
  await page.getByLabel('Nome utente').fill('anna')
  await page.getByRole('button', { name: 'Crea utente' }).click()
  const given = await page.getByRole('alertdialog').locator('code').innerText()
  await page.getByRole('button', { name: 'Ho la password' }).click()

  const other = await cuffia.desk()
  await signIn(other.page, { username: 'anna', password: 'sbagliata una volta' })
  await expect(problem(other.page)).toContainText('Nome utente o password sbagliati')
  for (let tries = 1; tries < 10; tries++) {
    await cuffia
      .crm('sessions.signIn', { body: { username: 'anna', password: `sbagliata ${tries}` } })
      .catch(() => undefined)
  }
  await other.page.keyboard.type(given)
  await other.page.keyboard.press('Enter')
  await expect(problem(other.page)).toContainText('bloccato')

  await page.getByRole('button', { name: 'Registro' }).click()
  const refused = page.getByRole('row').filter({ hasText: 'accesso rifiutato' }).filter({ hasText: 'anna' })
  await expect(refused.first()).toContainText('127.0.0.1')
  expect(await refused.count()).toBeGreaterThanOrEqual(10)

  await page.getByRole('button', { name: 'Utenti' }).click()
  await page.getByRole('button', { name: 'Azioni per Anna Verdi' }).click()
  await page.getByRole('menuitem', { name: 'Sblocca' }).click()
  await expect(async () => {
    await other.page.getByLabel('Password').fill(given)
    await other.page.keyboard.press('Enter')
    await expect(other.page.getByRole('heading', { name: 'Scegli la tua password' })).toBeVisible({
      timeout: 2000,
    })
  }).toPass()
})

test('the session token never reaches the page', async ({ page, cuffia }) => {
  const seen: string[] = []
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => seen.push(String(payload)))
  })
  const texts: Promise<unknown>[] = []
  page.on('response', (response) => {
    if (response.url().includes('/assets/')) return
    const headers = response.allHeaders().then((all) => seen.push(JSON.stringify(all)))
    const body = response.text().then((text) => seen.push(text))
    texts.push(headers, body)
  })
  await page.reload()
  await signInFirst(page, cuffia.server.firstAdministrator, 'una frase tutta mia')
  await expect(page.getByRole('heading', { name: 'Utenti' })).toBeVisible()
  await Promise.allSettled(texts)
  const readable = await page.evaluate(() => [
    document.cookie,
    JSON.stringify(localStorage),
    JSON.stringify(sessionStorage),
    document.documentElement.outerHTML,
    ...Object.entries(window).map(([name, value]) => `${name}: ${String(value)}`),
  ])
  const all = [...seen, ...readable]
  // in the desktop shell frames pass through a port, which nobody can listen to
  if (page.url().startsWith('http')) expect(seen.length).toBeGreaterThan(0)
  // what the server hands out: 32 random bytes in base64url, under the name `token`
  expect(all.filter((text) => /(?<![\w-])[\w-]{43}(?![\w-])/.test(text))).toEqual([])
  expect(seen.filter((text) => text.includes('"token"'))).toEqual([])
})
