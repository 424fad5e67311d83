import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from '@playwright/test'
import { callBar, recordOnDesk } from './support/call.ts'
import {
  keepLogs,
  openForAll,
  closeWithOutcome,
  expectCustomerHears,
  expectTalking,
  giveOutcome,
  sitDownAndTalk,
  untilHeardAgain,
} from './support/real-call.ts'
import type { RealCentre } from './support/real-centre.ts'

/** A call goes on, or ends as what it was: whatever dies meanwhile. Times are printed, for `docs/figures.md`. */
let centre: RealCentre
test.beforeAll(async () => {
  centre = await openForAll()
})
test.afterAll(() => centre?.close())
test.afterEach(() => keepLogs(centre))

/** Each contact has a number of its own, and none of them is called a second time. */
test.afterEach(() => {
  const dialled = centre?.carrier.dialled() ?? []
  expect(dialled).toEqual([...new Set(dialled)])
})

const print = (what: string, ms: number) => console.log(`${what}: ${ms.toFixed(0)} ms`)

test('a page that is loaded again talks again, and the customer has music meanwhile', async () => {
  const { who } = await centre.operator(['55', '55'])
  const desk = await sitDownAndTalk(centre, who)
  const from = performance.now()
  await desk.page.reload({ waitUntil: 'commit' })
  // the last that the page of before has said is on its way
  await wait(200)
  print('reload, until the customer hears the operator again', await untilHeardAgain(centre, from))
  await expectTalking(centre, desk)

  // A page that takes longer to come: there is music to be heard.
  let letIn = () => {}
  const isLetIn = new Promise<void>((resolve) => (letIn = resolve))
  await desk.page.route('**/*', async (route) => {
    if (!route.request().isNavigationRequest()) await isLetIn
    await route.continue()
  })
  await desk.page.reload({ waitUntil: 'commit' })
  await expectCustomerHears(centre, 'music')
  letIn()
  await expect(callBar(desk.page)).toContainText('In linea')
  await expectTalking(centre, desk)
  await closeWithOutcome(desk)
  await recordOnDesk(desk.page)
  await desk.close()
})

test('a page that crashed and is opened again talks again', async () => {
  const { who } = await centre.operator(['55', '55'])
  const desk = await sitDownAndTalk(centre, who)
  await desk.crash()
  await expectCustomerHears(centre, 'music')
  const from = performance.now()
  await desk.openAgain()
  print(
    'crash, from opening the page until the customer hears the operator again',
    await untilHeardAgain(centre, from),
  )
  await expect(callBar(desk.page)).toContainText('In linea')
  await expectTalking(centre, desk)
  await closeWithOutcome(desk)
  await recordOnDesk(desk.page)
  await desk.close()
})

test('a server that is killed in the middle of a call takes the call up again, ends it and stores its outcome', async () => {
  const { who, campaign } = await centre.operator(['55', '55'])
  const desk = await sitDownAndTalk(centre, who)
  await centre.server.kill()
  await expectTalking(centre, desk)
  const from = performance.now()
  await centre.server.startAgain()
  print('server killed, from its start until it is ready', performance.now() - from)
  await expect(callBar(desk.page)).toContainText('In linea')
  // refused while the client is on its way back to the server
  await expect(async () => {
    await desk.page.keyboard.press('F7')
    await expect(callBar(desk.page)).toContainText('In attesa', { timeout: 4_000 })
  }).toPass({ timeout: 40_000 })
  await expectCustomerHears(centre, 'music')
  await desk.page.keyboard.press('F7')
  await expectTalking(centre, desk)
  await closeWithOutcome(desk)
  await recordOnDesk(desk.page)
  const { items } = await centre.supervisor.crm.campaigns.records({
    params: { id: campaign },
    query: { limit: 50 },
  })
  expect(items.map(({ attempts, lastOutcome }) => [attempts, lastOutcome?.it ?? null])).toEqual([
    [1, 'Non interessato'],
    [0, null],
  ])
  await desk.close()
})

test('after a restart of Asterisk the call is closed as lost and the operator is ready again by themselves', async () => {
  const { who } = await centre.operator(['55', '55'])
  const desk = await sitDownAndTalk(centre, who)
  await centre.pbx.kill()
  const from = performance.now()
  await centre.pbx.restart()
  await expect(callBar(desk.page)).toContainText('Post-chiamata', { timeout: 30_000 })
  await giveOutcome(desk)
  await recordOnDesk(desk.page)
  print('Asterisk killed, from its start until the next contact is on the desk', performance.now() - from)
  await desk.page.keyboard.press('F2')
  await expect(callBar(desk.page)).toContainText('In linea')
  await expectTalking(centre, desk)
  await closeWithOutcome(desk)
  await desk.close()
})

test('a network to the PBX that is gone for twenty seconds costs no call and dials nobody twice', async () => {
  const { who } = await centre.operator(['55', '55', '55'])
  const desk = await sitDownAndTalk(centre, who)
  const { pid = 0 } = centre.pbx
  // Nothing comes from it and nothing is refused by it: what a dead cable looks like, for signalling and sound.
  process.kill(pid, 'SIGSTOP')
  await wait(20_000)
  process.kill(pid, 'SIGCONT')
  const from = performance.now()
  await expectTalking(centre, desk)
  print('network back, until both hear each other', performance.now() - from)
  // refused while the server is on its way back to the PBX: voices come back first
  await expect(async () => {
    await desk.page.keyboard.press('F4')
    await expect(callBar(desk.page)).toContainText('Post-chiamata', { timeout: 4_000 })
  }).toPass({ timeout: 40_000 })
  await giveOutcome(desk)
  await recordOnDesk(desk.page)
  await desk.page.keyboard.press('F2')
  await expect(callBar(desk.page)).toContainText('In linea')
  await expectTalking(centre, desk)
  await closeWithOutcome(desk)
  await desk.close()
})
