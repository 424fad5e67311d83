import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { handClock } from '../../tests/fakes/clock.ts'
import type { HandClock } from '../../tests/fakes/clock.ts'
import { silentLog } from '../../shared/std/log.ts'
import { makeSecret } from '../system/ids.ts'
import type { WebHost } from './web-host.ts'
import { startWebHost } from './web-host.ts'

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

describe('the host of browsers', () => {
  let host: WebHost
  let clock: HandClock
  let folder: string
  let channels: number
  let numbers: string[]
  let kept: readonly string[]

  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET', body?: string) =>
    new Promise<Answer>((resolve, reject) => {
      const asked = request(
        { port: host.port, host: '127.0.0.1', path, method, headers, agent: false },
        (response) => {
          const parts: Buffer[] = []
          response.on('data', (part: Buffer) => parts.push(part))
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              text: Buffer.concat(parts).toString(),
            }),
          )
        },
      )
      asked.on('error', reject)
      asked.end(body)
    })
  const enter = async (): Promise<string> => {
    const { pathname, search } = new URL(host.newAddress())
    const { status, headers } = await ask(pathname + search)
    expect(status).toBe(303)
    expect(headers['location']).toBe('/')
    return String(headers['set-cookie'])
  }
  const cookieOf = (setCookie: string) => setCookie.split(';', 1)[0]!
  const upgrade = (headers: Record<string, string>, path = '/rpc') =>
    new Promise<'open' | number>((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, { headers })
      socket.on('open', () => {
        resolve('open')
        socket.terminate()
      })
      socket.on('unexpected-response', (asked, response) => {
        resolve(response.statusCode ?? 0)
        asked.destroy()
      })
      socket.on('error', () => {})
    })

  beforeEach(async () => {
    clock = handClock()
    folder = mkdtempSync(join(tmpdir(), 'cuffia-page-'))
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Cuffia</title>')
    writeFileSync(join(folder, 'assets', 'index-abc123.js'), 'export {}')
    channels = 0
    numbers = []
    kept = []
    host = await start()
  })
  const start = (port = 0) =>
    startWebHost({
      port,
      onNumber: (number) => void numbers.push(number),
      page: folder,
      files: async (asked) => new Response(`${asked.method} ${await asked.text()}`, { status: 201 }),
      onChannel: () => channels++,
      browsers: {
        load: () => kept,
        save: (hashes) => {
          kept = hashes
        },
      },
      makeSecret,
      clock,
      log: silentLog,
    })
  afterEach(async () => {
    await host.close()
    rmSync(folder, { recursive: true })
  })

  test('without a cookie there is nothing but the way in, in both languages', async () => {
    for (const path of ['/', '/assets/index-abc123.js', '/files/imports', '/?token=wrong']) {
      const { status, text } = await ask(path)
      expect(status).toBe(401)
      expect(text).toContain('avvia di nuovo Cuffia')
    }
  })

  test('an address lets one browser in, once', async () => {
    const { pathname, search } = new URL(host.newAddress())
    const setCookie = String((await ask(pathname + search)).headers['set-cookie'])
    expect(setCookie).toMatch(/^cuffia-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/)
    expect((await ask('/', { cookie: cookieOf(setCookie) })).text).toContain('<title>Cuffia')
    expect((await ask(pathname + search)).status).toBe(401)
    expect((await ask(pathname + search, { cookie: cookieOf(setCookie) })).status).toBe(303)
  })

  test('a browser that was in is let in again after a restart, and its secret is not what is kept', async () => {
    const cookie = cookieOf(await enter())
    const { port } = host
    await host.close()
    host = await start(port)
    expect((await ask('/', { cookie })).status).toBe(200)
    expect(kept.join()).not.toContain(cookie.split('=')[1])
  })

  test('an address that was not opened in ten minutes is dead', async () => {
    const { pathname, search } = new URL(host.newAddress())
    clock.pass(10 * 60_000 + 1)
    expect((await ask(pathname + search)).status).toBe(401)
  })

  test('a foreign host name is turned away, whatever its cookie (DNS rebinding)', async () => {
    const cookie = cookieOf(await enter())
    expect((await ask('/', { cookie, host: 'evil.example' })).status).toBe(421)
    expect((await ask('/', { cookie, host: `localhost:${host.port}` })).status).toBe(200)
  })

  test('a foreign origin is turned away, and so is a write that names none', async () => {
    const cookie = cookieOf(await enter())
    const own = `http://127.0.0.1:${host.port}`
    const post = (headers: Record<string, string>) =>
      ask('/files/imports', { cookie, ...headers }, 'POST', 'a;b')
    expect((await post({ origin: 'http://evil.example' })).status).toBe(403)
    expect((await post({ origin: 'null' })).status).toBe(403)
    expect((await post({})).status).toBe(403)
    expect(await post({ origin: own })).toMatchObject({ status: 201, text: 'POST a;b' })
  })

  test('a socket needs the cookie, our origin, our name and its path', async () => {
    const cookie = cookieOf(await enter())
    const origin = `http://127.0.0.1:${host.port}`
    expect(await upgrade({ origin })).toBe(401)
    expect(await upgrade({ cookie, origin: 'http://evil.example' })).toBe(403)
    expect(await upgrade({ cookie, origin, host: 'evil.example' })).toBe(401)
    expect(await upgrade({ cookie, origin }, '/other')).toBe(404)
    expect(channels).toBe(0)
    expect(await upgrade({ cookie, origin })).toBe('open')
    expect(channels).toBe(1)
  })

  test('every answer carries the policy; files with a hash in their name are kept for good', async () => {
    const cookie = cookieOf(await enter())
    const page = await ask('/', { cookie })
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect(page.headers['cache-control']).toBe('no-cache')
    const asset = await ask('/assets/index-abc123.js', { cookie })
    expect(asset.headers['cache-control']).toContain('immutable')
    expect((await ask('/')).headers['content-security-policy']).toContain("default-src 'none'")
  })

  test('a page that is built anew while the host runs is served anew, and what went away with it is not found', async () => {
    const cookie = cookieOf(await enter())
    rmSync(join(folder, 'assets', 'index-abc123.js'))
    writeFileSync(join(folder, 'assets', 'index-def456.js'), 'export {}')
    expect((await ask('/assets/index-abc123.js', { cookie })).status).toBe(404)
    expect((await ask('/assets/index-def456.js', { cookie })).status).toBe(200)
  })

  test('a link to a number is put before the operator, of a browser that is in only', async () => {
    const link = '/?tel=tel%3A%2B39-331-1234567'
    expect((await ask(link)).status).toBe(401)
    const cookie = cookieOf(await enter())
    expect(await ask(link, { cookie })).toMatchObject({ status: 303, headers: { location: '/' } })
    await ask('/?tel=081%205520008', { cookie })
    await ask('/?tel=javascript%3Aalert(1)', { cookie })
    expect(numbers).toEqual(['+393311234567', '0815520008'])
  })

  test('paths out of the page’s folder lead nowhere', async () => {
    const cookie = cookieOf(await enter())
    for (const path of ['/../web-host.ts', '/..%2f..%2fetc%2fpasswd', '/%00', '/%']) {
      expect((await ask(path, { cookie })).status).toBeGreaterThanOrEqual(400)
    }
  })
})
