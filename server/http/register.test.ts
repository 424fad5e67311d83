import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { get, IdParams, PageQuery, post, put, resource } from '../../shared/crm-api/resource.ts'
import { AppError } from '../../shared/std/errors.ts'
import type { UserId } from '../../shared/std/ids.ts'
import { type Download, type Handlers, signedIn } from './handlers.ts'
import { registerResource } from './register.ts'
import { createHttp } from './server.ts'
import { limited } from './upload.ts'

const Thing = z.object({ name: z.string() })
const things = resource({
  get: get('/things/:id', { summary: 'One', allow: 'anyone', params: IdParams, reply: Thing }),
  list: get('/things', { summary: 'All', allow: 'anyone', query: PageQuery, reply: z.unknown() }),
  make: post('/things', { summary: 'Makes', allow: 'anyone', body: Thing, reply: Thing, repeat: 'safe' }),
  mine: put('/things/mine', { summary: 'Own', allow: ['operator'], reply: Thing }),
  rare: get('/things/rare', { summary: 'Rare', allow: 'anyone', reply: Thing, perMinute: 2 }),
  file: post('/things/file', { summary: 'Up', allow: 'anyone', reply: z.unknown(), stream: 'upload' }),
  download: get('/things/file', { summary: 'Down', allow: 'anyone', reply: z.unknown(), stream: 'download' }),
  fail: get('/things/fail/:id', { summary: 'Fails', allow: 'anyone', params: IdParams, reply: Thing }),
})

const secret = 'select password from users'
const failures: Record<string, () => unknown> = {
  bug: () => {
    throw new Error(secret)
  },
  refusal: () => {
    throw new AppError('not-found', 'no such thing', { details: { id: 7 } })
  },
  internal: () => {
    throw new AppError('internal', secret)
  },
  away: () => {
    throw new Error('away')
  },
  zod: () => Thing.parse({ name: 5 }),
  reply: () => ({ name: 5 }),
}

async function readAll(stream: Readable | null): Promise<number> {
  let bytes = 0
  for await (const chunk of stream ?? []) bytes += (chunk as Buffer).length
  return bytes
}

const handlers: Handlers<typeof things> = {
  get: ({ params }) => Promise.resolve({ name: params.id, hash: secret }),
  list: ({ query }) => Promise.resolve(query),
  make: ({ body }, { key }) => Promise.resolve({ name: `${body.name} ${key}` }),
  mine: (_input, context) => Promise.resolve({ name: signedIn(context).username }),
  rare: () => Promise.resolve({ name: 'rare' }),
  file: async (_input, { upload }) => ({ bytes: await readAll(upload) }),
  download: () =>
    Promise.resolve<Download>({
      fileName: 'scartati àè "1".csv',
      contentType: 'text/csv; charset=utf-8',
      body: Readable.from(['a;b\r\n']),
    }),
  fail: ({ params }) => Promise.resolve(failures[params.id]?.() as { name: string }),
}

let app: FastifyInstance
const log: string[] = []

beforeAll(async () => {
  let ids = 0
  const created = await createHttp({
    log: pino({ level: 'debug' }, { write: (line: string) => log.push(line) }),
    version: '1',
    now: () => 5,
    makeId: () => `request-${++ids}`,
    authenticate: (header) => {
      const role = header === 'Bearer op' ? 'operator' : 'supervisor'
      const user = { id: 'u' as UserId, username: 'rossi', displayName: 'R', role, sessionId: 's' } as const
      return Promise.resolve(
        header === undefined ? null : { user, mustChangePassword: header === 'Bearer new' },
      )
    },
    explainError: (error) =>
      error instanceof Error && error.message === 'away' ? new AppError('disconnected', 'away') : undefined,
  })
  app = created.app
  registerResource(app, 'things', things, handlers)
  await app.ready()
})
afterAll(() => app.close())

describe('input', () => {
  test('is parsed by the schema of its route, with defaults', async () => {
    expect((await app.inject('/things?limit=5')).json()).toEqual({ limit: 5 })
    expect((await app.inject('/things')).json()).toEqual({ limit: 100 })
  })

  test('that does not fit is refused with each place and without what was sent', async () => {
    const reply = await app.inject({
      method: 'POST',
      url: '/things',
      headers: { 'idempotency-key': 'k' },
      payload: { name: { secret } },
    })
    expect(reply.statusCode).toBe(400)
    expect(reply.json()).toMatchObject({ code: 'invalid-input', details: [{ path: 'body.name' }] })
    expect(reply.body).not.toContain(secret)
  })

  test.each([
    ['broken JSON', { 'content-type': 'application/json' }, '{"name": "x'],
    ['another type', { 'content-type': 'text/xml' }, '<name/>'],
    ['no body', {}, undefined],
    ['a poisoned prototype', { 'content-type': 'application/json' }, '{"__proto__": {"name": "x"}}'],
    ['more than the limit', { 'content-type': 'application/json' }, `{"name":"${'x'.repeat(5_000_000)}"}`],
  ])('that is %s is refused as invalid', async (_what, headers, payload) => {
    const reply = await app.inject({
      method: 'POST',
      url: '/things',
      headers: { ...headers, 'idempotency-key': 'k' },
      ...(payload !== undefined && { payload }),
    })
    expect(reply.statusCode).toBe(400)
    expect(reply.json()).toMatchObject({ code: 'invalid-input' })
  })

  test('of a repeatable POST needs its key, which the handler gets', async () => {
    const send = (headers: Record<string, string>) =>
      app.inject({ method: 'POST', url: '/things', headers, payload: { name: 'x' } })
    expect((await send({ 'idempotency-key': 'key-1' })).json()).toEqual({ name: 'x key-1' })
    const wrong: Record<string, string>[] = [
      {},
      { 'idempotency-key': 'two words' },
      { 'idempotency-key': 'x'.repeat(65) },
    ]
    for (const headers of wrong) {
      expect((await send(headers)).json()).toMatchObject({
        code: 'invalid-input',
        details: [{ path: 'headers.idempotency-key' }],
      })
    }
  })
})

