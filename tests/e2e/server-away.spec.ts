import type { Campaign } from '../../shared/crm-api/campaigns.ts'
import { becomeReady, callBar, callUntilAnswered, hangUp, saved } from './support/call.ts'
import { expect, test } from './support/fixture.ts'
import { openFloor, tokenOf } from './support/floor.ts'
import { signIn } from './support/people.ts'

test('the server is killed in the middle of a call: the call ends, its outcome is saved here, and all is delivered on the return', async ({
  page,
  cuffia,
}) => {
  const floor = await openFloor(cuffia)
  await signIn(page, floor.operators[0]!)
  await becomeReady(page)
  await callUntilAnswered(page)
  await cuffia.server.kill()
  await expect(callBar(page)).toContainText('Server non raggiungibile da')
  await expect(callBar(page)).toContainText('Continua pure: ciò che salvi è al sicuro qui.')
  await hangUp(page)
  await page.keyboard.press('F10')
  await page.keyboard.type('Detto tutto senza server')
  await page.keyboard.press('Control+Enter')
  await page.keyboard.press('4')
  await expect(saved(page, 'Salvato: Non interessato')).toBeVisible()
  await expect(page.getByRole('button', { name: '1 da inviare' })).toBeVisible()

  await cuffia.server.startAgain()
  await expect(page.getByRole('button', { name: 'Tutto inviato' })).toBeVisible({ timeout: 60_000 })
  const token = await tokenOf(cuffia, floor.supervisor)
  const params = { id: floor.campaign.id }
  const campaign = await cuffia.crm<Campaign>('campaigns.get', { params }, token)
  expect(campaign.records.closed).toMatchObject({ negative: 1 })
  await expect(callBar(page)).toContainText('Da chiamare', { timeout: 60_000 })
})

test('without a server nobody can sign in, the page says so, and goes on by itself when it is back', async ({
  page,
  cuffia,
}) => {
  const floor = await openFloor(cuffia)
  await expect(page.getByLabel('Nome utente')).toBeFocused()
  await cuffia.server.kill()
  await signIn(page, floor.operators[0]!)
  await expect(page.getByRole('main')).toContainText('Il server non risponde')
  await cuffia.server.startAgain()
  await expect(async () => {
    await page.getByLabel('Password').fill(floor.operators[0]!.password)
    await page.keyboard.press('Enter')
    await expect(page.getByText('Tutto a posto: puoi cominciare.')).toBeVisible({ timeout: 3000 })
  }).toPass({ timeout: 60_000 })
})
