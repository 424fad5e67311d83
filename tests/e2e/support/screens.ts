import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { listOf, openFloor } from './floor.ts'
import type { Cuffia } from './fixture.ts'
import type { Credentials } from './people.ts'

export type Language = 'it' | 'en'
export interface Look {
  language: Language
  textSize: 100 | 200
}
export type Visit = (page: Page, screen: string) => Promise<void>

const list = readFileSync(resolve(import.meta.dirname, '../../data/csv/main-job.csv'))

type Texts = { [name: string]: string | Texts }

/** The texts of the interface as the user sees them: `t('common.close')`. */
export function texts(language: Language): (key: string) => string {
  return (key) => {
    const [area = '', ...names] = key.split('.')
    const file = resolve(import.meta.dirname, `../../../resources/translations/${language}/${area}.json`)
    let found: string | Texts | undefined = JSON.parse(readFileSync(file, 'utf8')) as Texts
    for (const name of names) found = typeof found === 'object' ? found[name] : undefined
    if (typeof found !== 'string') throw new Error(`there is no text ${key}`)
    return found
  }
}

/** Goes through every screen of the product on the real stack, in one language and text size. */
export async function everyScreen(cuffia: Cuffia, look: Look, visit: Visit): Promise<void> {
  const floor = await openFloor(cuffia, { list: listOf(6) })
  const walk = { cuffia, look, visit, t: texts(look.language) }
  await administration(walk, floor.administrator)
  await supervision(walk, floor.supervisor, floor.campaign.id)
  await work(walk, floor.operators[0]!)
}

interface Walk {
  cuffia: Cuffia
  look: Look
  visit: Visit
  t: (key: string) => string
}

async function open({ cuffia, look, t }: Walk): Promise<Page> {
  const { page } = await cuffia.desk()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  if (look.language === 'en') await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByLabel(t('session.username'))).toBeVisible()
  return page
}

async function enter({ look, t }: Walk, page: Page, { username, password }: Credentials): Promise<void> {
  await page.getByLabel(t('session.username')).fill(username)
  await page.getByLabel(t('session.password')).fill(password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('navigation')).toBeVisible()
  if (look.textSize === 100) return
  await goTo(page, 'settings')
  await page.getByText(`${look.textSize} %`).click()
}

const goTo = (page: Page, ...route: string[]) =>
  page.evaluate((hash) => (window.location.hash = hash), `#/${route.join('/')}`)

const shows = (page: Page, text: string) =>
  expect(page.getByText(text).filter({ visible: true }).first()).toBeVisible()

async function administration(walk: Walk, who: Credentials): Promise<void> {
  const { visit, t } = walk
  const page = await open(walk)
  await visit(page, 'sign-in')
  await page.getByLabel(t('session.username')).fill('nobody')
  await page.getByLabel(t('session.password')).fill('not the password')
  await page.keyboard.press('Enter')
  await shows(page, t('errors.wrong-credentials.what'))
  await visit(page, 'sign-in refused')
  await enter(walk, page, who)
  await goTo(page, 'users')
  await shows(page, 'Sara Conti')
  await visit(page, 'users')
  await page.getByRole('button', { name: t('users.new') }).click()
  await visit(page, 'new user')
  await page.getByLabel(t('users.displayName')).fill('Nina Nuova')
  await page.getByLabel(t('users.username')).fill('nina')
  await page.getByRole('button', { name: t('users.create') }).click()
  const shown = page.getByRole('alertdialog')
  const password = await shown.locator('code').innerText()
  await visit(page, 'one-time password')
  await shown.getByRole('button', { name: t('users.passwordDone') }).click()
  await goTo(page, 'audit')
  await shows(page, t('audit.actions.campaign-launched'))
  await visit(page, 'audit')
  await goTo(page, 'settings')
  await shows(page, t('settings.remap'))
  await visit(page, 'settings')

  const other = await open(walk)
  await other.getByLabel(t('session.username')).fill('nina')
  await other.getByLabel(t('session.password')).fill(password)
  await other.keyboard.press('Enter')
  await shows(other, t('session.changeTitle'))
  await visit(other, 'change of password')
}

