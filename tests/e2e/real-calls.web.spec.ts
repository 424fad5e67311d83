import { expect, test } from '@playwright/test'
import { callIn } from '../../scripts/lib/pbx/callers.mjs'
import { callBar, outcomeZone, recordOnDesk, scriptZone } from './support/call.ts'
import { signIn } from './support/people.ts'
import {
  keepLogs,
  openForAll,
  closeWithOutcome,
  expectCustomerHears,
  expectOperatorHears,
  expectTalking,
  giveOutcome,
  sitDown,
  sitDownAndTalk,
} from './support/real-call.ts'
import type { RealCentre } from './support/real-centre.ts'
import { watchPointer } from './support/watch.ts'

/** Real parts only: Asterisk, SIPp's customers, the server, the client, a browser whose microphone says a tone. */
let centre: RealCentre
test.beforeAll(async () => {
  centre = await openForAll()
})
test.afterAll(() => centre?.close())
test.afterEach(() => keepLogs(centre))

test('an operator calls, hears the customer and is heard, by keyboard alone', async () => {
  const { who } = await centre.operator(['55', '01', '55'])
  const desk = await sitDown(centre, who)
  const { page } = desk
  const pointer = await watchPointer(page)

  await test.step('both hear each other', async () => {
    await page.keyboard.press('F2')
    await expect(callBar(page)).toContainText('In linea')
    await expectTalking(centre, desk)
  })
  await test.step('the keypad reaches the customer', async () => {
    await page.keyboard.press('F9')
    await page.keyboard.type('15#')
    await expect.poll(() => centre.carrier.pressed()).toEqual(['15#'])
    await page.keyboard.press('Escape')
  })
  await test.step('on hold the customer has music and the operator nothing', async () => {
    await page.keyboard.press('F7')
    await expect(callBar(page)).toContainText('In attesa')
    await expectCustomerHears(centre, 'music')
    await expectOperatorHears(desk, 'nothing')
    await page.keyboard.press('F7')
    await expect(callBar(page)).toContainText('In linea')
    await expectTalking(centre, desk)
  })
  await test.step('muted, the operator hears and is not heard', async () => {
    await page.keyboard.press('F6')
    await expectCustomerHears(centre, 'nothing')
    await expectOperatorHears(desk, 'the customer')
    await page.keyboard.press('F6')
    await expectTalking(centre, desk)
  })
  await test.step('hung up, the wrap-up is there and the outcome brings the next contact', async () => {
    await closeWithOutcome(desk)
    await recordOnDesk(page)
    await expect(callBar(page)).toContainText('Nome1 Cognome1')
    await expect.poll(async () => (await centre.customerHears(300)).anything).toBe(0)
  })
  await test.step('who is busy is said to be so', async () => {
    await page.keyboard.press('F2')
    await expect(callBar(page)).toContainText('Post-chiamata')
    await expect(callBar(page)).toContainText(/occupat/i)
    await giveOutcome(desk)
    await recordOnDesk(page)
  })
  expect(await pointer.count()).toBe(0)
  await desk.close()
})

test('in a progressive campaign whoever answers is with the operator at once, record and script on the screen', async () => {
  const { who } = await centre.operator(['01', '55', '06', '55'], { workMode: 'progressive' })
  const desk = await centre.desk()
  const { page } = desk
  await signIn(page, who)
  await expect(page.getByText('Tutto a posto: puoi cominciare.')).toBeVisible()
  await page.keyboard.press('F2')
  for (const name of ['Nome1 Cognome1', 'Nome3 Cognome3']) {
    await expect(callBar(page)).toContainText('In linea', { timeout: 30_000 })
    await expect(callBar(page)).toContainText(name)
    await expect(scriptZone(page)).toContainText('Buongiorno')
    await expect(outcomeZone(page)).toContainText('Non interessato')
    await expectTalking(centre, desk)
    await closeWithOutcome(desk)
  }
  await desk.close()
})

test('who calls in rings with their name on the screen, and one key lets both hear each other', async () => {
  const called = '+390815599000'
  await centre.contacts(['3949900155'])
  const who = await centre.person()
  await centre.campaign([who], [], { inbound: { numbers: [called] } })
  const desk = await centre.desk()
  const { page } = desk
  await signIn(page, who)
  await expect(page.getByText('Tutto a posto: puoi cominciare.')).toBeVisible()
  await page.keyboard.press('F2')
  await expect(callBar(page)).toContainText('Disponibile')
  const caller = callIn(centre.pbx, [{ from: '+393949900155', to: called }], { talkMs: 60_000 })
  await expect(callBar(page)).toContainText('Squilla')
  await expect(callBar(page)).toContainText('Nome0 Chiamante0')
  await page.keyboard.press('F2')
  await expect(callBar(page)).toContainText('In linea')
  await expectCustomerHears(centre, 'the operator')
  await expectOperatorHears(desk, 'the caller')
  await closeWithOutcome(desk)
  expect(await caller.ended).toBe(0)
  await desk.close()
})

// as tests/support/call-centre.ts names them
const nameOf = ({ username }: { username: string }) => `${username} Rossi`

test('a customer is handed to a colleague who was asked first: both pages say it, and so does what is heard', async () => {
  const [anna, bruno] = [await centre.person(), await centre.person()]
  await centre.campaign([anna], ['55'])
  await centre.campaign([bruno], [], { inbound: { numbers: ['+390815599001'] } })
  const hers = await sitDownAndTalk(centre, anna)
  const his = await centre.desk()
  await signIn(his.page, bruno)
  await expect(his.page.getByText('Tutto a posto: puoi cominciare.')).toBeVisible()
  await his.page.keyboard.press('F2')
  await expect(callBar(his.page)).toContainText('Disponibile')

  const parties = hers.page.getByRole('group', { name: 'Chi è in linea' })
  const asks = his.page.getByRole('region', { name: 'Un collega ti chiede' })
  await test.step('asked, the colleague sees who asks while the customer hears music', async () => {
    await hers.page.keyboard.press('F8')
    await expect(hers.page.getByRole('option', { name: nameOf(bruno) })).toContainText('Disponibile')
    await hers.page.keyboard.type(nameOf(bruno))
    await hers.page.keyboard.press('Enter')
    await expect(parties).toContainText('squilla')
    await expect(asks).toContainText(nameOf(anna))
    await expectCustomerHears(centre, 'music')
  })
  await test.step('both talk, then all three', async () => {
    await his.page.keyboard.press('F2')
    await expect(parties).toContainText(`${nameOf(bruno)}parla con te`)
    await expectCustomerHears(centre, 'music')
    await hers.page.keyboard.press('Shift+F8')
    await expect(parties).toContainText('Vi sentite tutti e tre.')
    await expectTalking(centre, hers)
  })
  await test.step('handed over, the call is the colleague’s, with its record on the screen', async () => {
    await hers.page.keyboard.press('F8')
    await expect(callBar(hers.page)).toContainText('Passata')
    await expect(callBar(his.page)).toContainText('Nome0 Cognome0')
    await expect(callBar(his.page)).toContainText('In linea')
    await expectTalking(centre, his)
    await giveOutcome(hers)
    await closeWithOutcome(his)
  })
  await hers.close()
  await his.close()
})
