import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appProtocol, targetOf } from './app-protocol.ts'

describe('an address of the app means', () => {
  test.each([
    ['app://cuffia/', { kind: 'file', path: '/page/index.html' }],
    ['app://cuffia/calls/today', { kind: 'file', path: '/page/index.html' }],
    ['app://cuffia/assets/a%20b.js?v=1', { kind: 'file', path: '/page/assets/a b.js' }],
    ['app://cuffia/files/recording/1', { kind: 'api' }],
    ['app://cuffia/api/session', { kind: 'api' }],
    ['app://cuffia/../../etc/passwd.txt', { kind: 'file', path: '/page/etc/passwd.txt' }],
    ['app://cuffia/..%2f..%2fetc%2fpasswd.txt', { kind: 'none' }],
    ['app://cuffia/..%5c..%5csecret.txt', { kind: 'none' }],
    ['app://cuffia/%00.js', { kind: 'none' }],
    ['app://cuffia/%zz.js', { kind: 'none' }],
    ['app://other/index.html', { kind: 'none' }],
    ['https://cuffia/index.html', { kind: 'none' }],
  ])('%s -> %j', (address, target) => {
    expect(targetOf(address, '/page')).toEqual(target)
  })
})

describe('the app protocol', () => {
  let folder: string
  let answer: (request: Request) => Promise<Response>
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cuffia-page-'))
    await writeFile(join(folder, 'index.html'), '<!doctype html>')
    answer = appProtocol({
      folder,
      api: async (request) => new Response(`api ${request.method} ${request.url}`),
    })
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('serves the page with the policy of both shells', async () => {
    const response = await answer(new Request('app://cuffia/'))
    expect(await response.text()).toBe('<!doctype html>')
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  test('hands requests for the host on, with their method', async () => {
    const response = await answer(new Request('app://cuffia/files/import', { method: 'POST', body: 'a;b' }))
    expect(await response.text()).toBe('api POST app://cuffia/files/import')
  })

  test('refuses what is not there and what cannot be done to a file', async () => {
    expect((await answer(new Request('app://cuffia/none.js'))).status).toBe(404)
    expect((await answer(new Request('app://other/'))).status).toBe(404)
    expect((await answer(new Request('app://cuffia/', { method: 'DELETE' }))).status).toBe(405)
    const head = await answer(new Request('app://cuffia/', { method: 'HEAD' }))
    expect({ status: head.status, body: await head.text() }).toEqual({ status: 200, body: '' })
  })
})