describe('a reply', () => {
  test('carries only what its schema names, and no cache keeps it', async () => {
    const reply = await app.inject('/things/a')
    expect(reply.json()).toEqual({ name: 'a' })
    expect(reply.headers['cache-control']).toBe('no-store')
  })

  test('lets no page run it, frame it or read it from another origin', async () => {
    const { headers } = await app.inject({ url: '/things/a', headers: { origin: 'http://evil.example' } })
    expect(headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'")
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['access-control-allow-origin']).toBeUndefined()
  })
})

describe('a failure', () => {
  test.each(['bug', 'internal', 'zod', 'reply'])(
    'of ours (%s) tells only a reference, under which the log has it',
    async (what) => {
      log.length = 0
      const reply = await app.inject(`/things/fail/${what}`)
      expect(reply.statusCode).toBe(500)
      const { reference, ...rest } = reply.json<{ reference: string }>()
      expect(rest).toEqual({ code: 'internal', message: 'something went wrong on the server' })
      const lines = log.map((line) => JSON.parse(line) as { level: number; reference?: string })
      expect(lines.filter((line) => line.level === 50 && line.reference === reference)).toHaveLength(1)
    },
  )

  test('that is expected keeps its code, status and details and is no error in the log', async () => {
    log.length = 0
    const reply = await app.inject('/things/fail/refusal')
    expect(reply.statusCode).toBe(404)
    expect(reply.json()).toEqual({ code: 'not-found', message: 'no such thing', details: { id: 7 } })
    expect(log.filter((line) => line.includes('"level":50'))).toEqual([])
  })

  test('that another layer explains gets its code', async () => {
    const reply = await app.inject('/things/fail/away')
    expect(reply.statusCode).toBe(503)
    expect(reply.json()).toMatchObject({ code: 'disconnected' })
  })
})

describe('the door', () => {
  const mine = (authorization?: string) =>
    app.inject({ method: 'PUT', url: '/things/mine', headers: authorization ? { authorization } : {} })

  test('asks before the input is looked at', async () => {
    const reply = await mine()
    expect(reply.statusCode).toBe(401)
    expect(reply.headers['www-authenticate']).toBe('Bearer')
  })

  test('lets in whom the route names', async () => {
    expect((await mine('Bearer op')).json()).toEqual({ name: 'rossi' })
    expect((await mine('Bearer sup')).json()).toMatchObject({ code: 'not-allowed' })
    expect((await mine('Bearer new')).json()).toMatchObject({ code: 'password-change-required' })
  })

  test('closes when an address asks more often than the route allows', async () => {
    const codes = []
    for (let asked = 0; asked < 3; asked++) codes.push((await app.inject('/things/rare')).statusCode)
    expect(codes).toEqual([200, 200, 429])
  })
})

describe('files', () => {
  const send = (type: string, payload: Buffer) =>
    app.inject({ method: 'POST', url: '/things/file', headers: { 'content-type': type }, payload })

  test('come as a stream, larger than any JSON may be', async () => {
    const reply = await send('application/octet-stream', Buffer.alloc(6_000_000))
    expect(reply.json()).toEqual({ bytes: 6_000_000 })
  })

  test('of another content type are refused', async () => {
    expect((await send('application/json', Buffer.from('{}'))).json()).toMatchObject({
      code: 'invalid-input',
    })
  })

  test('go out with their name and type', async () => {
    const reply = await app.inject('/things/file')
    expect(reply.body).toBe('a;b\r\n')
    expect(reply.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(reply.headers['content-disposition']).toBe(
      `attachment; filename="scartati __ _1_.csv"; filename*=UTF-8''scartati%20%C3%A0%C3%A8%20%221%22.csv`,
    )
  })

  test('that are larger than the limit fail before they are read whole', async () => {
    const source = Readable.from([Buffer.alloc(6), Buffer.alloc(6), Buffer.alloc(6)])
    await expect(readAll(limited(source, 10))).rejects.toMatchObject({
      code: 'file-unreadable',
      details: { problem: 'too-large', limit: 10 },
    })
  })

  test('that are cut off do not look whole', async () => {
    const source = new Readable({ read: () => undefined })
    source.push(Buffer.alloc(6))
    const reading = readAll(limited(source, 10))
    source.destroy()
    await expect(reading).rejects.toMatchObject({ code: 'disconnected' })
  })
})

test('OpenAPI describes files, keys, refusals and who may', async () => {
  const { paths } = (await app.inject('/openapi.json')).json<{
    paths: Record<string, Record<string, object>>
  }>()
  expect(paths['/things/file']?.['post']).toMatchObject({
    requestBody: { content: { 'application/octet-stream': {} } },
  })
  expect(paths['/things']?.['post']).toMatchObject({
    parameters: [{ name: 'Idempotency-Key', in: 'header', required: true }],
    responses: { default: { content: { 'application/json': {} } } },
    security: [],
  })
  expect(paths['/things/mine']?.['put']).toMatchObject({
    description: 'For: operator.',
    security: [{ session: [] }],
  })
})
