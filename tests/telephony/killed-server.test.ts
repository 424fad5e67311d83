import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { startCarrier } from '../../scripts/lib/pbx/callers.mjs'
import { startPbx } from '../../scripts/lib/pbx/start.mjs'
import { crmRoutes } from '../../shared/crm-api/index.ts'
import type { LineState } from '../../shared/crm-api/lines.ts'
import { StreamMessage } from '../../shared/crm-api/stream.ts'
import type { OperatorView } from '../../shared/crm-api/work.ts'
import type { CallFloor } from '../support/call-floor.ts'
import { callFloor } from '../support/call-floor.ts'
import type { Running } from '../support/processes.ts'
import { runFolder, startProcess, tailOf } from '../support/processes.ts'
import { makeDeskPhones } from './support/desk-phones.ts'

const folder = runFolder('cuffia-killed-')
const log = folder.log('server')
let pbx: Awaited<ReturnType<typeof startPbx>>
let carrier: Awaited<ReturnType<typeof startCarrier>>
/** Only writes what the process reads: its clock stands still, so it does nothing by itself. */
let floor: CallFloor
let server: Running

const start = () =>
  startProcess(
    'tests/telephony/support/server-process.ts',
    [floor.databaseUrl, join(folder.path, 'pbx.json')],
    log,
  )

beforeAll(async () => {
  pbx = await startPbx()
  carrier = await startCarrier(pbx, { ringMs: 200, talkMs: 1_500 })
  await makeDeskPhones(pbx, ['desk-1'])
  const phones = { wsUrl: pbx.sip.wsUrl, domain: 'cuffia.test', echoNumber: '600' }
  const settings = { ari: pbx.ari, trunk: 'carrier', phones, callerId: '+390815520000' }
  writeFileSync(join(folder.path, 'pbx.json'), JSON.stringify(settings))
  floor = await callFloor()
  server = await start()
}, 180_000)
afterAll(async () => {
  await server?.kill()
  await floor?.close()
  await carrier?.stop()
  await pbx?.stop()
  folder.remove()
})

it('a server that is killed in the middle of a call adopts it, and its recording, when it starts again', async () => {
  const campaign = await floor.campaign({ line: 'pbx', contacts: 1, recording: 'always' })
  const { user, token } = await floor.createUser('operator')
  await floor.db.updateTable('contact_phones').set({ e164: '+393310000155' }).execute()
  await floor.db
    .insertInto('campaign_operators')
    .values({ campaign_id: campaign, user_id: user.id })
    .execute()
  const setup = { user_id: user.id, dial_prefix: '', desk_phone: 'desk-1' }
  await floor.db.insertInto('phone_setup').values(setup).execute()

  let view: OperatorView | null = null
  const listen = () => {
    const socket = new WebSocket(`${server.ready.url.replace('http', 'ws')}/stream`, {
      headers: { authorization: `Bearer ${token}` },
    })
    socket.on('error', () => {})
    socket.on('message', (data) => {
      const message = StreamMessage.parse(JSON.parse(String(data)))
      if (message.type === 'operator') view = message.view
    })
    return socket
  }
  let keys = 0
  const ask = async <T>(name: string, path: Record<string, string> = {}, body?: object): Promise<T> => {
    const route = crmRoutes.find((each) => each.name === name)?.route
    if (!route) throw new Error(`there is no route ${name}`)
    const url =
      server.ready.url + route.path.replaceAll(/:(\w+)/g, (_all: string, part: string) => path[part] ?? '')
    const reply = await fetch(url, {
      method: route.method,
      headers: {
        authorization: `Bearer ${token}`,
        'idempotency-key': `key-${++keys}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!reply.ok) throw new Error(`${name}: ${await reply.text()}`)
    return (await reply.json()) as T
  }
  const until = async (what: () => boolean) => {
    for (let tries = 0; !what(); tries++) {
      if (tries > 1_000)
        throw new Error(`never so: ${what.toString()} (${JSON.stringify(view)})\n${tailOf(log)}`)
      await wait(20)
    }
  }
  const state = () => view?.state

  let socket = listen()
  await until(() => state() === 'break')
  await ask('phone.account', {}, { kind: 'desk' })
  await ask('work.setState', {}, { to: 'ready' })
  await until(() => state() === 'reserved')
  const leg = (view as unknown as OperatorView).work?.offer.attempt ?? ''
  await ask('work.start', { id: leg }, { phone: '+393310000155' })
  await ask('lines.command', { leg }, { do: 'dial', to: '+393310000155' })
  await until(() => state() === 'talking')
  const legs = async () => (await ask<LineState>('lines.snapshot')).legs
  while ((await legs())[0]?.recording !== 'on') await wait(100)

  await server.kill()
  socket.terminate()
  view = null
  server = await start()
  socket = listen()
  await until(() => state() === 'talking' && view?.phone.state === 'up')
  expect(await ask<LineState>('lines.snapshot')).toMatchObject({
    link: 'up',
    legs: [{ leg, state: 'answered', held: false, recording: 'on' }],
  })
  await ask('lines.command', { leg }, { do: 'hold' })
  await ask('lines.command', { leg }, { do: 'hang-up' })
  await until(() => state() === 'wrap-up')
  // And once more, while the sound is on its way from the switch.
  await server.kill()
  socket.terminate()
  view = null
  server = await start()
  socket = listen()
  await until(() => state() === 'wrap-up' && view?.phone.state === 'up')
  const call = {
    phone: '+393310000155',
    startedAt: 1,
    answeredAt: 1,
    endedAt: 1,
    end: 'hung-up-by-us',
    switchCause: null,
  }
  await ask(
    'work.wrapUp',
    { id: leg },
    { outcome: 'not-interested', answers: {}, note: '', callbackAt: null, savedAt: 1, call },
  )
  await until(() => state() === 'ready')
  expect(await floor.db.selectFrom('live_leg').selectAll().execute()).toEqual([])
  const recordings = () => floor.db.selectFrom('recordings').selectAll().execute()
  while ((await recordings()).some(({ state: now, on_switch }) => now !== 'stored' || on_switch))
    await wait(50)
  const all = await recordings()
  expect(all).toMatchObject([{ attempt_id: leg, operator: user.id, marks: [{ why: ['hold'] }] }])
  expect(readdirSync(join(folder.path, 'recordings'))).toEqual([`${all[0]?.id}.sealed`])
  socket.terminate()
})
