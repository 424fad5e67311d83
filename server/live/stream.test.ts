import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { streamClose, streamPath } from '../../shared/crm-api/stream.ts'
import type { Role } from '../../shared/crm-api/resource.ts'
import { type TestClock, testClock } from '../../tests/support/clock.ts'
import { startTestServer, type TestServer } from '../../tests/support/server.ts'

let clock: TestClock
let server: TestServer
let address: string

beforeAll(async () => {
  clock = testClock()
  server = await startTestServer({ clock })
  address = (await server.listen()).replace('http', 'ws')
})
afterAll(() => server.close())

interface Client {
  socket: WebSocket
  messages: { type: string; now?: number }[]
  closed: Promise<number>
}

/** Connected, with its first message received. */
async function connected(token: string): Promise<Client> {
  const socket = new WebSocket(address + streamPath, { headers: { authorization: `Bearer ${token}` } })
  const messages: Client['messages'] = []
  socket.on('message', (data) => messages.push(JSON.parse(String(data)) as Client['messages'][number]))
  const closed = once(socket, 'close').then(([code]) => code as number)
  await once(socket, 'message')
  const client = { socket, messages, closed }
  // Until the server has heard the answer to its first heartbeat: the clock may be moved on before.
  await roundTrip(client)
  await roundTrip(client)
  return client
}

/** Status of a refused upgrade. */
async function refused(path: string, headers: Record<string, string>): Promise<number> {
  const socket = new WebSocket(address + path, { headers })
  socket.on('error', () => undefined)
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }]
  return response.statusCode
}

const newcomer = async (role: Role = 'supervisor') => {
  const { user, token } = await server.createUser(role)
  const { id } = await server.db
    .selectFrom('session')
    .select('id')
    .where('user_id', '=', user.id)
    .executeTakeFirstOrThrow()
  return { user, token, sessionId: id }
}

describe('the event stream', () => {
  test('says hello first, with the time of the server', async () => {
    const { token } = await newcomer()
    const client = await connected(token)
    expect(client.messages[0]).toEqual({ type: 'hello', now: clock.now() })
    client.socket.close()
  })

  test('lets nobody in without an open session', async () => {
    const { token } = await server.createUser('operator', { mustChangePassword: true })
    expect(await refused(streamPath, {})).toBe(401)
    expect(await refused(streamPath, { authorization: 'Bearer made-up' })).toBe(401)
    expect(await refused(`${streamPath}?token=${token}`, {})).toBe(401)
    expect(await refused(streamPath, { authorization: `Bearer ${token}` })).toBe(403)
    expect(await refused('/elsewhere', { authorization: `Bearer ${token}` })).toBe(404)
  })

  test('is one a session: the second takes the place of the first', async () => {
    const { token } = await newcomer()
    const first = await connected(token)
    const second = await connected(token)
    expect(await first.closed).toBe(streamClose.replaced)
    expect(second.socket.readyState).toBe(WebSocket.OPEN)
    second.socket.close()
  })

  test('closes at once when the session is revoked', async () => {
    const { token, sessionId } = await newcomer()
    const client = await connected(token)
    await server.request('sessions.revoke', { params: { id: sessionId } }, server.admin)
    expect(await client.closed).toBe(streamClose.signedOut)
  })

  test('closes at once when the user is deactivated', async () => {
    const { token, user } = await newcomer()
    const client = await connected(token)
    const body = { displayName: 'X', grammar: 'n', role: 'supervisor', active: false }
    await server.request('users.change', { params: { id: user.id }, body }, server.admin)
    expect(await client.closed).toBe(streamClose.signedOut)
  })

  test('finds with its heartbeat a session that ended elsewhere', async () => {
    const { token, sessionId } = await newcomer()
    const client = await connected(token)
    await server.db.deleteFrom('session').where('id', '=', sessionId).execute()
    clock.advance(10_000)
    expect(await client.closed).toBe(streamClose.signedOut)
  })

  test('keeps its session in use', async () => {
    const { token, sessionId } = await newcomer()
    const client = await connected(token)
    const lastSeen = async () => {
      const row = server.db.selectFrom('session').select('last_seen_at').where('id', '=', sessionId)
      return (await row.executeTakeFirstOrThrow()).last_seen_at
    }
    const before = await lastSeen()
    for (let beats = 0; beats < 7; beats++) {
      const pinged = once(client.socket, 'ping')
      clock.advance(10_000)
      await pinged
      // The client has answered before; frames are read in their order.
      await roundTrip(client)
    }
    await expect.poll(lastSeen, { timeout: 20_000 }).toBeGreaterThan(before)
    client.socket.close()
  })

  test('is cut when two heartbeats go by without an answer', async () => {
    const { token } = await newcomer()
    const client = await connected(token)
    client.socket.pause()
    clock.advance(10_000)
    clock.advance(10_000)
    client.socket.resume()
    expect(await client.closed).toBe(1006)
  })

  test.each(['no JSON', '{"type":"do-everything"}', '{"type":"watch-board","more":1}'])(
    'closes on what is no request: %s',
    async (text) => {
      const { token } = await newcomer()
      const client = await connected(token)
      client.socket.send(text)
      expect(await client.closed).toBe(1007)
    },
  )

  test('closes on a message that is too long to be one', async () => {
    const { token } = await newcomer()
    const client = await connected(token)
    client.socket.send('x'.repeat(5_000))
    expect(await client.closed).toBe(1009)
  })
})

/** Waits until the server has read all that this client has sent so far. */
async function roundTrip({ socket }: Client): Promise<void> {
  const answered = once(socket, 'pong')
  socket.ping()
  await answered
}

test('a server that stops says so to its streams', async () => {
  const stopping = await startTestServer()
  const url = (await stopping.listen()).replace('http', 'ws')
  const socket = new WebSocket(url + streamPath, { headers: { authorization: `Bearer ${stopping.admin}` } })
  await once(socket, 'message')
  const closed = once(socket, 'close')
  await stopping.close()
  expect((await closed)[0]).toBe(1001)
})
