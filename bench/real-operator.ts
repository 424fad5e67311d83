import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from '@playwright/test'

/** What the call bar showed, each time state or name changed, once it was painted. */
export interface Shown {
  state: string
  name: string
  /** Milliseconds since 1970, with fractions. */
  at: number
}
export interface Pressed {
  key: string
  at: number
}

/** Before the page is opened: notes the keys of a call, and what the call bar shows at the instant it is painted. */
export async function watchCallBar(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const note = ({ key, timeStamp }: KeyboardEvent) => {
      if (key === 'F2' || key === 'F4') performance.mark('bench:key', { startTime: timeStamp, detail: key })
    }
    addEventListener('keydown', note, { capture: true })
    let before = ''
    const look = () => {
      const bar = document.querySelector('section[aria-label="Chiamata"]')
      const detail = `${bar?.querySelector('span')?.textContent ?? ''}|${bar?.querySelector('p')?.textContent ?? ''}`
      if (detail === before) return
      before = detail
      // A task posted from an animation frame runs after that frame's rendering (renderer/features/workspace/painted.ts).
      const afterPaint = new MessageChannel()
      afterPaint.port1.addEventListener('message', () => {
        performance.mark('bench:bar', { detail })
        afterPaint.port1.close()
      })
      afterPaint.port1.start()
      requestAnimationFrame(() => afterPaint.port2.postMessage(null))
    }
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true })
  })
}

const marksOf = (page: Page, name: string): Promise<{ detail: string; at: number }[]> =>
  page.evaluate(
    (wanted) =>
      (performance.getEntriesByName(wanted, 'mark') as PerformanceMark[]).map((mark) => ({
        detail: String(mark.detail),
        at: performance.timeOrigin + mark.startTime,
      })),
    name,
  )

export async function shownBy(page: Page): Promise<Shown[]> {
  const marks = await marksOf(page, 'bench:bar')
  return marks.map(({ detail, at }) => {
    const [state = '', name = ''] = detail.split('|')
    return { state, name, at }
  })
}

export async function pressedOn(page: Page): Promise<Pressed[]> {
  const marks = await marksOf(page, 'bench:key')
  return marks.map(({ detail, at }) => ({ key: detail, at }))
}

/** The first painting of each state of a call. Between two calls the bar has no contact, and its state is nobody's. */
export function comings(state: string, shown: readonly Shown[]): Shown[] {
  const ofCalls = shown.filter(({ name }) => name.startsWith('Nome'))
  return ofCalls.filter((one, index) => one.state === state && ofCalls[index - 1]?.state !== state)
}

/** For each time the state came on, how long after the last press of the key. */
export function afterKey(key: string, state: string, keys: readonly Pressed[], shown: readonly Shown[]) {
  return comings(state, shown).flatMap(({ at }) => {
    const press = keys.findLast((each) => each.key === key && each.at < at)
    return press === undefined ? [] : [at - press.at]
  })
}

const bar = (page: Page) => page.getByRole('region', { name: 'Chiamata', exact: true })
const shows = (page: Page, text: string | RegExp) =>
  bar(page).filter({ hasText: text }).waitFor({ timeout: 60_000 })

/** "Non interessato" in the campaigns of tests and benches: closes the record, needs no answers. */
const outcomeKey = '3'

async function endCall(page: Page): Promise<void> {
  // A person says a word; the page is at rest when the next key comes.
  await wait(250)
  await page.keyboard.press('F4')
  await shows(page, 'Post-chiamata')
  await wait(100)
  await page.keyboard.press(outcomeKey)
}

/** Calls one contact after the other, from the first record on the desk. */
export async function callOut(page: Page, calls: number, told: (done: number) => void): Promise<void> {
  for (let done = 0; done < calls; done++) {
    await bar(page)
      .getByRole('button', { name: /^Chiama/ })
      .waitFor()
    await wait(60)
    await page.keyboard.press('F2')
    await shows(page, 'In linea')
    await endCall(page)
    told(done + 1)
  }
}

/** A key that led nowhere is pressed again, as a person would. */
async function answer(page: Page): Promise<void> {
  for (let tries = 0; tries < 5; tries++) {
    await page.keyboard.press('F2')
    const talks = bar(page).filter({ hasText: 'In linea' })
    const isUp = await talks.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => false,
    )
    if (isUp) return
    console.log(`F2 did not answer: ${await bar(page).innerText()}`)
  }
}

/** Takes the calls that `call` makes come in, one after the other. */
export async function takeCalls(
  page: Page,
  calls: number,
  call: (index: number) => void,
  told: (done: number) => void,
): Promise<void> {
  for (let done = 0; done < calls; done++) {
    await shows(page, /Pront|Disponibile/)
    await wait(150)
    call(done)
    await shows(page, 'Squilla')
    await wait(60)
    await answer(page)
    await endCall(page)
    told(done + 1)
  }
}
