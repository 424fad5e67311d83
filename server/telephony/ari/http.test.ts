import type { RequestListener } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { testClock } from '../../../tests/support/clock.ts'
import type { AriHttp } from './http.ts'
import { ariHttp } from './http.ts'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

/** A switch that only talks HTTP. */
async function listening(answer: RequestListener) {
  const sockets = new Set<Socket>()
  const server = createServer(answer)
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ari`
  const clock = testClock()
  const http: AriHttp = ariHttp({ url, user: 'cuffia', password: 'segreto', app: 'cuffia' }, clock)
  stops.push(() => {
    http.close()
    server.closeAllConnections()
    server.close()
  })
  return { http, clock, server, sockets }
}

test('a command carries our name, its query and its body, and any status is a reply', async () => {
  const seen: string[] = []
  const { http } = await listening((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.authorization}`)
    let body = ''
    request.on('data', (part) => (body += part))
    request.on('end', () => {
      seen.push(body)
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"Channel not found"}')
    })
  })
  const reply = await http.ask('POST', '/channels/a', { x: 'ü', none: undefined }, { variables: { a: 'b' } })
  expect(reply).toEqual({ status: 404, body: { message: 'Channel not found' } })
  const login = `Basic ${Buffer.from('cuffia:segreto').toString('base64')}`
  expect(seen).toEqual([`POST /ari/channels/a?x=%C3%BC ${login}`, '{"variables":{"a":"b"}}'])
})

test('a hundred commands share a few connections, which stay', async () => {
  const { http, sockets } = await listening((_request, response) => response.writeHead(204).end())
  await Promise.all(Array.from({ length: 100 }, () => http.ask('GET', '/asterisk/info')))
  expect(sockets.size).toBeGreaterThan(0)
  expect(sockets.size).toBeLessThanOrEqual(32)
})

test('a connection that the switch closed while it idled is no failure: the command is sent again', async () => {
  let served = 0
  const { http } = await listening((request, response) => {
    served++
    // The second request on one connection finds it closed, as when it crosses the switch's idle time-out.
    if (served === 2) return request.socket.resetAndDestroy()
    response.writeHead(204).end()
  })
  await http.ask('GET', '/one')
  expect((await http.ask('GET', '/two')).status).toBe(204)
  expect(served).toBe(3)
})

test('a fresh connection that breaks is refused with line-down and sent once only', async () => {
  let served = 0
  const { http } = await listening((request) => {
    served++
    request.socket.resetAndDestroy()
  })
  await expect(http.ask('POST', '/channels/a/dial')).rejects.toMatchObject({ code: 'line-down' })
  expect(served).toBe(1)
})

test('a switch that is not there is refused with line-down', async () => {
  const { http, server } = await listening(() => {})
  await new Promise((resolve) => server.close(resolve))
  await expect(http.ask('GET', '/asterisk/info')).rejects.toMatchObject({ code: 'line-down' })
})

test('a switch that does not answer is given five seconds, and the error tells no secret', async () => {
  const { promise: arrived, resolve } = Promise.withResolvers<void>()
  const { http, clock } = await listening(() => resolve())
  const asked = http.ask('POST', '/channels/create', { endpoint: 'PJSIP/+393312345678@carrier' })
  const refused = asked.catch((error: unknown) => error)
  await arrived
  clock.advance(5_000)
  const error = await refused
  expect(error).toMatchObject({ code: 'deadline-passed' })
  expect(String(error)).not.toMatch(/segreto|3312345678/)
})

test('an answer that stops in the middle is given five seconds, too', async () => {
  const { promise: begun, resolve } = Promise.withResolvers<void>()
  const { http, clock } = await listening((_request, response) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('[', () => resolve())
  })
  const refused = http.ask('GET', '/channels').catch((error: unknown) => error)
  await begun
  const late = setInterval(() => clock.advance(5_000), 5)
  expect(await refused).toMatchObject({ code: 'deadline-passed' })
  clearInterval(late)
})

test('more commands than the switch keeps up with are refused at once', async () => {
  const { http } = await listening(() => {})
  const asked = Array.from({ length: 1_001 }, () =>
    http.ask('GET', '/x').then(
      () => 'answered',
      (error: unknown) => (error as { code: string }).code,
    ),
  )
  expect(await asked.at(-1)).toBe('too-many-requests')
  http.close()
  expect(new Set(await Promise.all(asked))).toEqual(new Set(['line-down', 'too-many-requests']))
})
