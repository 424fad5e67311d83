import type { Page } from '@playwright/test'
import { seriousProblems } from './support/axe.ts'
import { expect, test } from './support/fixture.ts'
import { everyScreen } from './support/screens.ts'

/** A text that nobody has translated shows its key, or its place-holder. */
const rawText =
  /\b(?:audit|board|call|campaigns|common|errors|imports|operator|outcome|script|session|settings|states|users)\.[a-z][\w-]*|\{\{\w+\}\}/

async function axeInBothThemes(page: Page, screen: string): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const problems = await seriousProblems(page)
    found.push(...problems.map((problem) => `${screen}, ${colorScheme}: ${problem}`))
  }
  return found
}

/** How many pixels a page, or what scrolls inside it downwards, is wider than its place; tables may scroll sideways. */
const tooWide = (page: Page) =>
  page.evaluate(() => {
    const scrolls = [document.documentElement, ...document.querySelectorAll('main, [role=dialog]')]
    return Math.max(...scrolls.map((element) => element.scrollWidth - element.clientWidth))
  })

test('axe finds nothing serious on any screen, in both themes, and every text is there in Italian', async ({
  cuffia,
}) => {
  test.setTimeout(300_000)
  const problems: string[] = []
  await everyScreen(cuffia, { language: 'it', textSize: 100 }, async (page, screen) => {
    problems.push(...(await axeInBothThemes(page, screen)))
    const raw = rawText.exec(await page.locator('body').innerText())?.[0]
    if (raw !== undefined) problems.push(`${screen}: the text ${raw}`)
    if ((await tooWide(page)) > 0) problems.push(`${screen}: wider than the window`)
  })
  expect(problems).toEqual([])
})

test('with text at 200 % no screen scrolls in two directions, in English and with axe content', async ({
  cuffia,
}) => {
  test.setTimeout(300_000)
  const problems: string[] = []
  await everyScreen(cuffia, { language: 'en', textSize: 200 }, async (page, screen) => {
    const wide = await tooWide(page)
    if (wide > 0) problems.push(`${screen}: ${wide} pixels wider than the window`)
    const raw = rawText.exec(await page.locator('body').innerText())?.[0]
    if (raw !== undefined) problems.push(`${screen}: the text ${raw}`)
    problems.push(...(await seriousProblems(page)).map((problem) => `${screen}: ${problem}`))
  })
  expect(problems).toEqual([])
})
