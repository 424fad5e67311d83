// `npm run screenshots`: starts everything on a fresh folder, walks it and writes docs/images.
import { readFileSync } from 'node:fs'
import { chromium, expect as playwrightExpect } from '@playwright/test'
import { runFolder, startClient, startProcess } from '../tests/support/processes.ts'
import { crmAt } from '../tests/e2e/support/crm.ts'
import { texts } from '../tests/e2e/support/screens.ts'
import { ensurePage } from './lib/builds.mjs'
import { ensureChromium } from './lib/chromium.mjs'
import { runMain } from './lib/node24.mjs'
import { Problem } from './lib/packages.mjs'
import { inRoot } from './lib/paths.mjs'

const size = { width: 1366, height: 768 }
const own = 'una frase tutta mia'
const expect = playwrightExpect.configure({ timeout: 30_000 })

/** Runs `walk` on a server on a fresh folder, with clients of it and a browser context per client. */
async function onStack(browser, language, demo, walk) {
  const folder = runFolder('cuffia-screenshots-')
  const args = ['--port', '0', '--data-dir', folder.path, '--demo', demo]
  const server = await startProcess('server/entry/main.ts', args, folder.log('server'))
  const clients = []
  const stack = {
    server,
    crm: crmAt(server.ready.url),
    async open(name, speed, colorScheme = 'light') {
      const client = await startClient({
        server: server.ready.url,
        dataDir: `${folder.path}/${name}`,
        log: folder.log(name),
        speed,
        seed: 3,
      })
      clients.push(client)
      const locale = language === 'it' ? 'it-IT' : 'en-GB'
      const options = {
        viewport: size,
        locale,
        timezoneId: 'Europe/Rome',
        colorScheme,
        reducedMotion: 'reduce',
      }
      const page = await (await browser.newContext(options)).newPage()
      await page.goto(client.ready.url)
      await page.getByRole('button', { name: language === 'it' ? 'Italiano' : 'English' }).click()
      return page
    },
  }
  try {
    await walk(stack)
  } finally {
    for (const each of [...clients, server]) await each.stop()
    folder.remove()
  }
}

async function shoot(page, name) {
  await page.mouse.move(0, 0)
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: inRoot('docs', 'images', name) })
  console.log(`docs/images/${name}`)
}

async function enter(page, t, { username, password }) {
  await page.getByLabel(t('session.username')).fill(username)
  await page.getByLabel(t('session.password')).fill(password)
  await page.keyboard.press('Enter')
  if (password !== own) {
    await page.getByLabel(t('session.currentPassword')).fill(password)
    await page.getByLabel(t('session.newPassword'), { exact: true }).fill(own)
    await page.getByLabel(t('session.newPasswordAgain')).fill(own)
    await page.keyboard.press('Enter')
  }
  await expect(page.getByRole('navigation')).toBeVisible()
}

/** Sign-in and import, as a new user meets them: on an empty database. */
async function beginnings({ server, crm, open }, language, t) {
  const admin = server.ready.firstAdministrator
  const page = await open('supervisor', 1)
  await page.getByLabel(t('session.username')).fill('sara')
  await shoot(page, `login.${language}.png`)
  const signIn = (body) => crm('sessions.signIn', { body })
  const first = await signIn(admin)
  await crm('sessions.changePassword', { body: { current: admin.password, next: own } }, first.token)
  const body = { username: 'sara', displayName: 'Sara Conti', role: 'supervisor', grammar: 'f' }
  const { password } = await crm('users.create', { body }, first.token)
  await enter(page, t, { username: 'sara', password })
  await page.getByRole('button', { name: t('imports.title') }).click()
  await page.locator('input[type=file]').setInputFiles({
    name: language === 'it' ? 'contatti-napoli.csv' : 'contacts-naples.csv',
    mimeType: 'text/csv',
    buffer: readFileSync(inRoot('tests', 'data', 'csv', 'main-job.csv')),
  })
  await expect(page.getByText('Windows-1252')).toBeVisible()
  // the telephone numbers, and what is wrong with some, stand further right
  await page.getByText('CELL', { exact: true }).scrollIntoViewIfNeeded()
  await page.getByRole('table').evaluate((table) => (table.parentElement.scrollLeft = 700))
  await shoot(page, `import.${language}.png`)
}

