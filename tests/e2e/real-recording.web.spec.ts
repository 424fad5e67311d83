import { expect, test } from '@playwright/test'
import { level } from '../../scripts/lib/pbx/ears.mjs'
import { callBar, callUntilAnswered, scriptZone } from './support/call.ts'
import { signIn } from './support/people.ts'
import { closeWithOutcome, keepLogs, openForAll, sitDown } from './support/real-call.ts'
import { operatorVoice, voices, type RealCentre } from './support/real-centre.ts'

/** Real parts only: from two voices on the wire to the sound in a supervisor's browser. */
let centre: RealCentre
test.beforeAll(async () => {
  centre = await openForAll()
})
test.afterAll(() => centre?.close())
test.afterEach(() => keepLogs(centre))

const script = JSON.stringify({
  pages: [
    {
      name: 'one',
      elements: [{ type: 'text', name: 'iban', title: 'IBAN?', cuffiaSensitive: true }],
    },
  ],
})

test('a call is recorded, stands still in the sensitive field, and is heard by a supervisor with both voices', async () => {
  const { who } = await centre.operator(['55'], { recording: 'always', script })
  const operator = await sitDown(centre, who)
  const { page: desk } = operator
  await callUntilAnswered(desk)
  await expect(callBar(desk)).toContainText('In registrazione', { timeout: 30_000 })
  await expect.poll(async () => (await centre.customerHears(300)).operator).toBeGreaterThan(0.05)
  const field = scriptZone(desk).getByRole('textbox', { name: 'IBAN?' })
  await field.focus()
  await expect(callBar(desk)).toContainText('In pausa: dato riservato')
  await field.fill('IT60X0542811101000000123456')
  await desk.keyboard.press('Escape')
  await expect(callBar(desk)).toContainText('In registrazione')
  await desk.waitForTimeout(1_500)
  await closeWithOutcome(operator)

  const { page } = await centre.desk()
  await signIn(page, centre.supervisor)
  await page.getByRole('button', { name: 'Registrazioni' }).click()
  await expect(page.getByText('pronta')).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Nome0 Cognome0' }).click()
  const player = page.getByRole('region', { name: /^Registrazione del .*, Nome0 Cognome0 con / })
  await expect(player.getByRole('list', { name: 'Parti non registrate' })).toContainText('campo riservato')
  const place = player.getByRole('slider')
  await place.focus()
  await page.keyboard.press('Space')
  await expect(player.getByRole('button', { name: 'Pausa' })).toBeVisible()
  await expect(place).not.toHaveAttribute('aria-valuetext', /^0:00/)

  // The same address that the page plays from, in two parts.
  const bytes = await page.evaluate(async () => {
    const { src } = document.querySelector('audio')!
    const part = async (range: string) => {
      const answer = await fetch(src, { headers: { range } })
      return { status: answer.status, bytes: [...new Uint8Array(await answer.arrayBuffer())] }
    }
    const [head, rest] = [await part('bytes=0-43'), await part('bytes=44-')]
    return head.status === 206 && rest.status === 206 ? rest.bytes : []
  })
  const samples = new Int16Array(Uint8Array.from(bytes).buffer, 0, bytes.length >> 1)
  const tenths = Array.from({ length: Math.floor(samples.length / 800) }, (_, index) =>
    samples.subarray(index * 800, (index + 1) * 800),
  )
  const loudest = (hz: number) => Math.max(0, ...tenths.map((part) => level(part, hz)))
  expect(loudest(voices.customer)).toBeGreaterThan(0.05)
  expect(loudest(operatorVoice)).toBeGreaterThan(0.05)
  await operator.close()
})
