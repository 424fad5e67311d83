import { expect, test } from '@playwright/test'
import type { Signed } from '../../support/call-centre.ts'
import { becomeReady, callBar, callUntilAnswered } from './call.ts'
import { signIn } from './people.ts'
import { openRealCentre, voices, whyNoRealCalls, type RealCentre } from './real-centre.ts'
import type { RealDesk } from './real-desk.ts'

/** Well above the noise of coding, well below what was seen (0.3 to 0.5). */
const heard = 0.05
const silent = 0.005

const chromiumPath = (): string => process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'

/** In `beforeAll`: one centre for all tests of a file. Skipped, with the reason, where no Asterisk can be had. */
export async function openForAll(): Promise<RealCentre> {
  // making an Asterisk takes a minute where there is none yet
  test.setTimeout(300_000)
  const why = whyNoRealCalls(process.env)
  test.skip(why !== null, why ?? '')
  return openRealCentre({ chromium: chromiumPath() })
}

/** In `afterEach`: what the programs said, beside a test that failed. */
export async function keepLogs(centre: RealCentre | undefined): Promise<void> {
  const testInfo = test.info()
  if (testInfo.status === testInfo.expectedStatus) return
  await testInfo.attach('logs', { body: centre?.logs() ?? '', contentType: 'text/plain' })
}

/** Somebody signs in at a computer of their own and gets ready: phone registered, microphone live, leg up. */
export async function sitDown(centre: RealCentre, who: Signed): Promise<RealDesk> {
  const desk = await centre.desk()
  await signIn(desk.page, who)
  await becomeReady(desk.page)
  return desk
}

/** The same, then calls the contact on the desk and talks. */
export async function sitDownAndTalk(centre: RealCentre, who: Signed): Promise<RealDesk> {
  const desk = await sitDown(centre, who)
  await callUntilAnswered(desk.page)
  await expectTalking(centre, desk)
  return desk
}

/** What the operator hears, in a word, or as figures where it is something else. */
async function inTheEar(desk: RealDesk): Promise<string> {
  const sound = await desk.hears().catch(() => null)
  if (sound === null || sound.decibels < -80) return 'nothing'
  const is = (hertz: number) => Math.abs(sound.hertz - hertz) < 25 && sound.decibels > -50
  if (is(voices.customer)) return 'the customer'
  return is(voices.caller) ? 'the caller' : `${sound.hertz.toFixed(0)} Hz at ${sound.decibels} dB`
}

/** What the customer hears, in a word, or as figures. */
async function outside(centre: RealCentre): Promise<string> {
  const { operator, anything } = await centre.customerHears()
  if (operator > heard) return 'the operator'
  if (anything < silent) return 'nothing'
  return anything > heard && operator < silent ? 'music' : `operator ${operator}, in all ${anything}`
}

/** Limits only end what never comes. */
const patience = { timeout: 30_000 }

/** By level, both ways: the customer's tone in the page, the microphone's at the customer. */
export async function expectTalking(centre: RealCentre, desk: RealDesk): Promise<void> {
  await expectCustomerHears(centre, 'the operator')
  await expectOperatorHears(desk, 'the customer')
}

export const expectOperatorHears = (
  desk: RealDesk,
  what: 'the customer' | 'the caller' | 'nothing',
): Promise<void> => expect.poll(() => inTheEar(desk), patience).toBe(what)

export const expectCustomerHears = (
  centre: RealCentre,
  what: 'the operator' | 'music' | 'nothing',
): Promise<void> => expect.poll(() => outside(centre), patience).toBe(what)

/**
 * Milliseconds from that instant until the customer hears the operator, who is gone by now: their page is. Measured in
 * slices of a tenth of a second.
 */
export async function untilHeardAgain(centre: RealCentre, from: number): Promise<number> {
  for (;;) {
    const { operator, anything } = await centre.customerHears(100)
    const ms = Math.round(performance.now() - from)
    if (operator > heard) return ms
    if (ms > patience.timeout) throw new Error(`never heard again: operator ${operator}, in all ${anything}`)
  }
}

/** Hangs up and gives the outcome, by keyboard; resolves once it is on disk and the server has it. */
export async function closeWithOutcome(desk: RealDesk): Promise<void> {
  const { page } = desk
  await page.keyboard.press('F4')
  await expect(callBar(page)).toContainText('Post-chiamata')
  await giveOutcome(desk)
}

export async function giveOutcome({ page }: RealDesk): Promise<void> {
  await page.keyboard.press('3')
  await expect(page.getByRole('main').getByText('Salvato: Non interessato')).toBeVisible()
  await expect(page.getByText('Tutto inviato')).toBeVisible()
}
