import { defaultSettings } from '../../shared/contract/settings.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Board } from '../../shared/crm-api/board.ts'
import { anOffer } from '../builders/offer.ts'
import { passwordOf } from '../fakes/crm-desk.ts'
import type { Page, World } from './world.ts'
import { createWorld } from './world.ts'

const signIn = (world: World, page: Page, username: string) =>
  world.during(page.ask.session.signIn({ username, password: passwordOf(username) }))

describe('a client nobody has signed in at', () => {
  let world: World
  let page: Page

  beforeEach(async () => {
    world = await createWorld()
    page = await world.openPage()
  })
  afterEach(() => world.end())

  test('shows version and address, and notices when the server goes and comes', async () => {
    await world.until(() => page.shown.connection.server === 'up')
    expect(page.shown.session).toMatchObject({ status: 'signed-out', loginPage: { address: '127.0.0.1' } })
    world.crm.goAway()
    await world.until(() => page.shown.connection.server === 'down', 100)
    world.crm.comeBack()
    await world.until(() => page.shown.connection.server === 'up', 100)
  })

  test('knows its telephone gateway before a page is served, or as soon as the server is there', async () => {
    expect(world.services().gateways()).toEqual(['wss://pbx.example:8089'])
    world.crm.goAway()
    await world.restart({ otherMachine: true })
    expect(world.services().gateways()).toEqual([])
    world.crm.comeBack()
    await world.until(() => world.services().gateways().length === 1, 100)
    world.crm.goAway()
    await world.restart()
    expect(world.services().gateways()).toEqual(['wss://pbx.example:8089'])
  })

  test('a wrong password is refused and nobody is signed in', async () => {
    const wrong = world.during(page.ask.session.signIn({ username: 'anna', password: 'nope' }))
    await expect(wrong).rejects.toMatchObject({ code: 'wrong-credentials' })
    expect(page.shown.session.status).toBe('signed-out')
  })

  test('an operator arrives in a break, and the page never gets the token', async () => {
    await signIn(world, page, 'anna')
    await world.until(() => page.shown.status.view)
    expect(page.shown.status).toMatchObject({
      connected: true,
      view: { state: 'break', breakReason: 'start' },
    })
    expect(JSON.stringify(page.shown)).not.toContain('token-')
  })

  test('a second sign-in at the same client is refused', async () => {
    await signIn(world, page, 'anna')
    await expect(signIn(world, await world.openPage(), 'bruno')).rejects.toMatchObject({ code: 'conflict' })
  })

  test('a new password is set before anything else can be done', async () => {
    await signIn(world, page, 'nuova')
    await world.until(() => page.shown.session.status === 'signed-in')
    expect(page.shown.session).toMatchObject({ user: { mustChangePassword: true } })
    const ready = world.during(page.ask.operator.ready())
    await expect(ready).rejects.toMatchObject({ code: 'not-in-this-state', details: { check: 'session' } })
    const passwords = { current: passwordOf('nuova'), next: 'a long new password' }
    await world.during(page.ask.session.changePassword(passwords))
    await world.until(() => page.shown.status.view)
    await world.during(page.ask.operator.ready())
    await world.until(() => page.shown.status.view?.state === 'ready')
  })

  test('signing out works without the server', async () => {
    await signIn(world, page, 'anna')
    world.crm.goAway()
    await world.during(page.ask.session.signOut())
    await world.until(() => page.shown.session.status === 'signed-out')
    expect(page.shown.status).toMatchObject({ connected: false, view: null })
  })

  test('work that waits is sent when its owner is back, not under a colleague’s name', async () => {
    world.crm.offer(anOffer('Ciro'))
    await signIn(world, page, 'anna')
    await world.until(() => page.shown.status.view)
    await world.during(page.ask.operator.ready())
    await world.until(() => page.shown.desk.work)
    const { attempt, offer } = page.shown.desk.work!
    await world.during(page.ask.call.dial({ attempt, phone: offer.contact.phones[0]!.e164 }))
    world.crm.goAway()
    const { draft } = page.shown.desk.work!
    const outcome = offer.campaign.outcomes[0]!.code
    await world.during(page.ask.call.wrapUp({ attempt, key: 'key-of-one', outcome, callbackAt: null, draft }))
    await world.during(page.ask.session.signOut())
    world.crm.comeBack()
    await signIn(world, page, 'bruno')
    await world.until(() => page.shown.outbox.waitingForOthers === 1)
    expect(page.shown.outbox.waiting).toBe(1)
    await world.during(page.ask.session.signOut())
    await signIn(world, page, 'anna')
    await world.until(() => page.shown.outbox.waiting === 0)
    expect(world.crm.heard.find(({ name }) => name === 'work.wrapUp')?.user).toBe('user-anna')
  })

  test('settings are kept over a restart', async () => {
    const wanted = {
      ...defaultSettings,
      language: 'en',
      theme: 'dark',
      textSize: 120,
      singleKeys: false,
    } as const
    await world.during(page.ask.settings.save(wanted))
    await world.restart()
    page = await world.openPage()
    let seen: unknown
    page.ask.settings.current((value) => {
      seen = value
    })
    await world.until(() => seen)
    expect(seen).toEqual(wanted)
  })

  test('the board is asked for only while a window looks', async () => {
    await signIn(world, page, 'sara')
    await world.until(() => page.shown.connection.server === 'up')
    expect(world.crm.boardWatchers()).toBe(0)
    let seen: Board | null = null
    const watch = (on: Page) => on.ask.wallboard.board(({ board }) => void (seen = board))
    const other = await world.openPage()
    const [leave, leaveOther] = [watch(page), watch(other)]
    await world.until(() => seen)
    leave()
    await world.during(page.ask.diagnostics.run())
    expect(world.crm.boardWatchers()).toBe(1)
    leaveOther()
    await world.until(() => world.crm.boardWatchers() === 0)
  })

  test('a page reaches the CRM by the names of the map, but not the desk’s and the session’s', async () => {
    await signIn(world, page, 'sara')
    await expect(world.during(page.ask.crm.request({ name: 'outcomes.list', input: {} }))).resolves.toEqual(
      [],
    )
    for (const [name, code] of [
      ['nothing.list', 'unknown-method'],
      ['constructor', 'unknown-method'],
      ['work.wrapUp', 'not-allowed'],
      ['sessions.signIn', 'not-allowed'],
    ] as const) {
      const request = world.during(page.ask.crm.request({ name, input: {} }))
      await expect(request).rejects.toMatchObject({ code })
    }
    const away = page.ask.crm.request({ name: 'contacts.get', input: { params: { id: '..' } } })
    await expect(world.during(away)).rejects.toMatchObject({ code: 'invalid-input' })
  })

  test('files stream through with the session, and are refused without one', async () => {
    const { files } = world.services()
    const upload = () =>
      new Request('http://127.0.0.1/files/imports?fileName=clienti%20nuovi.csv', {
        method: 'POST',
        body: new Blob(['nome;telefono\r\n'.repeat(10_000)]),
      })
    expect((await files(upload())).status).toBe(401)
    await signIn(world, page, 'sara')
    const loaded = await world.during(files(upload()))
    expect(await loaded.json()).toMatchObject({ fileName: 'clienti nuovi.csv', bytes: 150_000 })
    const rejected = await files(new Request('http://127.0.0.1/files/imports/import-1/rejected.csv'))
    expect(rejected.headers.get('content-disposition')).toContain('scarti.csv')
    expect(await rejected.text()).toContain('import-1')
    expect((await files(new Request('http://127.0.0.1/files/../users'))).status).toBe(404)
    world.crm.goAway()
    expect((await files(upload())).status).toBe(503)
  })
})
