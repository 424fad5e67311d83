import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from '@playwright/test'

export interface Mark {
  /** The attempt, or the key. */
  detail: string
  /** Milliseconds since 1970, with fractions. */
  at: number
}

export interface Marks {
  offers: readonly Mark[]
  saved: readonly Mark[]
  /** The outcome's key, each time it went down. */
  keys: readonly Mark[]
}

/** "Non interessato" in the campaign of the benches: closes the record, needs no answers. */
const outcomeKey = '3'
const offerPainted = 'cuffia:offer-painted'
const savedPainted = 'cuffia:saved-painted'
const keyDown = 'bench:key-down'

/** Before the page is opened: notes the outcome's key at the instant the browser stamped on it. All keys of a shift would weigh. */
export async function watchKeys(page: Page): Promise<void> {
  await page.addInitScript(
    ({ name, wanted }) => {
      const note = ({ key, timeStamp }: KeyboardEvent) => {
        if (key === wanted) performance.mark(name, { startTime: timeStamp, detail: key })
      }
      addEventListener('keydown', note, { capture: true })
    },
    { name: keyDown, wanted: outcomeKey },
  )
}

/** The marks of the page; of an attempt that is painted again in another place the first one counts. */
export async function readMarks(page: Page): Promise<Marks> {
  const read = (name: string): Promise<Mark[]> =>
    page.evaluate(
      (wanted) =>
        (performance.getEntriesByName(wanted, 'mark') as PerformanceMark[]).map((mark) => ({
          detail: String(mark.detail),
          at: performance.timeOrigin + mark.startTime,
        })),
      name,
    )
  return {
    offers: firstOfEach(await read(offerPainted)),
    saved: firstOfEach(await read(savedPainted)),
    keys: await read(keyDown),
  }
}

function firstOfEach(marks: readonly Mark[]): Mark[] {
  return [...Map.groupBy(marks, ({ detail }) => detail).values()].flatMap((same) => same.slice(0, 1))
}

/** Waits until so many attempts have such a mark. */
const painted = async (page: Page, name: string, count: number): Promise<void> => {
  await page.waitForFunction(
    ({ name, count }) =>
      new Set(
        (performance.getEntriesByName(name, 'mark') as PerformanceMark[]).map(
          ({ detail }) => detail as unknown,
        ),
      ).size >= count,
    { name, count },
    { timeout: 60_000, polling: 50 },
  )
}

/** One operator's calls by keyboard alone, from ready on: dial, talk, answer, note, hang up, outcome, next. */
export async function workCalls(page: Page, calls: number, told: (done: number) => unknown): Promise<void> {
  const bar = page.getByRole('region', { name: 'Chiamata', exact: true })
  const shows = (text: RegExp) => bar.filter({ hasText: text }).waitFor({ timeout: 60_000 })
  await page.keyboard.press('F2')
  for (let done = 0; done < calls; done++) {
    await painted(page, offerPainted, done + 1)
    // A person reads; the page is at rest when the next key comes.
    await wait(60)
    await page.keyboard.press('F2')
    await shows(/In linea|Post-chiamata/)
    await page.keyboard.press('a')
    await page.keyboard.press('F10')
    await page.keyboard.type(`nota ${done + 1}, richiamare dopo le 18`)
    await page.keyboard.press('Escape')
    await page.keyboard.press('F4')
    await shows(/Post-chiamata/)
    await wait(60)
    await page.keyboard.press(outcomeKey)
    // Looking for the marks is work for the page too: not while it saves and shows the next record.
    await wait(150)
    await painted(page, savedPainted, done + 1)
    await told(done + 1)
  }
}

/** From the outcome's key to its "saved" on the screen, for each save. */
export function savingTimes({ saved, keys }: Marks): number[] {
  return saved.flatMap(({ at }) => {
    const key = keys.findLast((each) => each.detail === outcomeKey && each.at < at)
    return key ? [at - key.at] : []
  })
}

/** A line that counts on a terminal and stays silent in a file. */
export function counter(of: number): (done: number) => void {
  return (done) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${of} calls${done === of ? '\n' : ''}`)
  }
}
