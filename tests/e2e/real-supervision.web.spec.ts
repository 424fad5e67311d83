import { expect, test } from '@playwright/test'
import { callBar } from './support/call.ts'
import { signIn } from './support/people.ts'
import {
  keepLogs,
  openForAll,
  expectCustomerHears,
  expectOperatorHears,
  expectTalking,
  sitDownAndTalk,
} from './support/real-call.ts'
import { operatorVoice, type RealCentre } from './support/real-centre.ts'
import type { RealDesk } from './support/real-desk.ts'

/** Real parts only; operator and supervisor have one voice, so who is heard is told by who is silent. */
let centre: RealCentre
test.beforeAll(async () => {
  centre = await openForAll()
})
test.afterAll(() => centre?.close())
test.afterEach(() => keepLogs(centre))

const expectVoice = (desk: RealDesk) =>
  expect
    .poll(async () => Math.abs(((await desk.hears())?.hertz ?? 0) - operatorVoice) < 25, { timeout: 30_000 })
    .toBe(true)

test('a supervisor hears a call in the own page, coaches its operator, joins, and goes', async () => {
  const { who } = await centre.operator(['55'])
  const operator = await sitDownAndTalk(centre, who)
  const supervisor = await centre.desk()
  const { page } = supervisor
  await signIn(page, centre.supervisor)
  const bar = page.getByRole('region', { name: 'Ascolto delle chiamate' })

  await test.step('who listens hears the customer and is heard by nobody', async () => {
    await page.getByRole('button', { name: /^Ascolta .* con / }).click()
    await expect(bar).toContainText('Non ti sente nessuno.', { timeout: 30_000 })
    await expect(operator.page.getByRole('banner')).toContainText(/ ascolta/)
    await expectOperatorHears(supervisor, 'the customer')
    await operator.page.keyboard.press('F6')
    await expectCustomerHears(centre, 'nothing')
  })
  await test.step('coached, the operator hears the supervisor and the customer does not', async () => {
    await page.keyboard.press('c')
    await expect(bar).toContainText('Ti sente solo l’operatore.')
    await expectCustomerHears(centre, 'nothing')
    await operator.page.keyboard.press('F7')
    await expect(callBar(operator.page)).toContainText('In attesa')
    await expectVoice(operator)
    await expectCustomerHears(centre, 'music')
    await operator.page.keyboard.press('F7')
    await expectCustomerHears(centre, 'nothing')
  })
  await test.step('joined, the customer hears the supervisor', async () => {
    await page.keyboard.press('j')
    await expect(bar).toContainText('Ti sentono tutti.')
    await expectCustomerHears(centre, 'the operator')
    await expectOperatorHears(supervisor, 'the customer')
  })
  await test.step('reloaded, the page joins again by itself', async () => {
    await page.reload()
    await expect(bar).toContainText('Ti sentono tutti.', { timeout: 30_000 })
    await expectCustomerHears(centre, 'the operator')
  })
  await test.step('gone, nothing is heard of the supervisor, and the call goes on', async () => {
    await page.keyboard.press('x')
    await expect(bar).toBeHidden()
    await expectCustomerHears(centre, 'nothing')
    await expect(operator.page.getByRole('banner')).not.toContainText(/in linea con voi/)
    await operator.page.keyboard.press('F6')
    await expectTalking(centre, operator)
  })
  await supervisor.close()
  await operator.close()
})
