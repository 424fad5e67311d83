import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from './support/fixture.ts'

/** Headers that a browser would not let a script set. */
function ask(address: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(address, { headers, agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
}

test('without its token, or with one that was used, a browser is turned away', async ({
  cuffia,
  browser,
}) => {
  const { address, page } = await cuffia.desk()
  await expect(page.getByLabel('Nome utente')).toBeVisible()
  expect(new URL(page.url()).search).toBe('')
  const stranger = await browser.newContext()
  const other = await stranger.newPage()
  for (const url of [new URL('/', page.url()).href, address ?? '']) {
    const answer = await other.goto(url)
    expect(answer?.status()).toBe(401)
    await expect(other.locator('body')).toContainText('Questo indirizzo non è più valido')
    await expect(other.getByLabel('Nome utente')).toHaveCount(0)
  }
  await stranger.close()
})

test('a request under another name, or from another page, is refused even with the cookie', async ({
  cuffia,
}) => {
  const { page } = await cuffia.desk()
  const { origin, host } = new URL(page.url())
  const cookies = await page.context().cookies()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  expect(cookies.every(({ httpOnly, sameSite }) => httpOnly && sameSite === 'Strict')).toBe(true)
  expect(await ask(origin, { cookie, host })).toBe(200)
  expect(await ask(origin, { cookie, host: 'rebound.example' })).toBe(421)
  expect(await ask(origin, { cookie, host, origin: 'http://evil.example' })).toBe(403)
})

test('a page at another port of this machine, where browsers send the cookie too, gets no channel and no answer', async ({
  cuffia,
}) => {
  const { page } = await cuffia.desk()
  const { origin, host } = new URL(page.url())
  const evil = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end('<!doctype html><title>another program</title>')
  }).listen(0, '127.0.0.1')
  await once(evil, 'listening')
  const other = await page.context().newPage()
  await other.goto(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`)
  const seen = await other.evaluate(
    async ([address, where]) => {
      const socket = await new Promise((resolve) => {
        const tried = new WebSocket(`ws://${where}/rpc`)
        tried.addEventListener('open', () => resolve('open'))
        tried.addEventListener('error', () => resolve('refused'))
      })
      const read = await fetch(address, { credentials: 'include' }).then(
        () => 'read',
        () => 'refused',
      )
      return { socket, read }
    },
    [origin, host] as const,
  )
  expect(seen).toEqual({ socket: 'refused', read: 'refused' })
  evil.close()
})

test('the page runs under a policy that lets in nothing from elsewhere and nothing inline', async ({
  cuffia,
}) => {
  const { page } = await cuffia.desk()
  const answer = await page.reload()
  const headers = (await answer?.allHeaders()) ?? {}
  const policy = headers['content-security-policy'] ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain("connect-src 'self';")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toMatch(/unsafe|\*|https?:/)
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
  const ran = await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.ran = true'
    document.head.append(script)
    return 'ran' in window
  })
  expect(ran).toBe(false)
})