/** A record that can be called; the state alone says so a moment before the record is there. */
const recordOnDesk = (page, t) =>
  expect(
    bar(page, t)
      .getByRole('button', { name: t('call.dial') })
      .last(),
  ).toBeVisible()

const bar = (page, t) => page.getByRole('region', { name: t('call.group'), exact: true })

/** One call by keyboard, with the outcome that its end suggests. */
async function work(page, t, round) {
  await recordOnDesk(page, t)
  await page.keyboard.press('F2')
  const state = bar(page, t)
  await expect(state).toContainText(new RegExp(`${t('states.talking')}|${t('states.wrap-up')}`))
  const isAnswered = (await state.innerText()).includes(t('states.talking'))
  if (isAnswered) await page.keyboard.press('F4')
  await expect(state).toContainText(t('states.wrap-up'))
  const isBusy = (await state.innerText()).includes(t('call.ended.busy'))
  const key = isBusy ? '6' : isAnswered ? ['4', '2', '4', '7', '9'][round % 5] : '5'
  await page.keyboard.press(key)
  await expect(page.getByRole('main').getByText(t('outcome.savedAs').split(':')[0]).first()).toBeVisible()
}

async function becomeReady(page, t) {
  await expect(page.getByText(t('operator.checkSummary.ok'))).toBeVisible()
  await page.keyboard.press('F2')
}

/** Two operators at work on the demo, and the supervisor who watches. */
async function afternoon({ server, open }, language, t) {
  const user = (name) => server.ready.demoUsers.find(({ username }) => username === name)
  const [anna, luca, sara] = [await open('anna', 40), await open('luca', 40, 'dark'), await open('sara', 1)]
  await enter(sara, t, user('sara'))
  await enter(anna, t, user('anna'))
  await enter(luca, t, user('luca'))
  await becomeReady(anna, t)
  await becomeReady(luca, t)
  for (let round = 0; round < 14; round++) await Promise.all([work(anna, t, round), work(luca, t, round + 2)])

  await talk(anna, t)
  await anna.keyboard.press('a')
  await anna.keyboard.press('d')
  await anna.keyboard.press('f')
  await anna.keyboard.press('Enter')
  await anna.keyboard.press('c')
  await anna.keyboard.press('F10')
  await anna.keyboard.type(
    language === 'it' ? 'Ha la partita alle 21, far presto' : 'Match at 9 pm, keep it short',
  )
  await anna.keyboard.press('Escape')
  await shoot(anna, `operator.${language}.png`)
  await talk(luca, t)
  await sara.getByRole('button', { name: t('board.title'), exact: true }).click()
  await expect(sara.getByRole('region', { name: 'Fibra Primavera' })).toBeVisible()
  await shoot(sara, `board.${language}.png`)

  await server.kill()
  await expect(bar(luca, t)).toContainText(t('call.awaySince'))
  await luca.keyboard.press('F4')
  await luca.keyboard.press('a')
  await luca.keyboard.press('3')
  await luca.keyboard.type(language === 'it' ? 'd10' : 't10')
  await expect(bar(luca, t)).toContainText(t('states.wrap-up'))
  await shoot(luca, `wrap-up-away.${language}.png`)
}

/** The next call that is answered and stays: others get an outcome. */
async function talk(page, t) {
  for (let round = 0; round < 20; round++) {
    await recordOnDesk(page, t)
    await page.keyboard.press('F2')
    await expect(bar(page, t)).toContainText(new RegExp(`${t('states.talking')}|${t('states.wrap-up')}`))
    await page.waitForTimeout(1500)
    if ((await bar(page, t).innerText()).includes(t('states.talking'))) return
    await page.keyboard.press('5')
    await expect(bar(page, t)).not.toContainText(t('states.wrap-up'))
  }
  throw new Problem('nobody answers')
}

await runMain(async () => {
  await ensurePage()
  const executablePath = await ensureChromium(process.env)
  if (executablePath === undefined) throw new Problem('no Chromium was found or could be installed')
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath, args: sandbox })
  try {
    for (const language of ['it', 'en']) {
      const t = texts(language)
      await onStack(browser, language, 'none', (stack) => beginnings(stack, language, t))
      await onStack(browser, language, 'offer', (stack) => afternoon(stack, language, t))
    }
  } finally {
    await browser.close()
  }
  return 0
})