async function supervision(walk: Walk, who: Credentials, campaign: string): Promise<void> {
  const { visit, t } = walk
  const page = await open(walk)
  await enter(walk, page, who)
  await goTo(page, 'board')
  await expect(page.getByRole('region', { name: 'Fibra Primavera' })).toBeVisible()
  await visit(page, 'board')
  await goTo(page, 'board', 'wall')
  await visit(page, 'board on the wall')
  await goTo(page, 'callers')
  await shows(page, t('callers.none'))
  await visit(page, 'callers')
  await goTo(page, 'recordings')
  await shows(page, t('recordings.none'))
  await visit(page, 'recordings')
  await goTo(page, 'campaigns')
  await shows(page, 'Fibra Primavera')
  await visit(page, 'campaigns')
  for (const section of [
    'general',
    'line',
    'hours',
    'outcomes',
    'script',
    'operators',
    'records',
    'launch',
  ]) {
    await goTo(page, 'campaigns', campaign, section)
    await shows(page, t(`campaigns.sections.${section}`))
    await expect(page.getByText(t('campaigns.loading'))).toHaveCount(0)
    await visit(page, `campaign, ${section}`)
  }
  await goTo(page, 'imports')
  await shows(page, 'elenco.csv')
  await visit(page, 'imports')
  await page.locator('input[type=file]').setInputFiles({
    name: 'main-job.csv',
    mimeType: 'text/csv',
    buffer: list,
  })
  await shows(page, 'Windows-1252')
  await visit(page, 'import, ten rows')
  await page.getByRole('button', { name: /14/ }).click()
  await shows(page, t('imports.rejectedTitle'))
  await visit(page, 'import, result')
}

async function work(walk: Walk, who: Credentials): Promise<void> {
  const { visit, t } = walk
  const page = await open(walk)
  await enter(walk, page, who)
  await goTo(page, 'work')
  const bar = page.getByRole('region', { name: t('call.group'), exact: true })
  await shows(page, t('operator.checkSummary.ok'))
  await visit(page, 'readiness')
  await page.keyboard.press('n')
  await expect(page.getByRole('dialog', { name: t('dialPad.title') })).toBeVisible()
  await visit(page, 'dial pad')
  await page.keyboard.press('Escape')
  await page.keyboard.press('F2')
  await expect(bar.getByRole('button', { name: t('call.dial') })).toBeVisible()
  await visit(page, 'record before the call')
  await page.keyboard.press('F2')
  await expect(bar).toContainText(t('states.talking'))
  await visit(page, 'call')
  await page.keyboard.press('F9')
  await expect(page.getByRole('dialog', { name: t('call.keypad') })).toBeVisible()
  await visit(page, 'keypad')
  await page.keyboard.press('Escape')
  await page.keyboard.press('F7')
  await expect(bar).toContainText(t('states.held'))
  await visit(page, 'call on hold')
  await page.keyboard.press('F4')
  await expect(bar).toContainText(t('states.wrap-up'))
  await visit(page, 'wrap-up')
  await page.keyboard.press('1')
  await shows(page, t('outcome.missing'))
  await visit(page, 'wrap-up, answers missing')
  await page.keyboard.press('3')
  await page.keyboard.type('d10')
  await visit(page, 'wrap-up, callback')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await visit(page, 'palette')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.getByRole('button', { name: t('common.shortcuts') }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await visit(page, 'map of the keys')
  await page.keyboard.press('Escape')
  await page.getByRole('textbox', { name: t('outcome.when') }).focus()
  await page.keyboard.press('Enter')
  await expect(bar).toContainText(t('call.preview'))
  await visit(page, 'saved, next record')
}
